"""Read what takes one employee's time: one indexed range query for each source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, or_, select

from panel.db.tables import (
    Appointment,
    Booking,
    Customer,
    Event,
    Occurrence,
    Question,
    event_staff,
)
from panel.domain.conflicts import Taken
from panel.domain.schedule import Span
from panel.domain.states import TAKING
from panel.domain.words import and_more
from panel.services.busy import blocks
from panel.services.outbox import Transaction

# No appointment or date lasts longer, buffers included, so that a range query has a lower
# bound: without one, a year of history would be read for every question.
LONGEST = timedelta(days=3)

# Whom an appointment's time belongs to; who has cancelled is not with them any more.
_COMES = (Booking.appointment_id == Appointment.id) & Booking.status.in_(TAKING)

Subject = tuple[str, int]


def taken(
    session: Transaction, employee_id: int, around: Span, *, ignoring: Subject | None, busy: bool
) -> list[Taken]:
    """Return all that takes one employee's time; `ignoring` leaves one subject out.

    `busy` says whether what is in Outlook counts, where the settings want it at all.
    """
    found = _appointments(session, employee_id, around, ignored(ignoring, "appointment"))
    found += _occurrences(session, employee_id, around, ignored(ignoring, "occurrence"))
    found += _questions(session, employee_id, around, ignoring)
    if busy:
        outside = blocks(session, [employee_id], around)
        found += [Taken("busy", one.span, one.span) for one in outside if one.blocking]
    return found


def ignored(ignoring: Subject | None, subject: str) -> int:
    """Return the id that is left out of one kind of subject; 0 where none is."""
    return ignoring[1] if ignoring and ignoring[0] == subject else 0


def _appointments(
    session: Transaction, employee_id: int, around: Span, ignoring: int
) -> list[Taken]:
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.starts,
            Appointment.ends,
            Appointment.buffer_before,
            Appointment.buffer_after,
            Customer.name,
        )
        .join(Booking, _COMES, isouter=True)
        .join(Customer, Customer.id == Booking.customer_id, isouter=True)
        .where(
            Appointment.employee_id == employee_id,
            Appointment.starts > around.starts - LONGEST,
            Appointment.starts < around.ends + LONGEST,
            Appointment.status.in_(TAKING),
            Appointment.id != ignoring,
        )
        .order_by(Appointment.id, Booking.id)
    )
    found: dict[int, tuple[Span, Span, list[str]]] = {}
    for id, starts, ends, before, after, name in rows:
        span = Span(starts, ends)
        found.setdefault(id, (span, span.widened(before, after), []))[2].append(name)
    return [Taken("appointment", span, around, _who(who)) for span, around, who in found.values()]


def _who(names: Sequence[str | None]) -> str:
    return and_more([name or "a customer" for name in names])


def _occurrences(
    session: Transaction, employee_id: int, around: Span, ignoring: int
) -> list[Taken]:
    helps = exists().where(
        event_staff.c.event_id == Event.id, event_staff.c.employee_id == employee_id
    )
    rows = session.execute(
        select(Occurrence.starts, Occurrence.ends, Event.name)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Occurrence.starts > around.starts - LONGEST,
            Occurrence.starts < around.ends,
            Occurrence.ends > around.starts,
            Occurrence.status == "open",
            Occurrence.id != ignoring,
            or_(Event.organizer_id == employee_id, helps),
        )
    )
    return [Taken("event", Span(a, b), Span(a, b), name) for a, b, name in rows]


def _questions(
    session: Transaction, employee_id: int, around: Span, ignoring: Subject | None
) -> list[Taken]:
    """Return the other times that open questions keep taken (sync.md 5.6, move rule)."""
    rows = session.execute(
        select(Question.holds_from, Question.holds_to, Question.subject, Question.subject_id).where(
            Question.employee_id == employee_id,
            Question.closed_at.is_(None),
            Question.holds_from < around.ends,
            Question.holds_to > around.starts,
        )
    )
    named = {"appointment": "an appointment", "occurrence": "an event"}
    return [
        Taken("question", Span(a, b), Span(a, b), named[subject])
        for a, b, subject, subject_id in rows
        if a and b and (subject, subject_id) != ignoring
    ]
