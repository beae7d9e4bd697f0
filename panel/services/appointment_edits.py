"""Change what an appointment is about, or who gives it."""

from __future__ import annotations

from datetime import datetime, timedelta

from panel.db.base import writing
from panel.db.tables import Appointment, Booking
from panel.domain import states
from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import journal, outbox
from panel.services.appointment_rows import checked, held
from panel.services.appointments import write
from panel.services.offering import customer_to_book, employee_who_offers
from panel.services.outbox import Transaction


def edit(
    appointment_id: int,
    *,
    by: Actor,
    now: datetime,
    revision: int | None = None,
    service_id: int | None = None,
    customer_id: int | None = None,
    note: str | None = None,
    anyway: bool = False,
) -> Appointment:
    """Change the service, the customer or the customer's note; None leaves one as it is.

    Another service brings its own length and buffers, and the time is checked again.
    Raises RuleBroken, InTheWay, AlreadyChanged, NotAllowed, NotThere.
    """
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision)
        booking = _only_booking(appointment)
        said = overridden = ""
        if service_id not in (None, appointment.service_id):
            states.must_be_open(appointment.status)
            said = appointment.service.name
            overridden = _serve(session, appointment, service_id or 0, by, now, anyway)
        if customer_id not in (None, booking.customer_id):
            states.must_be_open(appointment.status)
            said = said or booking.customer.name
            booking.customer = customer_to_book(session, customer_id or 0)
        if note is not None:
            appointment.note = note.strip()
        if session.is_modified(appointment) or session.is_modified(booking):
            _record(session, appointment, by, now, said, overridden)
    return appointment


def _record(
    session: Transaction, appointment: Appointment, by: Actor, now: datetime, said: str, note: str
) -> None:
    appointment.revision += 1
    after = f"{appointment.service.name}, {_only_booking(appointment).customer.name}"
    write(
        session, appointment, "edited", side=journal.PANEL, who=by.name, now=now,
        before=said, after=after if said else "", note=note,
    )  # fmt: skip
    session.flush()
    outbox.changed(session, "appointment", appointment.id, now=now)


def _only_booking(appointment: Appointment) -> Booking:
    if len(appointment.bookings) != 1:
        raise RuleBroken("This appointment holds several bookings. Change them one by one.")
    return appointment.bookings[0]


def _serve(
    session: Transaction,
    appointment: Appointment,
    service_id: int,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> str:
    """Give it another service; return what was overridden, in words."""
    _, service = employee_who_offers(session, appointment.employee_id, service_id)
    appointment.service, appointment.service_id = service, service.id
    appointment.buffer_before = service.buffer_before
    appointment.buffer_after = service.buffer_after
    appointment.ends = appointment.starts + timedelta(minutes=service.duration)
    wish = Span(appointment.starts, appointment.ends)
    return checked(session, appointment, wish, by=by, now=now, anyway=anyway)


def reassign(
    appointment_id: int,
    *,
    employee_id: int,
    by: Actor,
    now: datetime,
    revision: int | None = None,
    anyway: bool = False,
) -> Appointment:
    """Give an appointment to a colleague at the same time; the promise keeps its zone.

    Raises RuleBroken, InTheWay, AlreadyChanged, NotAllowed, NotThere.
    """
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision, also=[employee_id])
        states.must_be_open(appointment.status)
        if employee_id == appointment.employee_id:
            raise RuleBroken(f"{appointment.employee.name} has it already.", "employee")
        before = appointment.employee.name
        colleague, _ = employee_who_offers(session, employee_id, appointment.service_id)
        appointment.employee, appointment.employee_id = colleague, colleague.id
        wish = Span(appointment.starts, appointment.ends)
        overridden = checked(session, appointment, wish, by=by, now=now, anyway=anyway)
        appointment.revision += 1
        write(
            session, appointment, "reassigned", side=journal.PANEL, who=by.name, now=now,
            before=before, after=colleague.name, note=overridden,
        )  # fmt: skip
        session.flush()
        outbox.changed(session, "appointment", appointment.id, now=now)
    return appointment
