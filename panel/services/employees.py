"""Who works here: create them, edit them, say what they may do and what they offer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from panel.db.base import ask, db, writing
from panel.db.tables import Employee, User, employee_services
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.moments import zone_named
from panel.domain.people import PERMISSIONS, Actor
from panel.domain.words import line, whole
from panel.services.outbox import Transaction

_ONE = (
    select(Employee).where(Employee.id == bindparam("employee")).options(joinedload(Employee.user))
)


_COLUMNS = Employee.__table__.c
_ALL = select(
    _COLUMNS.id, _COLUMNS.name, _COLUMNS.title, _COLUMNS.phone, _COLUMNS.zone, _COLUMNS.tone,
    _COLUMNS.shown,
)  # fmt: skip
_ABOUT = _ALL.where(_COLUMNS.id == bindparam("employee"))
_ACTIVE = _ALL.where(_COLUMNS.active).order_by(func.lower(_COLUMNS.name))
_ONE_ACTIVE = _ACTIVE.where(_COLUMNS.id == bindparam("employee"))
MISSING = "There is no such employee."


class About(NamedTuple):
    """What pages say about an employee, without the cost of an entity."""

    id: int
    name: str
    title: str
    phone: str
    zone: str
    tone: int
    shown: bool


@dataclass(frozen=True)
class Details:
    """What an employee's page says about them; `zone` is where their work hours hold.

    `most_a_day` is how many appointments they take on one day of their zone, None any number.
    """

    name: str
    zone: str
    title: str = ""
    phone: str = ""
    tone: int = 1
    shown: bool = True
    description: str = ""
    most_a_day: int | None = None


def create(details: Details, *, by: Actor, now: datetime) -> Employee:
    """Add an employee who takes bookings. Raises RuleBroken, NotAllowed."""
    by.must_be_in_back_end()
    with writing() as session:
        return create_in(session, details, now=now)


def create_in(session: Transaction, details: Details, *, now: datetime) -> Employee:
    """Add an employee within the caller's transaction."""
    employee = Employee(created_at=now, active=True, permissions=[])
    _fill(employee, details)
    session.add(employee)
    session.flush()
    return employee


def edit(employee_id: int, details: Details, *, by: Actor) -> Employee:
    """Change an employee's details; everybody may change their own but the public ones.

    Raises RuleBroken, NotAllowed, NotThere.
    """
    with writing() as session:
        employee = _seen(session, employee_id, by)
        if not by.in_back_end:
            kept = details_of(employee)
            details = replace(kept, name=details.name, zone=details.zone, phone=details.phone)
        _fill(employee, details)
    return employee


def set_active(employee_id: int, active: bool, *, by: Actor) -> Employee:
    """Let an employee take bookings again, or no longer; what is booked stays booked."""
    by.must_be_in_back_end()
    with writing() as session:
        employee = _seen(session, employee_id, by)
        employee.active = active
    return employee


def set_permissions(employee_id: int, permissions: Iterable[str], *, by: Actor) -> Employee:
    """Say which of the seven permissions an employee holds. Only the owner may."""
    by.must_own()
    wanted = set(permissions)
    if not wanted <= PERMISSIONS.keys():
        raise RuleBroken("Choose permissions from the list.", "permissions")
    with writing() as session:
        employee = _seen(session, employee_id, by)
        employee.permissions = [name for name in PERMISSIONS if name in wanted]
    return employee


def link_login(employee_id: int, user_id: int | None, *, by: Actor) -> Employee:
    """Make a login this employee's own, or take it away (None). Only the owner may.

    Raises RuleBroken where the login belongs to a colleague.
    """
    by.must_own()
    with writing() as session:
        employee = _seen(session, employee_id, by)
        if user_id is not None:
            _must_be_free(session, user_id, employee)
        employee.user_id = user_id
    return employee


def set_services(employee_id: int, service_ids: Collection[int], *, by: Actor) -> None:
    """Say which services an employee offers; what is booked stays booked."""
    by.must("services", employee_id)
    table = employee_services
    with writing() as session:
        _seen(session, employee_id, by)
        before = set(
            session.scalars(select(table.c.service_id).where(table.c.employee_id == employee_id))
        )
        ended = table.c.service_id.in_(before - set(service_ids))
        session.execute(table.delete().where(table.c.employee_id == employee_id, ended))
        # What they go on offering keeps their own price and capacity.
        if new := set(service_ids) - before:
            rows = [{"employee_id": employee_id, "service_id": id} for id in sorted(new)]
            session.execute(table.insert(), rows)


def details_of(employee: Employee) -> Details:
    """Return what an employee's page says about them now."""
    return Details(**{one.name: getattr(employee, one.name) for one in fields(Details)})


def one(employee_id: int, *, by: Actor) -> Employee:
    """Return one employee with their login. Raises NotThere, for a colleague's page too."""
    employee = db.session.scalar(_ONE, {"employee": employee_id})
    return _visible(employee, by)


def about(employee_id: int, *, by: Actor) -> About:
    """Return what pages say about one employee. Raises NotThere, for a colleague too."""
    row = ask(_ABOUT, employee=employee_id).one_or_none()
    if row is None or not by.sees(employee_id):
        raise NotThere(MISSING)
    return About(*row)


def active(by: Actor | None = None) -> list[About]:
    """Return all who take bookings, by name; with `by` only those whom they may see."""
    everybody = by is None or by.in_back_end
    rows = ask(_ACTIVE) if everybody else ask(_ONE_ACTIVE, employee=by and by.employee_id)
    return [About(*row) for row in rows]


def _seen(session: Transaction, employee_id: int, by: Actor) -> Employee:
    return _visible(session.get(Employee, employee_id, options=[joinedload(Employee.user)]), by)


def _visible(employee: Employee | None, by: Actor) -> Employee:
    if employee is None or not by.sees(employee.id):
        raise NotThere(MISSING)
    return employee


def _must_be_free(session: Transaction, user_id: int, employee: Employee) -> None:
    user = session.get(User, user_id)
    if user is None:
        raise RuleBroken("Choose a login.", "user")
    holder = session.scalar(
        select(Employee).where(Employee.user_id == user_id, Employee.id != employee.id)
    )
    if holder is not None:
        raise RuleBroken(f"{user.email} is already the login of {holder.name}.", "user")


def _fill(employee: Employee, details: Details) -> None:
    employee.name = line(details.name, "name", "the employee a name")
    employee.title = line(details.title, "title", "a title", needed=False)
    employee.phone = line(details.phone, "phone", "a number", most=40, needed=False)
    employee.zone = zone_named(details.zone).key
    employee.tone = whole(details.tone, "tone", least=1, most=8, unit="colours")
    employee.shown = details.shown
    employee.description = details.description.strip()
    if details.most_a_day is not None:
        whole(details.most_a_day, "most_a_day", least=1, most=200, unit="appointments")
    employee.most_a_day = details.most_a_day
