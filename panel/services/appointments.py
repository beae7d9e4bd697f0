"""Book an appointment, move it, and say what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from panel.db.base import reading, writing
from panel.db.tables import Appointment, Booking, Company
from panel.domain import states
from panel.domain.errors import RuleBroken
from panel.domain.moments import TZDATA, promise, zone_named
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.words import whole
from panel.services import appointment_lists, journal, mailing, outbox
from panel.services.appointment_changes import set_state, set_time, span_text, standing, write
from panel.services.appointment_rows import WHOLE, checked, held
from panel.services.holding import hold, hold_form
from panel.services.offering import Offered, customer_to_book, employee_who_offers
from panel.services.outbox import Transaction
from panel.services.places import join, joinable
from panel.services.references import reference

# As many persons as one booking may be for.
MOST = 500


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book; see `book`.

    `note` is the customer's, `staff_note` is never shown to them. `answers` are pairs of
    question and answer. `form_key` belongs to the form that was sent: sent twice, it books
    once. `visitor_zone` is where the customer is.
    """

    service_id: int
    employee_id: int
    customer_id: int
    local_start: str
    zone: str | None = None
    note: str = ""
    status: str | None = None
    persons: int = 1
    answers: tuple[tuple[str, str], ...] = ()
    form_key: str | None = None
    visitor_zone: str = ""
    staff_note: str = ""


def book(
    *,
    service_id: int,
    employee_id: int,
    customer_id: int,
    local_start: str,
    by: Actor,
    now: datetime,
    anyway: bool = False,
    **more: Any,
) -> Appointment:
    """Book one customer for one service; `local_start` in `zone`, by default the employee's.

    `more` is what else a Wish has. `status` is pending or approved, by default the company's
    choice. `anyway` books over what stands in the way, knowingly. A group service joins the
    group that starts then. Raises RuleBroken, InTheWay, NotAllowed, NotThere.
    """
    wish = Wish(service_id, employee_id, customer_id, local_start, **more)
    with writing() as session:
        return book_in(session, wish, by=by, now=now, anyway=anyway)


def book_in(
    session: Transaction, wish: Wish, *, by: Actor, now: datetime, anyway: bool = False
) -> Appointment:
    """Book within the caller's transaction, as `book` does: the one door for every booking."""
    by.must("appointments", wish.employee_id)
    if wish.form_key is not None:
        hold_form(session, wish.form_key)
        if made := made_by(session, wish.form_key):
            return made
    hold(session, [wish.employee_id])
    offered = employee_who_offers(session, wish.employee_id, wish.service_id)
    starts = promise(wish.local_start, wish.zone or offered.employee.zone)
    booking = booking_for(session, wish, offered, now=now)
    if group := joinable(session, wish.service_id, wish.employee_id, starts):
        join(session, group, booking, by=by, now=now, anyway=anyway)
        return group
    appointment = _planned(offered, wish, starts, booking)
    appointment.created_at, appointment.created_by = now, by.name
    _place(session, appointment, by=by, now=now, anyway=anyway)
    return appointment


def made_by(session: Transaction, form_key: str) -> Appointment | None:
    """Return the appointment that a form has booked already, if it has."""
    made = select(Booking.appointment_id).where(Booking.form_key == form_key)
    query = select(Appointment).where(Appointment.id.in_(made)).options(*WHOLE)
    return session.scalar(query.execution_options(populate_existing=True))


def booking_for(session: Transaction, wish: Wish, offered: Offered, *, now: datetime) -> Booking:
    """Return the wished booking, not yet placed."""
    persons = whole(wish.persons, "persons", least=1, most=MOST, unit="persons")
    customer = customer_to_book(session, wish.customer_id)
    zone = zone_named(wish.visitor_zone).key if wish.visitor_zone else ""
    customer.zone = zone or customer.zone
    return Booking(
        customer=customer,
        customer_id=customer.id,
        persons=persons,
        status=_first_status(session, wish.status),
        note=wish.note.strip(),
        answers=[list(pair) for pair in wish.answers],
        price=offered.price_for(persons),
        zone=zone,
        form_key=wish.form_key,
        created_at=now,
    )


