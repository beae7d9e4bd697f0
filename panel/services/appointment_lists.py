"""Read appointments: lists with filters, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, not_, or_, select

from panel.db.base import ask, db, one_of
from panel.db.tables import Appointment, Booking, Customer, Employee, Service
from panel.domain import states
from panel.domain.errors import NotThere
from panel.domain.moments import day_span
from panel.domain.people import Actor
from panel.services.appointment_rows import MISSING, WHOLE
from panel.services.paging import SIZE, Page


@dataclass(frozen=True)
class Filter:
    """What a list of appointments is narrowed to; empty means all.

    `status` is one state, or open for pending and approved; `when` is upcoming, past or ""
    for both; `on` one date in the reader's `zone`, `first` and `last` from one to another.
    """

    status: str = ""
    when: str = ""
    employee_id: int | None = None
    service_id: int | None = None
    customer_id: int | None = None
    on: date | None = None
    zone: str = "UTC"
    search: str = ""
    category_id: int | None = None
    first: date | None = None
    last: date | None = None


class Line(NamedTuple):
    """One appointment as a list shows it; `customers` are the names of all who come."""

    id: int
    starts: datetime
    ends: datetime
    status: str
    service: str
    tone: int
    employee: str
    customers: str


@dataclass(frozen=True)
class Listing(Page[Line]):
    """One page of a list.

    `counts` says how many there are in each state under the other filters, with "" for all.
    """

    counts: dict[str, int]


def listed(by: Actor, wanted: Filter, *, now: datetime, page: int = 1, size: int = SIZE) -> Listing:
    """Return one page, the next appointment first; of past ones the latest first.

    A page past the end is the last one.
    """
    counts = _counts(by, wanted, now)
    total = _total(counts, wanted)
    number = min(max(1, page), max(1, -(-total // size)))
    rows = first(by, wanted, now=now, size=size, after=(number - 1) * size) if total else []
    return Listing(rows, number, size, total, counts)


def beginning(by: Actor, wanted: Filter, *, now: datetime, size: int) -> tuple[list[Line], int]:
    """Return so many of a list in its order, and how many it has."""
    rows = first(by, wanted, now=now, size=size)
    return rows, len(rows) if len(rows) < size else _total(_counts(by, wanted, now), wanted)


def first(by: Actor, wanted: Filter, *, now: datetime, size: int, after: int = 0) -> list[Line]:
    """Return so many of a list in its order, `after` so many others."""
    query = _page(_whose(by, wanted), wanted)
    return _lines(ask(query, now=now, size=size, after=after).all())


def all_ids(by: Actor, wanted: Filter, *, now: datetime) -> list[int]:
    """Return the ids of the whole list, in its order."""
    query = select(_APPOINTMENT.id).where(*_conditions(_whose(by, wanted), wanted))
    query = query.where(*_in_states(wanted)).order_by(*_order(_APPOINTMENT, wanted))
    return list(ask(query, now=now).scalars())


def _lines(rows: Iterable[Any]) -> list[Line]:
    """Make one line of each appointment; a row is one of its customers, or none."""
    found: dict[int, Line] = {}
    for id, *columns, customer in rows:
        if known := found.get(id):
            found[id] = known._replace(customers=f"{known.customers}, {customer}")
        else:
            found[id] = Line._make((id, *columns, customer or ""))
    return list(found.values())


def _counts(by: Actor, wanted: Filter, now: datetime) -> dict[str, int]:
    rows = ask(_counting(_whose(by, wanted), wanted), now=now)
    found: dict[str, int] = dict(rows.all())
    return {"": sum(found.values())} | {state: found.get(state, 0) for state in states.STATES}


def _total(counts: dict[str, int], wanted: Filter) -> int:
    return sum(counts[state] for state in _states(wanted) or states.STATES)


def one(appointment_id: int, *, by: Actor) -> Appointment:
    """Return one appointment with its service, employee, bookings and customers.

    Raises NotThere, for a colleague's too, so that ids tell nothing.
    """
    appointment = db.session.get(Appointment, appointment_id, options=WHOLE, populate_existing=True)
    if appointment is None or not by.sees(appointment.employee_id):
        raise NotThere(MISSING)
    return appointment


def _whose(by: Actor, wanted: Filter) -> int | None:
    """Return whose appointments are listed, None for everybody's; 0 is nobody."""
    return wanted.employee_id if by.in_back_end else by.employee_id or 0


def _states(wanted: Filter) -> tuple[str, ...]:
    """Return the states that are wanted; none means all."""
    if wanted.status == "open":
        return tuple(states.OPEN)
    return (wanted.status,) if wanted.status else ()


