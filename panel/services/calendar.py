"""Everything in a stretch of time, as plain values: one indexed range query for each source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select

from panel.db.base import ask, fixed, one_of, reading
from panel.db.tables import (
    Appointment,
    Booking,
    Customer,
    Employee,
    Event,
    Occurrence,
    Question,
    Service,
    event_staff,
)
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.domain.schedule import Day, Span
from panel.domain.states import TAKING
from panel.domain.words import and_more
from panel.services import busy, copies
from panel.services.plans import plans_in
from panel.services.taken import LONGEST
from panel.services.whose import Who, Whose


@dataclass(frozen=True)
class Person:
    """One employee whose time is shown, and each day of it in their own zone."""

    id: int
    name: str
    title: str
    zone: str
    tone: int
    days: tuple[Day, ...] = ()


class Visit(NamedTuple):
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


class Happening(NamedTuple):
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
    visits: list[Visit]
    happenings: list[Happening]
    blocks: list[busy.Block]
    people: list[Person] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


def read(by: Actor, first: datetime, end: datetime, *, employee_id: int | None = None) -> Window:
    """Return what the reader may see between two instants, of one employee or of all.

    Employees see their own. Titles of busy blocks come only to the employee whose calendar
    it is, and only by setting. Raises NotThere.
    """
    people = _people(_whose(by, employee_id))
    plans = plans_in(reading(), {one.id: one.zone for one in people})
    worked = [replace(one, days=tuple(plans[one.id].days(first, end))) for one in people]
    ids = [one.id for one in people]
    seen = _window(by, ids, Span(first, end))
    return replace(seen, people=worked, held=_held(ids, seen.span))


def agenda(by: Actor, first: datetime, end: datetime, *, employee_id: int | None) -> Window:
    """The same as a list shows it: without work hours and held times.

    One employee is unnamed; of all of them, nobody's busy blocks are told.
    """
    whose, span = _whose(by, employee_id), Span(first, end)
    if whose is not None:
        return _window(by, [whose], span)
    people = _people(None)
    ids = [one.id for one in people]
    return Window(span, visits(ids, span), happenings(ids, span), [], people)


def _window(by: Actor, ids: list[int], span: Span) -> Window:
    return Window(span, visits(ids, span), happenings(ids, span), _blocks(by, ids, span))


def _whose(by: Actor, employee_id: int | None) -> int | None:
    """Return whose time may be shown, None for everybody's; 0 is nobody."""
    if employee_id is not None and not by.sees(employee_id):
        raise NotThere("There is no such employee.")
    return employee_id if by.in_back_end else by.employee_id or 0


def _people(whose: int | None) -> list[Person]:
    rows = ask(_ALL) if whose is None else ask(_ONE, employee=whose)
    return [Person(*row) for row in rows]


def visits(employee_ids: Collection[int], span: Span) -> list[Visit]:
    """Return the appointments that take these employees' time; no rights are asked."""
    found: dict[int, Visit] = {}
    names: dict[int, list[str]] = defaultdict(list)
    for row in _VISITS.ask(reading(), employee_ids, **_within(span)):
        id, employee_id, service, tone, customer, starts, ends, before, after, status = row[:10]
        names[id].append(customer)
        if id not in found:
            when = Span(starts, ends)
            found[id] = Visit(
                id, employee_id, service, tone, customer, when, when.widened(before, after),
                status, copies.word(*row[10:]),
            )  # fmt: skip
        elif len(names[id]) > 1:
            found[id] = found[id]._replace(customer=and_more(names[id]))
    return list(found.values())


def happenings(employee_ids: Collection[int], span: Span) -> list[Happening]:
    """Return the open dates of events that these employees give; no rights are asked."""
    rows = _HAPPENINGS.ask(reading(), employee_ids, **_within(span))
    return [
        Happening(
            id, event_id, employee_id, name, place, tone, capacity, organizer == employee_id,
            Span(starts, ends), copies.word(*copy),
        )
        for (
            id, event_id, employee_id, name, place, tone, capacity, organizer, starts, ends,
            *copy,
        ) in rows
    ]  # fmt: skip


def _within(span: Span) -> dict[str, Any]:
    """The stretch, as the statements below are asked for it."""
    return {"long_before": span.starts - LONGEST, "first": span.starts, "end": span.ends}


def _blocks(by: Actor, employee_ids: Collection[int], span: Span) -> list[busy.Block]:
    return [
        one if not one.title or by.is_employee(one.employee_id) else one._replace(title="")
        for one in busy.blocks(reading(), employee_ids, span)
    ]


