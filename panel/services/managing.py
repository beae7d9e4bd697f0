"""What a customer may see and do with the link to their booking: look, move, cancel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from panel.db.base import db, fresh, reading, writing
from panel.db.tables import Appointment, Booking
from panel.domain import states
from panel.domain.errors import InTheWay, NotThere, RuleBroken, SlotTaken
from panel.domain.moments import local_text
from panel.domain.people import Actor, visitor
from panel.domain.schedule import Span
from panel.mail import calendars
from panel.services import (
    appointments,
    bookings,
    company,
    journal,
    mail_facts,
    mailing,
    outbox,
)
from panel.services.appointment_changes import set_time
from panel.services.appointment_rows import checked, held
from panel.services.appointments import Wish
from panel.services.booking_customers import NAME
from panel.services.choosing import Slot, choose
from panel.services.free_people import people, rules_of
from panel.services.outbox import Transaction
from panel.services.outside import Outside
from panel.services.visitors import ask_outlook

_WHOLE = (
    joinedload(Booking.customer),
    joinedload(Booking.appointment).joinedload(Appointment.service),
    joinedload(Booking.appointment).joinedload(Appointment.employee),
)


@dataclass(frozen=True)
class Visit:
    """A booking as its customer sees it. Instants are aware UTC.

    `move_until` and `cancel_until` are the last moments to do so by oneself; None where it
    cannot be done any more.
    """

    booking: Booking
    appointment: Appointment
    move_until: datetime | None
    cancel_until: datetime | None

    @property
    def status(self) -> str:
        """Its own state, which within a group may be another than the group's."""
        return self.booking.status if self.appointment.places > 1 else self.appointment.status

    @property
    def is_open(self) -> bool:
        """Say whether it is still to come and wanted."""
        return self.status in states.OPEN

    @property
    def name(self) -> str:
        """What they called themselves when they booked: who they are known as, others may not."""
        typed = (said for asked, said in self.booking.answers if asked == NAME)
        return str(next(typed, self.booking.customer.name))


def visit(booking_id: int, *, now: datetime) -> Visit:
    """Return one booking. Raises NotThere."""
    booking = db.session.scalar(select(Booking).where(Booking.id == booking_id).options(*_WHOLE))
    if booking is None:
        raise NotThere("There is no such booking.")
    rules, one = company.current(), booking.appointment
    seen = Visit(booking, one, None, None)
    if not seen.is_open:
        return seen
    move = one.starts - timedelta(minutes=rules.change_notice_minutes)
    cancel = one.starts - timedelta(minutes=rules.cancel_notice_minutes)
    return replace(
        seen,
        move_until=move if now <= move and _is_still_offered(one, now) else None,
        cancel_until=cancel if now <= cancel else None,
    )


def _is_still_offered(one: Appointment, now: datetime) -> bool:
    """Say whether there are times to move to: the same service, by the same employee."""
    try:
        rules = rules_of(reading(), one.service_id, staff=False)
        people(reading(), rules, one.employee_id, staff=False, now=now)
    except NotThere:
        return False
    return True


def calendar_file(booking_id: int, *, now: datetime) -> str:
    """Return the visit as a file for one's own calendar. Raises NotThere."""
    seen = visit(booking_id, now=now)
    told = mail_facts.to_customer(reading(), seen.appointment, seen.booking)
    return calendars.write(told.visits, calendars.PUBLISH, now=now)


def cancel(booking_id: int, *, now: datetime) -> None:
    """Cancel one's own booking, in time. Raises RuleBroken, NotThere."""
    seen = visit(booking_id, now=now)
    if seen.cancel_until is None:
        raise RuleBroken(f"It is too late to cancel this here. {call()}")
    name = seen.booking.customer.name
    fresh()
    bookings.cancel_booking(booking_id, by=visitor(name), now=now)


def move(booking_id: int, starts: datetime, *, outside: Outside) -> int:
    """Move one's own booking, in time and to a time that is free; return the booking's id.

    With the same employee. One of a group leaves it and books anew. Raises SlotTaken,
    RuleBroken, NotThere.
    """
    now = outside.now()
    seen = visit(booking_id, now=now)
    if seen.move_until is None:
        raise RuleBroken(f"It is too late to move this here. {call()}")
    if starts == seen.appointment.starts:
        return booking_id
    slot, by, before = slot_of(seen, starts), visitor(seen.booking.customer.name), _place(seen)
    wish = _anew(seen, starts)
    fresh()
    ask_outlook(slot, outside=outside)
    with writing() as session:
        appointment = _unchanged(session, seen.appointment.id, before, by)
        choice = choose(session, slot, now=now)
        if wish is not None:
            bookings.act_in(session, booking_id, "cancel", by=by, now=now)
            made = appointments.book_in(session, wish, by=by, now=now)
            return max(one.id for one in made.bookings)
        _move(session, appointment, starts, by, unchecked=choice.unchecked, now=now)
    return booking_id


def _place(seen: Visit) -> tuple[int, datetime]:
    return seen.appointment.employee_id, seen.appointment.starts


def _unchanged(
    session: Transaction, appointment_id: int, before: tuple[int, datetime], by: Actor
) -> Appointment:
    """Hold the appointment; while Outlook was asked, somebody may have changed it."""
    appointment = held(session, appointment_id, by=by, revision=None)
    if (appointment.employee_id, appointment.starts) != before:
        raise RuleBroken("This visit has just been changed. Look at it again, then decide.")
    states.must_be_open(appointment.status)
    return appointment


def slot_of(seen: Visit, starts: datetime) -> Slot:
    """Return the time as a slot: it may overlap the one that it gives up, and lasts as long."""
    one = seen.appointment
    slot = Slot(
        one.service_id, starts, one.employee_id, seen.booking.persons,
        zone=seen.booking.zone or one.zone,
    )  # fmt: skip
    return slot if one.places > 1 else replace(slot, moving=one.id, lasts=length_of(one))


def length_of(one: Appointment) -> tuple[int, int, int]:
    """Return how long an appointment lasts, and its buffers, in minutes."""
    lasts = (one.ends - one.starts) // timedelta(minutes=1)
    return lasts, one.buffer_before, one.buffer_after


def _anew(seen: Visit, starts: datetime) -> Wish | None:
    """The booking that replaces one of a group; None where the appointment itself moves."""
    one, booking = seen.appointment, seen.booking
    if one.places == 1:
        return None
    return Wish(
        one.service_id, one.employee_id, booking.customer_id,
        local_text(starts, one.employee.zone), note=booking.note, persons=booking.persons,
        answers=tuple((str(a), str(b)) for a, b in booking.answers), visitor_zone=booking.zone,
    )  # fmt: skip


def _move(
    session: Transaction,
    appointment: Appointment,
    starts: datetime,
    by: Actor,
    *,
    unchecked: bool,
    now: datetime,
) -> None:
    wish = Span(starts, starts + (appointment.ends - appointment.starts))
    try:
        checked(session, appointment, wish, by=by, now=now, anyway=False)
    except InTheWay as conflict:
        # Its words are for those who work here.
        raise SlotTaken("That time cannot be booked. Choose another one.", ()) from conflict
    set_time(session, appointment, starts, side=journal.PANEL, who=by.name, now=now)
    appointment.unchecked = unchecked
    session.flush()
    outbox.changed(session, "appointment", appointment.id, now=now)
    mailing.tell(session, "changed", appointment, by=by, now=now)


def call() -> str:
    """Say how the business is reached."""
    known = company.current()
    if known.phone:
        return f"Call {known.phone}."
    return f"Write to {known.email}." if known.email else "Ask us directly."
