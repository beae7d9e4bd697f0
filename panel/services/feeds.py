"""Long lists for programs: a stretch at a time, from where the last one ended."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select

from panel.db.base import EPOCH, db, micros
from panel.db.tables import Appointment, Booking, Company, Customer
from panel.domain.errors import RuleBroken
from panel.domain.moments import day_span
from panel.domain.people import Actor
from panel.services.appointment_rows import WHOLE

Row = TypeVar("Row")
# What a column of ids can hold.
MOST_ID = 2**31


@dataclass(frozen=True)
class Feed(Generic[Row]):
    """A stretch of a list. `cursor` leads to the next one; None at the end."""

    rows: list[Row]
    cursor: str | None


@dataclass(frozen=True)
class Wanted:
    """What appointments are narrowed to; None means all.

    `first` and `last` are dates in the zone of the business, both included.
    """

    first: date | None = None
    last: date | None = None
    employee_id: int | None = None
    service_id: int | None = None
    customer_id: int | None = None
    status: str | None = None
    search: str = ""


def appointments(by: Actor, wanted: Wanted, *, cursor: str | None, size: int) -> Feed[Appointment]:
    """Return appointments by their start, whole as their page shows them.

    Raises RuleBroken for a cursor that is none of ours, NotAllowed.
    """
    by.must_be_in_back_end()
    query = select(Appointment).where(*_conditions(wanted))
    if cursor:
        at, id = _read(cursor, 2)
        starts = _moment(at)
        same = and_(Appointment.starts == starts, Appointment.id > id)
        query = query.where(or_(Appointment.starts > starts, same))
    query = query.order_by(Appointment.starts, Appointment.id).options(*WHOLE)
    return _feed(query, size, lambda one: (micros(one.starts), one.id))


def customers(by: Actor, *, search: str = "", cursor: str | None, size: int) -> Feed[Customer]:
    """Return the customers who are on the lists, in the order they came. Raises as above."""
    by.must_hold("customers")
    query = select(Customer).where(Customer.active, *(_named(word) for word in _words(search)))
    if cursor:
        query = query.where(Customer.id > _read(cursor, 1)[0])
    return _feed(query.order_by(Customer.id), size, lambda one: (one.id,))


def _feed(query: Select[Row], size: int, place: Callable[[Row], tuple[int, ...]]) -> Feed[Row]:
    """Read one row more than wanted: it says whether the list goes on."""
    rows = list(db.session.scalars(query.limit(size + 1)).unique())
    more = len(rows) > size
    return Feed(rows[:size], _cursor(place(rows[size - 1])) if more else None)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    zone = db.session.scalar(select(Company.zone).where(Company.id == 1)) or "UTC"
    if wanted.first:
        yield Appointment.starts >= day_span(wanted.first, zone)[0]
    if wanted.last:
        yield Appointment.starts < day_span(wanted.last, zone)[1]
    for column, value in (
        (Appointment.employee_id, wanted.employee_id),
        (Appointment.service_id, wanted.service_id),
        (Appointment.status, wanted.status),
    ):
        if value is not None:
            yield column == value
    if wanted.customer_id is not None:
        yield _booked_by(Booking.customer_id == wanted.customer_id)
    for word in _words(wanted.search):
        reference = Appointment.reference.istartswith(word, autoescape=True)
        yield or_(_booked_by(_named(word)), reference)


def _booked_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    booked = select(Booking.id).join(Customer, Customer.id == Booking.customer_id)
    return booked.where(Booking.appointment_id == Appointment.id, condition).exists()


def _named(word: str) -> ColumnElement[bool]:
    columns = (Customer.name, Customer.email, Customer.phone)
    return or_(*(one.icontains(word, autoescape=True) for one in columns))


def _words(search: str) -> list[str]:
    return search.split()[:8]


def _cursor(place: tuple[int, ...]) -> str:
    return base64.urlsafe_b64encode(",".join(map(str, place)).encode()).decode().rstrip("=")


def _read(cursor: str, count: int) -> list[int]:
    """Read the place that a cursor keeps. Raises RuleBroken."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        place = [int(one) for one in text.split(",")]
    except ValueError as error:
        raise _strange() from error
    if len(place) != count or not 0 <= place[-1] < MOST_ID:
        raise _strange()
    return place


def _moment(at: int) -> datetime:
    try:
        return EPOCH + timedelta(microseconds=at)
    except OverflowError as error:
        raise _strange() from error


def _strange() -> RuleBroken:
    return RuleBroken("Follow the address in next; this cursor is none of ours.", "cursor")