def _held(employee_ids: Collection[int], span: Span) -> list[Held]:
    rows = _HELD.ask(reading(), employee_ids, first=span.starts, end=span.ends)
    return [
        Held(id, employee_id, subject, subject_id, kind, Span(starts, ends))
        for id, employee_id, subject, subject_id, kind, starts, ends in rows
    ]


# Built once, from the plain tables: putting statements together takes longer than the
# database does to answer them.
_APPOINTMENT, _DATE, _EVENT = Appointment.__table__.c, Occurrence.__table__.c, Event.__table__.c
_SERVICE, _BOOKING, _CUSTOMER = Service.__table__.c, Booking.__table__.c, Customer.__table__.c
_EMPLOYEE, _STAFF, _QUESTION = Employee.__table__.c, event_staff.c, Question.__table__.c


def _reaches(table: Any) -> tuple[Any, ...]:
    """What reaches into the stretch; the first condition bounds the search in the index."""
    starts = table.starts > bindparam("long_before"), table.starts < bindparam("end")
    return *starts, table.ends > bindparam("first")


_PEOPLE = select(
    _EMPLOYEE.id, _EMPLOYEE.name, _EMPLOYEE.title, _EMPLOYEE.zone, _EMPLOYEE.tone
).order_by(func.lower(_EMPLOYEE.name))
_ONE = _PEOPLE.where(_EMPLOYEE.id == bindparam("employee"))
_ALL = _PEOPLE.where(_EMPLOYEE.active)


def _booked(who: Who) -> Select[*tuple[Any, ...]]:
    booked = (
        select(
            _APPOINTMENT.id, _APPOINTMENT.employee_id, _SERVICE.name, _SERVICE.tone,
            _CUSTOMER.name, _APPOINTMENT.starts, _APPOINTMENT.ends, _APPOINTMENT.buffer_before,
            _APPOINTMENT.buffer_after, _APPOINTMENT.status,
        )
        .select_from(Appointment.__table__)
        .join(Service.__table__, _SERVICE.id == _APPOINTMENT.service_id)
        .join(Booking.__table__, _BOOKING.appointment_id == _APPOINTMENT.id)
        .where(one_of(_BOOKING.status, TAKING))
        .join(Customer.__table__, _CUSTOMER.id == _BOOKING.customer_id)
        .where(who(_APPOINTMENT.employee_id), *_reaches(_APPOINTMENT))
        .where(one_of(_APPOINTMENT.status, TAKING))
        .order_by(_APPOINTMENT.starts, _APPOINTMENT.id, _BOOKING.id)
    )  # fmt: skip
    return copies.added_to(booked, "appointment", _APPOINTMENT.id, _APPOINTMENT.employee_id)


def _given(who: Who) -> Select[*tuple[Any, ...]]:
    helps = (_STAFF.event_id == _EVENT.id) & (_STAFF.employee_id == _EMPLOYEE.id)
    given = (
        select(
            _DATE.id, _EVENT.id, _EMPLOYEE.id, _EVENT.name, _EVENT.place, _EVENT.tone,
            _EVENT.capacity, _EVENT.organizer_id, _DATE.starts, _DATE.ends,
        )
        .select_from(Occurrence.__table__)
        .join(Event.__table__, _EVENT.id == _DATE.event_id)
        .join(Employee.__table__, who(_EMPLOYEE.id))
        .outerjoin(event_staff, helps)
        .where(or_(_EMPLOYEE.id == _EVENT.organizer_id, _STAFF.employee_id.is_not(None)))
        .where(*_reaches(_DATE), _DATE.status == fixed("open"))
        .order_by(_DATE.starts, _DATE.id, _EMPLOYEE.id)
    )  # fmt: skip
    return copies.added_to(given, "occurrence", _DATE.id, _EMPLOYEE.id)


def _kept_free(who: Who) -> Select[*tuple[Any, ...]]:
    return (
        select(
            _QUESTION.id, _QUESTION.employee_id, _QUESTION.subject, _QUESTION.subject_id,
            _QUESTION.kind, _QUESTION.holds_from, _QUESTION.holds_to,
        )
        .where(who(_QUESTION.employee_id), _QUESTION.closed_at.is_(None))
        .where(_QUESTION.holds_from < bindparam("end"), _QUESTION.holds_to > bindparam("first"))
        .order_by(_QUESTION.holds_from)
    )  # fmt: skip


_VISITS, _HAPPENINGS, _HELD = Whose(_booked), Whose(_given), Whose(_kept_free)