def _place(
    session: Transaction, appointment: Appointment, *, by: Actor, now: datetime, anyway: bool
) -> None:
    wish = Span(appointment.starts, appointment.ends)
    overridden = checked(session, appointment, wish, by=by, now=now, anyway=anyway)
    session.add(appointment)
    session.flush()
    write(
        session, appointment, "booked", side=journal.PANEL, who=by.name, now=now,
        after=span_text(appointment), note=overridden,
    )  # fmt: skip
    outbox.changed(session, "appointment", appointment.id, now=now)
    mailing.tell(session, "booked", appointment, by=by, now=now)


def _planned(offered: Offered, wish: Wish, starts: datetime, booking: Booking) -> Appointment:
    employee, service, _, places = offered
    offered.must_hold(booking.persons)
    appointment = Appointment(
        service=service,
        service_id=service.id,
        employee=employee,
        employee_id=employee.id,
        local_start=wish.local_start,
        zone=wish.zone or employee.zone,
        tzdata=TZDATA,
        starts=starts,
        ends=starts + timedelta(minutes=service.duration),
        buffer_before=service.buffer_before,
        buffer_after=service.buffer_after,
        status=states.PENDING,
        note=wish.staff_note.strip(),
        reference=reference(),
        revision=1,
        places=places,
        persons=booking.persons,
        bookings=[booking],
    )
    appointment.status = standing(appointment)
    return appointment


def _first_status(session: Transaction, wanted: str | None) -> str:
    company = session.get(Company, 1)
    status = wanted or (company.default_status if company else states.APPROVED)
    if status not in states.OPEN:
        raise RuleBroken("A new appointment is pending or approved.", "status")
    return status


def move(
    appointment_id: int,
    *,
    local_start: str,
    by: Actor,
    now: datetime,
    zone: str | None = None,
    revision: int | None = None,
    anyway: bool = False,
) -> Appointment:
    """Move an appointment to another wall time, in its own zone unless `zone` names one.

    `revision` is the one the form was opened with. Raises as `book`, and AlreadyChanged.
    """
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision)
        states.must_be_open(appointment.status)
        place = zone_named(zone or appointment.zone).key
        starts = promise(local_start, place)
        if (starts, place) == (appointment.starts, appointment.zone):
            return appointment
        appointment.zone = place
        wish = Span(starts, starts + (appointment.ends - appointment.starts))
        overridden = checked(session, appointment, wish, by=by, now=now, anyway=anyway)
        set_time(
            session, appointment, starts,
            side=journal.PANEL, who=by.name, now=now, note=overridden,
        )  # fmt: skip
        session.flush()
        outbox.changed(session, "appointment", appointment.id, now=now)
        mailing.tell(session, "changed", appointment, by=by, now=now)
    return appointment


def try_move(appointment_id: int, *, local_start: str, by: Actor, now: datetime) -> None:
    """Say what a move to this wall time, in the promise's zone, would meet; nothing is moved.

    Raises as `move`: InTheWay with the rule that it would break.
    """
    session, appointment = reading(), appointment_lists.one(appointment_id, by=by)
    starts = promise(local_start, appointment.zone)
    if starts != appointment.starts:
        wish = Span(starts, starts + (appointment.ends - appointment.starts))
        checked(session, appointment, wish, by=by, now=now, anyway=False)


def act(
    appointment_id: int, action: str, *, by: Actor, now: datetime, revision: int | None = None
) -> Appointment:
    """Approve, reject, cancel, set_pending, no_show, complete or reopen an appointment.

    Raises RuleBroken where its state does not allow it, and AlreadyChanged.
    """
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision)
        set_state(session, appointment, action, side=journal.PANEL, who=by.name, now=now)
        session.flush()
        outbox.changed(session, "appointment", appointment.id, now=now)
        mailing.tell(session, states.KINDS[action], appointment, by=by, now=now)
    return appointment
