"""What a customer has booked: appointments and events, what is to come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from panel.db.base import db
from panel.db.tables import (
    Appointment,
    Attendance,
    Booking,
    Customer,
    Event,
    Occurrence,
    event_staff,
)
from panel.domain import attendance, states
from panel.domain.people import Actor
from panel.services import customers
from panel.services.paging import SIZE, Page


@dataclass(frozen=True)
class Visit:
    """One thing a customer has booked. `starts` is None for an event without any date left.

    `kind` is appointment or event, `id` its page; `with_` who gives it; `status` that of the
    customer's own booking.
    """

    kind: str
    id: int
    occurrence_id: int | None
    title: str
    tone: int
    with_: str
    starts: datetime | None
    ends: datetime | None
    status: str
    persons: int


@dataclass(frozen=True)
class History:
    """What somebody has booked, one page of it, and what it comes to.

    `coming` counts what is still to come, `no_shows` how often they stayed away.
    """

    customer: Customer
    page: Page[Visit]
    coming: int
    no_shows: int


def history(customer_id: int, *, by: Actor, now: datetime, page: int = 1) -> History:
    """Return what a customer has booked: what is to come, the next first, then the past.

    An employee is told of what is their own. Raises NotThere, NotAllowed.
    """
    customer = customers.one(customer_id, by=by)
    found = [_of_booking(row) for row in db.session.scalars(_bookings(customer_id, by)).unique()]
    found += [_of_attendance(row) for row in db.session.scalars(_attendances(customer_id, by))]
    open_ = (*states.OPEN, *attendance.OPEN)
    coming = [one for one in found if one.ends and one.ends > now and one.status in open_]
    rest = [one for one in found if one not in coming]
    ordered = sorted(coming, key=_begins) + sorted(rest, key=_begins, reverse=True)
    number = min(max(1, page), max(1, -(-len(ordered) // SIZE)))
    rows = ordered[(number - 1) * SIZE : number * SIZE]
    no_shows = sum(one.status == states.NO_SHOW for one in found)
    return History(customer, Page(rows, number, SIZE, len(found)), len(coming), no_shows)


def _begins(visit: Visit) -> tuple[bool, datetime | None, str, int]:
    return visit.starts is not None, visit.starts, visit.kind, visit.id


def _bookings(customer_id: int, by: Actor) -> Select[Booking]:
    query = select(Booking).where(Booking.customer_id == customer_id)
    if not by.in_back_end:
        query = query.join(Appointment).where(Appointment.employee_id == by.employee_id)
    whole = joinedload(Booking.appointment)
    return query.options(
        whole.joinedload(Appointment.service), whole.joinedload(Appointment.employee)
    )


def _of_booking(row: Booking) -> Visit:
    one = row.appointment
    return Visit(
        "appointment", one.id, None, one.service.name, one.service.tone, one.employee.name,
        one.starts, one.ends, row.status, row.persons,
    )  # fmt: skip


def _attendances(customer_id: int, by: Actor) -> Select[Attendance]:
    query = select(Attendance).where(Attendance.customer_id == customer_id)
    if not by.in_back_end:
        helps = select(event_staff.c.event_id).where(event_staff.c.employee_id == by.employee_id)
        mine = or_(Event.organizer_id == by.employee_id, Event.id.in_(helps))
        query = query.join(Event).where(mine)
    event = joinedload(Attendance.event)
    return query.options(
        event.joinedload(Event.organizer),
        event.selectinload(Event.occurrences),
        joinedload(Attendance.occurrence),
    )


def _of_attendance(row: Attendance) -> Visit:
    event = row.event
    dates = [row.occurrence] if row.occurrence else _dates(event)
    return Visit(
        "event", event.id, row.occurrence_id, event.name, event.tone, event.organizer.name,
        dates[0].starts if dates else None, dates[-1].ends if dates else None,
        row.status, row.places,
    )  # fmt: skip


def _dates(event: Event) -> list[Occurrence]:
    return [one for one in event.occurrences if one.status == "open"] or event.occurrences
