"""Read lists of those who work here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from panel.db.base import ask, one_of
from panel.db.tables import Appointment, Employee, User, employee_services
from panel.domain.people import Actor
from panel.domain.states import OPEN
from panel.services.paging import KEPT, Listing, Page, listing, spoken_of, turned

_EMPLOYEE, _USER, _APPOINTMENT = (one.__table__.c for one in (Employee, User, Appointment))
_EVERYBODY = select(_EMPLOYEE.id, _EMPLOYEE.active).order_by(_EMPLOYEE.id)
_OFFERED = (
    select(func.count())
    .select_from(employee_services)
    .where(employee_services.c.employee_id == _EMPLOYEE.id)
    .scalar_subquery()
)
_NEXT = (
    select(func.min(_APPOINTMENT.starts))
    .where(_APPOINTMENT.employee_id == _EMPLOYEE.id, _APPOINTMENT.starts > bindparam("now"))
    .where(one_of(_APPOINTMENT.status, OPEN))
    .scalar_subquery()
)


class Line(NamedTuple):
    """An employee as lists show them; `email` is that of their login, if they have one.

    `services` counts what they offer, `next` is when their next appointment begins.
    """

    id: int
    name: str
    title: str
    tone: int
    active: bool
    email: str | None
    services: int
    next: datetime | None


def listed(
    by: Actor,
    *,
    now: datetime,
    search: str = "",
    active: bool | None = None,
    among: Collection[int] | None = None,
    page: int = 1,
) -> Page[Line]:
    """Return one page of the employees by name; `among` narrows them to these ids.

    Raises NotAllowed.
    """
    by.must_be_in_back_end()
    prepared = _listing(search, active, among is not None)
    return turned(prepared, Line, page, now=now, among=list(among or ()))


def activity() -> dict[int, bool]:
    """Say of each employee whether they take bookings."""
    return dict(ask(_EVERYBODY).all())


@lru_cache(KEPT)
def _listing(search: str, active: bool | None, narrowed: bool) -> Listing:
    query = (
        select(
            _EMPLOYEE.id, _EMPLOYEE.name, _EMPLOYEE.title, _EMPLOYEE.tone, _EMPLOYEE.active,
            _USER.email, _OFFERED.label("services"), _NEXT.label("next"),
        )
        .outerjoin_from(Employee.__table__, User.__table__, _USER.id == _EMPLOYEE.user_id)
        .order_by(func.lower(_EMPLOYEE.name), _EMPLOYEE.id)
    )  # fmt: skip
    if active is not None:
        query = query.where(_EMPLOYEE.active.is_(active))
    if narrowed:
        query = query.where(_EMPLOYEE.id.in_(bindparam("among", expanding=True)))
    found = spoken_of(search, _EMPLOYEE.name, _EMPLOYEE.title, _USER.email)
    return listing(query.where(*found))
