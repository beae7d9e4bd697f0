"""Change an appointment within the caller's transaction: its time, its state, its journal."""

from __future__ import annotations

from datetime import datetime

from panel.db.tables import Appointment
from panel.domain import states
from panel.domain.moments import TZDATA, iso_span, local_text
from panel.services import journal
from panel.services.outbox import Transaction

# What the journal calls it when an appointment follows its bookings into a state.
_BECAME = {
    states.PENDING: "set_pending",
    states.APPROVED: "approved",
    states.CANCELLED: "cancelled",
    states.REJECTED: "rejected",
}


def set_time(
    session: Transaction,
    appointment: Appointment,
    starts: datetime,
    *,
    side: str,
    who: str,
    now: datetime,
    note: str = "",
) -> None:
    """Move it within the caller's transaction, length kept; the caller tells the outbox.

    The promise becomes the wall time of `starts` in the appointment's own zone.
    """
    before = span_text(appointment)
    appointment.ends = starts + (appointment.ends - appointment.starts)
    appointment.starts = starts
    appointment.local_start = local_text(starts, appointment.zone)
    appointment.tzdata = TZDATA
    appointment.revision += 1
    write(
        session, appointment, "moved", side=side, who=who, now=now,
        before=before, after=span_text(appointment), note=note,
    )  # fmt: skip


def cancel_in(
    session: Transaction,
    appointment: Appointment,
    *,
    side: str,
    who: str,
    now: datetime,
    note: str = "",
) -> None:
    """Cancel it within the caller's transaction; the caller tells the outbox.

    Its bookings must be loaded. Raises RuleBroken where its state does not allow it.
    """
    set_state(session, appointment, "cancel", side=side, who=who, now=now, note=note)


def set_state(
    session: Transaction,
    appointment: Appointment,
    action: str,
    *,
    side: str,
    who: str,
    now: datetime,
    note: str = "",
) -> None:
    """Let an action of `states.TRANSITIONS` happen to the whole of it, every booking included.

    Within the caller's transaction. Its bookings must be loaded; the caller tells the
    outbox. Raises RuleBroken.
    """
    before = appointment.status
    status = states.after(before, action, begun=appointment.starts <= now)
    for booking in appointment.bookings:
        ended = action in states.ENDING and booking.status in states.OPEN
        if booking.status == before or ended:
            booking.status = status
    _stand(appointment, status, now)
    write(
        session, appointment, states.KINDS[action], side=side, who=who, now=now,
        before=states.STATES[before], after=states.STATES[appointment.status], note=note,
    )  # fmt: skip


def settle(
    session: Transaction, appointment: Appointment, *, side: str, who: str, now: datetime
) -> None:
    """Let an appointment stand as its bookings say, after one of them has changed.

    Its service and bookings must be loaded; the caller tells the outbox.
    """
    before, status = appointment.status, standing(appointment)
    _stand(appointment, status, now)
    if status != before:
        write(
            session, appointment, _BECAME[status], side=side, who=who, now=now,
            before=states.STATES[before], after=states.STATES[status],
        )  # fmt: skip


def standing(appointment: Appointment) -> str:
    """Return the state that its bookings give an appointment."""
    bookings = [(one.status, one.persons) for one in appointment.bookings]
    least = min(appointment.service.least, appointment.places)
    return states.standing(appointment.status, bookings, least)


def _stand(appointment: Appointment, status: str, now: datetime) -> None:
    taking = [one for one in appointment.bookings if one.status in states.TAKING]
    appointment.persons = sum(one.persons for one in taking)
    if status != appointment.status:
        appointment.unwanted_at = None if status in states.IN_OUTLOOK else now
    appointment.status = status
    appointment.revision += 1


def write(
    session: Transaction,
    appointment: Appointment,
    kind: str,
    *,
    side: str,
    who: str,
    now: datetime,
    before: str = "",
    after: str = "",
    note: str = "",
) -> None:
    """Write what happened to an appointment, within the caller's transaction."""
    journal.note(
        session, subject="appointment", subject_id=appointment.id,
        employee_id=appointment.employee_id, side=side, kind=kind, who=who,
        before=before, after=after, note=note, now=now,
    )  # fmt: skip


def span_text(appointment: Appointment) -> str:
    """Return its time as the journal keeps times."""
    return iso_span(appointment.starts, appointment.ends)
