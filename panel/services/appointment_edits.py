"""Change what an appointment is about, or who gives it."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta

from panel.db.base import writing
from panel.db.tables import Appointment, Booking
from panel.domain import states
from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import journal, mailing, outbox
from panel.services.appointment_changes import write
from panel.services.appointment_rows import checked, held
from panel.services.offering import customer_to_book, employee_who_offers
from panel.services.outbox import Transaction
from panel.services.service_questions import Answers, renewed


def edit(
    appointment_id: int,
    *,
    by: Actor,
    now: datetime,
    revision: int | None = None,
    service_id: int | None = None,
    customer_id: int | None = None,
    note: str | None = None,
    staff_note: str | None = None,
    asked: Container[str] = (),
    answers: Answers = (),
    anyway: bool = False,
) -> Appointment:
    """Change the service, the customer, their note or the staff's; None leaves one as it is.

    `answers` (question and answer) replace those to the questions `asked`; others stay.
    Another service brings its own length and buffers, and the time is checked again.
    Raises RuleBroken, InTheWay, AlreadyChanged, NotAllowed, NotThere.
    """
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision)
        before = _content(appointment)
        said, overridden, news = _about(
            session, appointment, service_id, customer_id, by, now, anyway
        )
        if note is not None:
            _only_booking(appointment).note = note.strip()
        if asked:
            booking = _only_booking(appointment)
            booking.answers = renewed(booking.answers, asked, answers)
        if staff_note is not None:
            appointment.note = staff_note.strip()
        # Not `is_modified`: looking for conflicts has flushed what was changed.
        if _content(appointment) != before:
            _record(session, appointment, by, now, said, overridden, news)
    return appointment


def _content(appointment: Appointment) -> tuple[object, ...]:
    """Return what an edit may change, to be compared."""
    booked = [(one.customer.id, one.note, one.answers) for one in appointment.bookings]
    return appointment.service_id, appointment.note, booked


def _about(
    session: Transaction,
    appointment: Appointment,
    service_id: int | None,
    customer_id: int | None,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> tuple[str, str, str]:
    """Give it another service and customer.

    Return what it was about, what was overridden, and what its customer is to be told.
    """
    said = overridden = news = ""
    if service_id not in (None, appointment.service_id):
        states.must_be_open(appointment.status)
        said, news = appointment.service.name, "changed"
        overridden = _serve(session, appointment, service_id or 0, by, now, anyway)
    if (
        customer_id is not None
        and customer_id != (booking := _only_booking(appointment)).customer_id
    ):
        states.must_be_open(appointment.status)
        said, news = said or booking.customer.name, "booked"
        mailing.tell_customer(session, "cancelled", appointment, booking, now=now)
        booking.customer = customer_to_book(session, customer_id)
    return said, overridden, news


def _record(
    session: Transaction,
    appointment: Appointment,
    by: Actor,
    now: datetime,
    said: str,
    note: str,
    news: str,
) -> None:
    appointment.revision += 1
    after = said and f"{appointment.service.name}, {_only_booking(appointment).customer.name}"
    write(
        session, appointment, "edited", side=journal.PANEL, who=by.name, now=now,
        before=said, after=after, note=note,
    )  # fmt: skip
    session.flush()
    outbox.changed(session, "appointment", appointment.id, now=now)
    if news:
        mailing.tell(session, news, appointment, by=by, now=now)


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
    offered = employee_who_offers(session, appointment.employee_id, service_id)
    booking = _only_booking(appointment)
    offered.must_hold(booking.persons)
    service = offered.service
    appointment.service, appointment.service_id = service, service.id
    appointment.places = offered.places
    booking.price = offered.price_for(booking.persons)
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
        give_in(session, appointment, employee_id, by=by, now=now, anyway=anyway)
    return appointment


def give_in(
    session: Transaction,
    appointment: Appointment,
    employee_id: int,
    *,
    by: Actor,
    now: datetime,
    anyway: bool = False,
) -> None:
    """Give it to a colleague within the caller's transaction, which holds both employees.

    Raises RuleBroken, InTheWay, NotThere.
    """
    before, given_by = appointment.employee.name, appointment.employee_id
    colleague = employee_who_offers(session, employee_id, appointment.service_id).employee
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
    mailing.tell(session, "changed", appointment, by=by, given_by=given_by, now=now)
