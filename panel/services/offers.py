"""The services that can be booked: create them, edit them, put them in order, list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, bindparam, func, select

from panel.db.base import ask, db, writing
from panel.db.tables import Appointment, Category, Employee, Service, employee_services
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import line, whole
from panel.services import categories, outbox
from panel.services.givers import MOST_MONEY, MOST_PLACES, Givers, set_givers
from panel.services.ordering import step
from panel.services.outbox import Transaction
from panel.services.paging import KEPT, Listing, Page, listing, spoken_of, turned

TONES = range(1, 9)
# The Outlook window stays within a year.
LONGEST_NOTICE, FURTHEST = 365 * 1440, 325
IN_ORDER = (Service.position, func.lower(Service.name), Service.id)
_SERVICE, _GIVEN = Service.__table__.c, employee_services.c
_OFFERED = (
    select(_SERVICE.id, _SERVICE.name, _SERVICE.tone, _SERVICE.duration)
    .join_from(Service.__table__, employee_services, _GIVEN.service_id == _SERVICE.id)
    .where(_GIVEN.employee_id == bindparam("employee"), _SERVICE.active)
    .order_by(func.lower(_SERVICE.name))
)
_IN_EACH = select(_SERVICE.active, func.count()).group_by(_SERVICE.active)


class Line(NamedTuple):
    """A service as lists show it, under the heading `category`, or under "" for none."""

    id: int
    name: str
    tone: int
    duration: int
    buffer_before: int
    buffer_after: int
    capacity: int
    least: int
    price: int | None
    active: bool
    shown: bool
    category_id: int | None
    category: str | None


@dataclass(frozen=True)
class Offer:
    """What a service is. Minutes; the price in hundredths of the currency, or None.

    Up to `capacity` persons share one appointment, which stays pending below `least`. Notice
    and horizon None follow the company. `shown` says whether customers see it.
    """

    name: str
    duration: int
    tone: int = 1
    description: str = ""
    buffer_before: int = 0
    buffer_after: int = 0
    price: int | None = None
    place: str = ""
    shown: bool = True
    category_id: int | None = None
    capacity: int = 1
    least: int = 1
    notice_minutes: int | None = None
    horizon_days: int | None = None


def create(offer: Offer, *, by: Actor, now: datetime, employees: Givers = ()) -> Service:
    """Add a service, offered by these employees. Raises RuleBroken, NotAllowed."""
    by.must_be_in_back_end()
    with writing() as session:
        service = Service(created_at=now, active=True)
        session.add(service)
        _fill(session, service, offer)
        session.flush()
        set_givers(session, service.id, employees)
    return service


def edit(
    service_id: int,
    offer: Offer,
    *,
    by: Actor,
    now: datetime,
    employees: Givers | None = None,
    active: bool | None = None,
) -> Service:
    """Change a service; appointments that are booked keep their length and buffers, and their
    copies follow what it is called.

    `employees` None leaves who offers it as it is, `active` whether it can be booked.
    Raises RuleBroken, NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        service = _found(session.get(Service, service_id))
        before = service.name, service.place
        _fill(session, service, offer)
        service.active = service.active if active is None else active
        if employees is not None:
            set_givers(session, service.id, employees)
        if (service.name, service.place) != before:
            session.flush()
            for appointment_id in session.scalars(_coming(service.id, now)).all():
                outbox.changed(session, "appointment", appointment_id, now=now)
    return service


def set_active(service_id: int, active: bool, *, by: Actor) -> Service:
    """Offer a service again, or no longer; what is booked stays booked."""
    by.must_be_in_back_end()
    with writing() as session:
        service = _found(session.get(Service, service_id))
        service.active = active
    return service


