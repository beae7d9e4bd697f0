"""Change what a copy in Outlook is of, an appointment or a date, within a transaction.

The caller holds the people whose time it takes, and tells the outbox.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import selectinload

from panel.db.tables import Appointment, Occurrence
from panel.domain import states
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import appointment_changes, events, mailing
from panel.services.outbox import Transaction


def find(session: Transaction, subject: str, subject_id: int) -> Appointment | Occurrence:
    """Return the appointment, its bookings loaded, or the date of an event."""
    if subject == "appointment":
        return session.get_one(
            Appointment, subject_id, options=[selectinload(Appointment.bookings)]
        )
    return session.get_one(Occurrence, subject_id)


def move(
    session: Transaction,
    subject: str,
    subject_id: int,
    to: Span,
    *,
    side: str,
    who: str,
    by: Actor,
    note: str,
    now: datetime,
) -> None:
    """Let it stand at this time, of this length, and tell who comes."""
    one = find(session, subject, subject_id)
    length: timedelta = to.ends - to.starts
    if isinstance(one, Appointment):
        one.ends = one.starts + length
        appointment_changes.set_time(
            session, one, to.starts, side=side, who=who, note=note, now=now
        )
        mailing.tell(session, "changed", one, by=by, now=now)
    else:
        events.set_occurrence_time(
            session, one, to.starts, length=length, side=side, who=who, note=note, now=now
        )


def can_be_cancelled(session: Transaction, subject: str, subject_id: int, *, now: datetime) -> bool:
    """Say whether it is still to come and in a state that can be cancelled."""
    one = find(session, subject, subject_id)
    if isinstance(one, Appointment):
        return one.starts > now and "cancel" in states.possible(one.status, begun=False)
    return one.starts > now and one.status == "open"


def cancel(
    session: Transaction,
    subject: str,
    subject_id: int,
    *,
    side: str,
    who: str,
    by: Actor | None,
    now: datetime,
) -> None:
    """Cancel it and tell who would have come. `by` is None where it was done in Outlook."""
    one = find(session, subject, subject_id)
    if isinstance(one, Appointment):
        appointment_changes.cancel_in(session, one, side=side, who=who, now=now)
        mailing.tell(session, "cancelled", one, by=by, now=now)
    else:
        events.cancel_occurrence_in(session, one, side=side, who=who, now=now)
