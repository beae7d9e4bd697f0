"""The bookings of a group appointment, one by one: add, cancel, approve, change."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from sqlalchemy import select

from panel.db.base import writing
from panel.db.tables import Appointment, Booking
from panel.domain import states
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import whole
from panel.services import journal
from panel.services.appointment_changes import set_state, write
from panel.services.appointment_rows import held
from panel.services.appointments import MOST, Wish, booking_for
from panel.services.offering import employee_who_offers
from panel.services.outbox import Transaction
from panel.services.places import follow, join, party, room
from panel.services.service_questions import Answers, renewed


def add(
    appointment_id: int,
    *,
    customer_id: int,
    by: Actor,
    now: datetime,
    persons: int = 1,
    note: str = "",
    answers: Answers = (),
    status: str | None = None,
    revision: int | None = None,
    anyway: bool = False,
) -> Booking:
    """Add a customer to a group appointment that is still to come.

    `anyway` takes more persons than there are places. Raises RuleBroken, InTheWay,
    AlreadyChanged, NotAllowed, NotThere.
    """
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision)
        states.must_be_open(appointment.status)
        if appointment.places == 1:
            raise RuleBroken(f"{appointment.service.name} takes one customer at a time.")
        wish = Wish(
            appointment.service_id, appointment.employee_id, customer_id, "",
            note=note, status=status, persons=persons, answers=tuple(answers),
        )  # fmt: skip
        offered = employee_who_offers(session, wish.employee_id, wish.service_id)
        booking = booking_for(session, wish, offered, now=now)
        join(session, appointment, booking, by=by, now=now, anyway=anyway)
    return booking


def act(booking_id: int, action: str, *, by: Actor, now: datetime) -> Appointment:
    """Let an action of `states.TRANSITIONS` happen to one booking; the others stay.

    A group follows its bookings: with the last one cancelled, it is cancelled. Where there
    is only one customer, it happens to the appointment. Raises RuleBroken, NotThere, NotAllowed.
    """
    with writing() as session:
        return act_in(session, booking_id, action, by=by, now=now)


def act_in(
    session: Transaction, booking_id: int, action: str, *, by: Actor, now: datetime
) -> Appointment:
    """Let it happen within the caller's transaction, as `act` does."""
    appointment, booking = _held(session, booking_id, by=by)
    if appointment.places == 1:
        set_state(session, appointment, action, side=journal.PANEL, who=by.name, now=now)
    else:
        booking.status = states.after(booking.status, action, begun=appointment.starts <= now)
        _note(session, appointment, f"booking_{states.KINDS[action]}", booking, by=by, now=now)
    follow(session, appointment, by=by, now=now, told=(states.KINDS[action], booking))
    return appointment


def cancel_booking(booking_id: int, *, by: Actor, now: datetime) -> Appointment:
    """Cancel one customer's booking, and the appointment if it was the last; see `act`."""
    return act(booking_id, "cancel", by=by, now=now)


def edit(
    booking_id: int,
    persons: int,
    *,
    by: Actor,
    now: datetime,
    asked: Container[str] = (),
    answers: Answers = (),
    anyway: bool = False,
) -> Booking:
    """Say how many come with this customer; the price of each person stays what it was.

    `answers` (question and answer) replace those to the questions `asked`; others stay. The
    customer is told only where their number has changed. Raises RuleBroken, InTheWay,
    NotAllowed, NotThere.
    """
    whole(persons, "persons", least=1, most=MOST, unit="persons")
    with writing() as session:
        appointment, booking = _held(session, booking_id, by=by)
        states.must_be_open(booking.status)
        if appointment.places == 1 and persons > 1:
            raise RuleBroken(f"{appointment.service.name} takes one person at a time.", "persons")
        said, more = renewed(booking.answers, asked, answers), persons - booking.persons
        if more:
            _come(session, appointment, booking, persons, by=by, now=now, anyway=anyway)
        elif said != booking.answers:
            _note(session, appointment, "edited", booking, by=by, now=now)
        booking.answers = said
        told = ("changed", booking) if more else None
        follow(session, appointment, by=by, now=now, told=told)
    return booking


def _come(
    session: Transaction,
    appointment: Appointment,
    booking: Booking,
    persons: int,
    *,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> None:
    """Let so many come with a customer, if there is room."""
    before, more = party(booking), persons - booking.persons
    overridden = room(appointment, more, by=by, now=now, anyway=anyway) if more > 0 else ""
    if booking.price is not None:
        booking.price = booking.price // booking.persons * persons
    booking.persons = persons
    _note(session, appointment, "persons", booking, by=by, now=now, before=before, note=overridden)


def _note(
    session: Transaction,
    appointment: Appointment,
    kind: str,
    booking: Booking,
    *,
    by: Actor,
    now: datetime,
    **more: str,
) -> None:
    """Write into the journal what happened to one booking."""
    write(
        session, appointment, kind, side=journal.PANEL, who=by.name, now=now,
        after=party(booking), **more,
    )  # fmt: skip


def _held(session: Transaction, booking_id: int, *, by: Actor) -> tuple[Appointment, Booking]:
    within = session.scalar(select(Booking.appointment_id).where(Booking.id == booking_id))
    if within is None:
        raise NotThere("There is no such booking.")
    appointment = held(session, within, by=by, revision=None)
    return appointment, next(one for one in appointment.bookings if one.id == booking_id)