def move(service_id: int, *, up: bool, by: Actor) -> Service:
    """Let a service change places with the one above or below in its category.

    What can be booked and what cannot are two rows. Raises NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        service = _found(session.get(Service, service_id))
        beside = select(Service).where(
            Service.category_id.is_not_distinct_from(service.category_id),
            Service.active.is_(service.active),
        )
        step(session.scalars(beside.order_by(*IN_ORDER)).all(), service, up=up)
    return service


def one(service_id: int) -> Service:
    """Return one service. Raises NotThere."""
    return _found(db.session.get(Service, service_id))


def listed(
    *, search: str = "", active: bool | None = None, page: int = 1, size: int = 50
) -> Page[Line]:
    """Return one page of the services, by category and then in their order.

    Those of no category come last. `active` None shows both kinds.
    """
    return turned(_listing(search, active), Line, page, size)


def counts() -> tuple[int, int]:
    """Count the services that can be booked, and those that cannot."""
    found: dict[bool, int] = dict(ask(_IN_EACH).all())
    return found.get(True, 0), found.get(False, 0)


@lru_cache(KEPT)
def _listing(search: str, active: bool | None) -> Listing:
    query = (
        select(*(_SERVICE[name] for name in Line._fields[:-1]), Category.name.label("category"))
        .join_from(Service.__table__, Category, Category.id == _SERVICE.category_id, isouter=True)
        .order_by(Category.id.is_(None), *categories.IN_ORDER, *IN_ORDER)
    )
    if active is not None:
        query = query.where(_SERVICE.active.is_(active))
    return listing(query.where(*spoken_of(search, _SERVICE.name, _SERVICE.description)))


def all_active() -> list[Service]:
    """Return every service that is offered now, by name."""
    return list(
        db.session.scalars(select(Service).where(Service.active).order_by(func.lower(Service.name)))
    )


def of_employee(employee_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the services that an employee offers now, by name: id, name, tone, duration."""
    return ask(_OFFERED, employee=employee_id).all()


def givers(service_id: int) -> list[Employee]:
    """Return the active employees who offer a service, by name."""
    query = (
        select(Employee)
        .join(employee_services, employee_services.c.employee_id == Employee.id)
        .where(employee_services.c.service_id == service_id, Employee.active)
    )
    return list(db.session.scalars(query.order_by(func.lower(Employee.name))))


def _coming(service_id: int, now: datetime) -> Select[int]:
    return select(Appointment.id).where(
        Appointment.service_id == service_id, Appointment.ends > now
    )


def _found(service: Service | None) -> Service:
    if service is None:
        raise NotThere("There is no such service.")
    return service


def _fill(session: Transaction, service: Service, offer: Offer) -> None:
    service.name = line(offer.name, "name", "the service a name")
    service.duration = whole(offer.duration, "duration", least=5, most=1440, unit="minutes")
    service.tone = whole(offer.tone, "tone", least=1, most=8, unit="colours")
    service.description = offer.description.strip()
    for side in ("buffer_before", "buffer_after"):
        setattr(service, side, whole(getattr(offer, side), side, least=0, most=720, unit="minutes"))
    if offer.price is not None:
        whole(offer.price, "price", least=0, most=MOST_MONEY, unit="hundredths")
    service.price = offer.price
    service.place = line(offer.place, "place", "a place", most=200, needed=False)
    service.shown = offer.shown
    service.capacity = whole(offer.capacity, "capacity", least=1, most=MOST_PLACES, unit="persons")
    service.least = whole(offer.least, "least", least=1, most=offer.capacity, unit="persons")
    _fill_bounds(service, offer)
    _stand(session, service, offer.category_id)


def _fill_bounds(service: Service, offer: Offer) -> None:
    if offer.notice_minutes is not None:
        whole(offer.notice_minutes, "notice", least=0, most=LONGEST_NOTICE, unit="minutes")
    if offer.horizon_days is not None:
        whole(offer.horizon_days, "horizon", least=1, most=FURTHEST, unit="days")
    service.notice_minutes, service.horizon_days = offer.notice_minutes, offer.horizon_days


def _stand(session: Transaction, service: Service, category_id: int | None) -> None:
    """Put it under a heading, after all that stand there already."""
    if service.id is not None and service.category_id == category_id:
        return
    if category_id is not None and session.get(Category, category_id) is None:
        raise RuleBroken("Choose a category from the list.", "category")
    there = Service.category_id.is_not_distinct_from(category_id)
    with session.no_autoflush:
        last = session.scalar(select(func.max(Service.position)).where(there)) or 0
    service.category_id, service.position = category_id, last + 1
