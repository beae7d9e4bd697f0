"""Cancel all that one customer has to come. Needs the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, exists, or_, select

from panel.db.tables import Appointment, Attendance, Booking, Occurrence
from panel.domain import states
from panel.domain.attendance import BOOKED, CANCELLED, OPEN
from panel.domain.people import Actor
from panel.services import journal, outbox
from panel.services.appointment_changes import cancel_in, write
from panel.services.appointment_rows import WHOLE
from panel.services.attendance_rows import follow, locked, note
from panel.services.event_rows import people
from panel.services.holding import hold
from panel.services.outbox import Transaction
from panel.services.places import follow as group_follows
from panel.services.places import party


def bookings_ahead(customer_id: int, now: datetime) -> Select[int]:
    """Select the ids of a customer's open bookings of appointments that have not begun."""
    return (
        select(Booking.id)
        .join(Appointment, Appointment.id == Booking.appointment_id)
        .where(
            Booking.customer_id == customer_id,
            Booking.status.in_(states.OPEN),
            Appointment.starts > now,
        )
    )


def attendances_ahead(customer_id: int, now: datetime) -> Select[int]:
    """Select the ids of a customer's open attendances of what has a date to come."""
    to_come = exists().where(
        Occurrence.event_id == Attendance.event_id,
        or_(Attendance.occurrence_id.is_(None), Occurrence.id == Attendance.occurrence_id),
        Occurrence.status == "open",
        Occurrence.starts > now,
    )
    mine = (Attendance.customer_id == customer_id, Attendance.status.in_(OPEN))
    return select(Attendance.id).where(*mine, to_come)


def cancel_ahead(session: Transaction, customer_id: int, *, by: Actor, now: datetime) -> None:
    """Cancel it all: places go to whoever waits for them, and copies in Outlook follow."""
    ids = session.scalars(bookings_ahead(customer_id, now)).all()
    bookings = session.scalars(select(Booking).where(Booking.id.in_(ids))).all()
    ids = session.scalars(attendances_ahead(customer_id, now)).all()
    attendances = session.scalars(select(Attendance).where(Attendance.id.in_(ids))).all()
    _hold_all(session, [b.appointment_id for b in bookings], [a.event_id for a in attendances])
    for booking in bookings:
        _cancel_booking(session, booking, by=by, now=now)
    for one in attendances:
        _cancel_attendance(session, one, by=by, now=now)


def _hold_all(session: Transaction, appointment_ids: list[int], event_ids: list[int]) -> None:
    """Everybody whose time is touched, at once and in order."""
    own = select(Appointment.employee_id).where(Appointment.id.in_(appointment_ids))
    held = set(session.scalars(own))
    for event_id in set(event_ids):
        organizer, staff = people(session, event_id)
        held |= staff | ({organizer} if organizer else set())
    hold(session, held)


def _cancel_booking(session: Transaction, booking: Booking, *, by: Actor, now: datetime) -> None:
    one = session.get_one(
        Appointment, booking.appointment_id, options=WHOLE, populate_existing=True
    )
    taking = [b for b in one.bookings if b.status in states.TAKING]
    if taking == [booking]:
        cancel_in(session, one, side=journal.PANEL, who=by.name, now=now)
        session.flush()
        outbox.changed(session, "appointment", one.id, now=now)
        return
    booking.status = states.CANCELLED
    write(
        session, one, "booking_cancelled", side=journal.PANEL, who=by.name, now=now,
        after=party(booking),
    )  # fmt: skip
    group_follows(session, one, by=by, now=now, told=None)


def _cancel_attendance(session: Transaction, one: Attendance, *, by: Actor, now: datetime) -> None:
    gathering = locked(session, one.event_id, one.occurrence_id)
    booked = one.status == BOOKED
    one.status, one.offered_until = CANCELLED, None
    note(session, gathering, one, "attendance_cancelled", who=by.name, now=now)
    session.flush()
    follow(session, gathering, booked=booked, now=now)
