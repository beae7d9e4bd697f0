"""Book an appointment, move it, and say what became of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.db.base import writing
from panel.db.tables import Appointment, Booking, Company, Employee, Service
from panel.domain import states
from panel.domain.errors import RuleBroken
from panel.domain.moments import TZDATA, iso_span, local_text, promise, zone_named
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import journal, outbox
from panel.services.appointment_rows import checked, held
from panel.services.holding import hold
from panel.services.offering import customer_to_book, employee_who_offers
from panel.services.outbox import Transaction

# Without letters and figures that are mistaken for each other when read aloud.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book; see `book`."""

    service_id: int
    employee_id: int
    customer_id: int
    local_start: str
    zone: str | None = None
    note: str = ""
    status: str | None = None


def book(
    *,
    service_id: int,
    employee_id: int,
    customer_id: int,
    local_start: str,
    by: Actor,
    now: datetime,
    zone: str | None = None,
    note: str = "",
    status: str | None = None,
    anyway: bool = False,
) -> Appointment:
    """Book one customer for one service; `local_start` in `zone`, by default the employee's.

    `status` is pending or approved, by default the company's choice. `anyway` books over
    what stands in the way, knowingly. Raises RuleBroken, InTheWay, NotAllowed, NotThere.
    """
    wish = Wish(service_id, employee_id, customer_id, local_start, zone, note, status)
    with writing() as session:
        return book_in(session, wish, by=by, now=now, anyway=anyway)


def book_in(
    session: Transaction, wish: Wish, *, by: Actor, now: datetime, anyway: bool = False
) -> Appointment:
    """Book within the caller's transaction, as `book` does."""
    by.must("appointments", wish.employee_id)
    hold(session, [wish.employee_id])
    employee, service = employee_who_offers(session, wish.employee_id, wish.service_id)
    customer = customer_to_book(session, wish.customer_id)
    status = _first_status(session, wish.status)
    appointment = _planned(service, employee, wish.local_start, wish.zone or employee.zone, status)
    appointment.created_at, appointment.created_by = now, by.name
    appointment.note = wish.note.strip()
    appointment.bookings = [Booking(customer=customer, status=status, created_at=now)]
    _place(session, appointment, by=by, now=now, anyway=anyway)
    return appointment


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


def _planned(
    service: Service, employee: Employee, local_start: str, zone: str, status: str
) -> Appointment:
    starts = promise(local_start, zone)
    return Appointment(
        service=service,
        employee=employee,
        employee_id=employee.id,
        local_start=local_start,
        zone=zone,
        tzdata=TZDATA,
        starts=starts,
        ends=starts + timedelta(minutes=service.duration),
        buffer_before=service.buffer_before,
        buffer_after=service.buffer_after,
        status=status,
        reference="".join(secrets.choice(LETTERS) for _ in range(8)),
        revision=1,
    )


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
    return appointment


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
    return appointment


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
    """Let an action of `states.TRANSITIONS` happen within the caller's transaction.

    Its bookings must be loaded; the caller tells the outbox. Raises RuleBroken.
    """
    before = appointment.status
    appointment.status = states.after(before, action, begun=appointment.starts <= now)
    for booking in appointment.bookings:
        if booking.status == before:
            booking.status = appointment.status
    wanted = appointment.status in states.IN_OUTLOOK
    appointment.unwanted_at = None if wanted else now
    appointment.revision += 1
    write(
        session, appointment, states.KINDS[action], side=side, who=who, now=now,
        before=states.STATES[before], after=states.STATES[appointment.status], note=note,
    )  # fmt: skip


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
