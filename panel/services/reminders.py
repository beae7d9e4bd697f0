"""Reminders: written with the appointment, moved and dropped with it, worded when due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from panel.db.tables import Appointment, Mail
from panel.domain.mails import EVENT_REMINDER, REMINDERS
from panel.domain.states import APPROVED
from panel.services import event_reminders, reminder_rows
from panel.services.mail_facts import (
    bookings_of,
    company_of,
    to_customer,
    to_employee,
)
from panel.services.mail_rows import wording
from panel.services.outbox import Transaction
from panel.services.reminder_rows import Reminder, keep

CUSTOMER, EMPLOYEE, _ = REMINDERS


def settle(session: Transaction, appointment: Appointment, *, now: datetime) -> None:
    """Let exactly the reminders wait that this appointment should have, in the transaction.

    What is booked or moved later than its reminder would be due gets none: its mail has just
    said all. `Company.reminder_minutes` 0 means none at all.
    """
    wanted = dict(_wanted(session, appointment, now))
    written = _written(session, appointment.id)
    keep(session, written, wanted, why="The appointment has changed.", now=now)


def settle_all(session: Transaction, *, now: datetime) -> None:
    """Do so for everything that is to come, as when the lead time has changed."""
    coming = select(Appointment).where(Appointment.starts > now, Appointment.status == APPROVED)
    for appointment in session.scalars(coming):
        settle(session, appointment, now=now)
    event_reminders.settle_all(session, now=now)


def say(session: Transaction, mail: Mail, *, now: datetime) -> bool:
    """Word a reminder that is due by what is true now; False where it must not be sent."""
    if mail.kind == EVENT_REMINDER:
        return event_reminders.say(session, mail, now=now)
    appointment = session.get(Appointment, mail.subject_id)
    if appointment is None:
        return False
    wanted = dict(_wanted(session, appointment, now))
    return reminder_rows.say(session, mail, wanted, now=now)


def _wanted(
    session: Transaction, appointment: Appointment, now: datetime
) -> Iterator[tuple[str, Reminder]]:
    """Name each reminder by whom and which start it is for, so that a move makes another."""
    lead = company_of(session).reminder_minutes
    if not lead or appointment.status != APPROVED or appointment.starts <= now:
        return
    due, start = appointment.starts - timedelta(minutes=lead), f"{appointment.starts:%Y%m%dT%H%MZ}"
    bookings = [one for one in bookings_of(session, appointment.id) if one.status == APPROVED]
    for booking in bookings if wording(session, CUSTOMER).on else ():
        told = to_customer(session, appointment, booking)
        if told.address:
            yield f"{CUSTOMER}:{booking.id}:{start}", Reminder(CUSTOMER, told, due)
    if wording(session, EMPLOYEE).on:
        colleague = to_employee(session, appointment, bookings, appointment.employee_id)
        if colleague:
            once = f"{EMPLOYEE}:{appointment.id}:{appointment.employee_id}:{start}"
            yield once, Reminder(EMPLOYEE, colleague, due)


def _written(session: Transaction, appointment_id: int) -> list[Mail]:
    query = select(Mail).where(
        Mail.subject == "appointment", Mail.subject_id == appointment_id, Mail.kind.in_(REMINDERS)
    )
    return list(session.scalars(query))