# Statements are put together once for each filter, from the plain tables: that takes longer
# than the database does to answer them.
_KEPT = 500
_APPOINTMENT, _BOOKING, _CUSTOMER, _SERVICE, _EMPLOYEE = (
    table.__table__.c for table in (Appointment, Booking, Customer, Service, Employee)
)


@lru_cache(_KEPT)
def _page(employee_id: int | None, wanted: Filter) -> Select[Any]:
    """Read a page of lines, each once for every customer. Asked with now, size and after."""
    page = (
        select(
            _APPOINTMENT.id, _APPOINTMENT.starts, _APPOINTMENT.ends, _APPOINTMENT.status,
            _SERVICE.name.label("service"), _SERVICE.tone, _EMPLOYEE.name.label("employee"),
        )
        .select_from(Appointment.__table__)
        .join(Service.__table__, _SERVICE.id == _APPOINTMENT.service_id)
        .join(Employee.__table__, _EMPLOYEE.id == _APPOINTMENT.employee_id)
        .where(*_conditions(employee_id, wanted), *_in_states(wanted))
        .order_by(*_order(_APPOINTMENT, wanted))
        .limit(bindparam("size"))
        .offset(bindparam("after"))
        .subquery()
    )  # fmt: skip
    # Who has left a group that goes on is not named with it.
    comes = or_(one_of(_BOOKING.status, states.TAKING), not_(one_of(page.c.status, states.TAKING)))
    return (
        select(page, _CUSTOMER.name)
        .select_from(page)
        .outerjoin(Booking.__table__, (_BOOKING.appointment_id == page.c.id) & comes)
        .outerjoin(Customer.__table__, _CUSTOMER.id == _BOOKING.customer_id)
        .order_by(*_order(page.c, wanted), _BOOKING.id)
    )


@lru_cache(_KEPT)
def _counting(employee_id: int | None, wanted: Filter) -> Select[str, int]:
    """Count each state, whichever of them is wanted. Asked with now."""
    return (
        select(_APPOINTMENT.status, func.count())
        .where(*_conditions(employee_id, wanted))
        .group_by(_APPOINTMENT.status)
    )


def _order(columns: Any, wanted: Filter) -> tuple[Any, Any]:
    return (columns.starts.desc() if wanted.when == "past" else columns.starts), columns.id


def _in_states(wanted: Filter) -> list[ColumnElement[bool]]:
    if wanted.status == "open":
        return [one_of(_APPOINTMENT.status, states.OPEN)]
    # What was typed is no word of ours.
    return [_APPOINTMENT.status == wanted.status] if wanted.status else []


def _conditions(employee_id: int | None, wanted: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks, but for the state."""
    found = []
    if employee_id is not None:
        found.append(_APPOINTMENT.employee_id == employee_id)
    if wanted.service_id:
        found.append(_APPOINTMENT.service_id == wanted.service_id)
    if wanted.customer_id:
        found.append(_booked_by(_BOOKING.customer_id == wanted.customer_id))
    if wanted.when == "upcoming":
        found.append(_APPOINTMENT.ends > bindparam("now"))
    if wanted.when == "past":
        found.append(_APPOINTMENT.ends <= bindparam("now"))
    if wanted.on:
        begin, end = day_span(wanted.on, wanted.zone)
        found += [_APPOINTMENT.starts >= begin, _APPOINTMENT.starts < end]
    if wanted.category_id:
        under = select(_SERVICE.id).where(_SERVICE.category_id == wanted.category_id)
        found.append(_APPOINTMENT.service_id.in_(under))
    if wanted.first:
        found.append(_APPOINTMENT.starts >= day_span(wanted.first, wanted.zone)[0])
    if wanted.last:
        found.append(_APPOINTMENT.starts < day_span(wanted.last, wanted.zone)[1])
    return [*found, *(_spoken_of(word) for word in wanted.search.split()[:8])]


def _spoken_of(word: str) -> ColumnElement[bool]:
    """Say whether a word is in the customer, the service, the employee or the reference."""
    known = (_CUSTOMER.name, _CUSTOMER.email, _CUSTOMER.phone)
    return or_(
        _booked_by(or_(*(one.icontains(word, autoescape=True) for one in known))),
        _APPOINTMENT.service_id.in_(_named(Service.__table__, word)),
        _APPOINTMENT.employee_id.in_(_named(Employee.__table__, word)),
        _APPOINTMENT.reference.istartswith(word, autoescape=True),
    )


def _booked_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(_BOOKING.id)
        .join_from(Booking.__table__, Customer.__table__, _CUSTOMER.id == _BOOKING.customer_id)
        .where(_BOOKING.appointment_id == _APPOINTMENT.id, condition)
        .exists()
    )


def _named(table: Table, word: str) -> Select[int]:
    return select(table.c.id).where(table.c.name.icontains(word, autoescape=True))
