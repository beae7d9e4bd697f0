"""Everything in a stretch of time, as plain values: one indexed range query for each source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from panel.db.base import db, reading
from panel.db.tables import (
    Appointment,
    Booking,
    Customer,
    Employee,
    Event,
    Occurrence,
    OutlookSettings,
    Question,
    Service,
    event_staff,
)
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.domain.schedule import Day, Span
from panel.domain.states import TAKING
from panel.services import busy, copies
from panel.services.plans import plans
from panel.services.taken import LONGEST


@dataclass(frozen=True)
class Person:
    """One employee whose time is shown, and each day of it in their own zone."""

    id: int
    name: str
    title: str
    zone: str
    tone: int
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Visit:
    """One appointment; `copy` is how it stands in Outlook (`copies.State`), if anybody asks."""

    id: int
    employee_id: int
    service: str
    tone: int
    customer: str
    span: Span
    around: Span
    status: str
    copy: str


@dataclass(frozen=True)
class Happening:
    """One date of an event, once for each shown employee who gives it."""

    id: int
    event_id: int
    employee_id: int
    name: str
    place: str
    tone: int
    capacity: int
    organizes: bool
    span: Span
    copy: str


@dataclass(frozen=True)
class Held:
    """A time kept free while a question is open."""

    question_id: int
    employee_id: int
    subject: str
    subject_id: int
    kind: str
    span: Span


@dataclass(frozen=True)
class Window:
    """All that happens in a stretch of time, in order of time."""

    span: Span
    people: list[Person]
    visits: list[Visit]
    happenings: list[Happening]
    blocks: list[busy.Block]
    held: list[Held]


def read(by: Actor, first: datetime, end: datetime, *, employee_id: int | None = None) -> Window:
    """Return what the reader may see between two instants, of one employee or of all.

    Employees see their own. Titles of busy blocks come only to the employee whose calendar
    it is, and only by setting. Raises NotThere.
    """
    span = Span(first, end)
    people = _people(by, span, employee_id)
    ids = [one.id for one in people]
    return Window(
        span, people, visits(ids, span), happenings(ids, span), _blocks(by, ids, span),
        _held(ids, span),
    )  # fmt: skip


def _people(by: Actor, span: Span, employee_id: int | None) -> list[Person]:
    if employee_id is not None and not by.sees(employee_id):
        raise NotThere("There is no such employee.")
    wanted = employee_id if by.in_back_end else by.employee_id
    query = select(Employee).order_by(Employee.name)
    if wanted is not None or not by.in_back_end:
        query = query.where(Employee.id == wanted)
    else:
        query = query.where(Employee.active)
    rows = db.session.scalars(query).all()
    kept = plans(reading(), [row.id for row in rows])
    return [
        Person(
            row.id, row.name, row.title, row.zone, row.tone,
            tuple(kept[row.id].days(span.starts, span.ends)),
        )
        for row in rows
    ]  # fmt: skip


def visits(employee_ids: Collection[int], span: Span) -> list[Visit]:
    """Return the appointments that take these employees' time; no rights are asked."""
    rows = db.session.execute(
        select(
            Appointment.id, Appointment.employee_id, Service.name, Service.tone, Customer.name,
            Appointment.starts, Appointment.ends, Appointment.buffer_before,
            Appointment.buffer_after, Appointment.status,
        )
        .join(Service, Service.id == Appointment.service_id)
        .join(Booking, Booking.appointment_id == Appointment.id)
        .join(Customer, Customer.id == Booking.customer_id)
        .where(
            Appointment.employee_id.in_(employee_ids),
            Appointment.starts > span.starts - LONGEST,
            Appointment.starts < span.ends,
            Appointment.ends > span.starts,
            Appointment.status.in_(TAKING),
        )
        .order_by(Appointment.starts, Appointment.id, Booking.id)
    ).all()  # fmt: skip
    known = copies.states("appointment", {row[0] for row in rows})
    return _visits(rows, known)


def _visits(rows: Iterable[Any], known: copies.Known) -> list[Visit]:
    """Make one visit of each appointment, whose first booking names it."""
    found: dict[int, Visit] = {}
    for id, employee_id, service, tone, customer, starts, ends, before, after, status in rows:
        when = Span(starts, ends)
        found.setdefault(
            id,
            Visit(
                id, employee_id, service, tone, customer, when, when.widened(before, after),
                status, known.get((id, employee_id), ""),
            ),
        )  # fmt: skip
    return list(found.values())


def happenings(employee_ids: Collection[int], span: Span) -> list[Happening]:
    """Return the open dates of events that these employees give; no rights are asked."""
    gives = or_(Employee.id == Event.organizer_id, event_staff.c.employee_id.is_not(None))
    rows = db.session.execute(
        select(Occurrence, Event, Employee.id)
        .join(Event, Event.id == Occurrence.event_id)
        .join(Employee, Employee.id.in_(employee_ids))
        .join(
            event_staff,
            (event_staff.c.event_id == Event.id) & (event_staff.c.employee_id == Employee.id),
            isouter=True,
        )
        .where(
            gives,
            Occurrence.starts > span.starts - LONGEST,
            Occurrence.starts < span.ends,
            Occurrence.ends > span.starts,
            Occurrence.status == "open",
        )
        .order_by(Occurrence.starts, Occurrence.id, Employee.id)
    ).all()
    known = copies.states("occurrence", {row[0].id for row in rows})
    return [
        Happening(
            one.id, event.id, employee_id, event.name, event.place, event.tone, event.capacity,
            event.organizer_id == employee_id, Span(one.starts, one.ends),
            known.get((one.id, employee_id), ""),
        )
        for one, event, employee_id in rows
    ]  # fmt: skip


def _blocks(by: Actor, employee_ids: Collection[int], span: Span) -> list[busy.Block]:
    settings = db.session.get(OutlookSettings, 1)
    titles = settings is not None and settings.show_titles
    return [
        one if titles and by.is_employee(one.employee_id) else replace(one, title="")
        for one in busy.blocks(reading(), employee_ids, span)
    ]


def _held(employee_ids: Collection[int], span: Span) -> list[Held]:
    rows = db.session.scalars(
        select(Question)
        .where(
            Question.employee_id.in_(employee_ids),
            Question.closed_at.is_(None),
            Question.holds_from < span.ends,
            Question.holds_to > span.starts,
        )
        .order_by(Question.holds_from)
    )
    return [
        Held(
            row.id, row.employee_id, row.subject, row.subject_id, row.kind,
            Span(row.holds_from, row.holds_to),
        )
        for row in rows
        if row.holds_from and row.holds_to
    ]  # fmt: skip
