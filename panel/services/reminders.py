"""Reminders: written with the appointment, moved and dropped with it, worded when due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from panel.db.tables import Appointment, Mail
from panel.domain.mails import REMINDERS
from panel.domain.states import APPROVED
from panel.services.mail_facts import (
    Told,
    bookings_of,
    company_of,
    to_customer,
    to_employee,
)
from panel.services.mail_rows import WAITING, blank, drop, fill, wording
from panel.services.outbox import Transaction

CUSTOMER, EMPLOYEE = REMINDERS


def settle(session: Transaction, appointment: Appointment, *, now: datetime) -> None:
    """Let exactly the reminders wait that this appointment should have, in the transaction.

    What is booked or moved later than its reminder would be due gets none: its mail has just
    said all. `Company.reminder_minutes` 0 means none at all.
    """
    lead = company_of(session).reminder_minutes
    due = appointment.starts - timedelta(minutes=lead)
    wanted = dict(_wanted(session, appointment)) if lead and appointment.starts > now else {}
    known = {one.once: one for one in _written(session, appointment.id)}
    for once, mail in known.items():
        if mail.status == WAITING and once not in wanted:
            drop(mail, "The appointment has changed.")
    for once, (kind, told) in wanted.items():
        _let_wait(session, known.get(once), kind, told, once, due, now)


def settle_all(session: Transaction, *, now: datetime) -> None:
    """Do so for everything that is to come, as when the lead time has changed."""
    coming = select(Appointment).where(Appointment.starts > now, Appointment.status == APPROVED)
    for appointment in session.scalars(coming):
        settle(session, appointment, now=now)


def say(session: Transaction, mail: Mail, *, now: datetime) -> bool:
    """Word a reminder that is due by what is true now; False where it must not be sent."""
    appointment = session.get(Appointment, mail.subject_id)
    if appointment is None or appointment.starts <= now:
        return False
    wanted = dict(_wanted(session, appointment))
    if mail.once not in wanted:
        return False
    kind, told = wanted[mail.once]
    mail.to_address, mail.to_name = told.address, told.name
    fill(mail, wording(session, kind), told, now=now)
    return True


def _wanted(
    session: Transaction, appointment: Appointment
) -> Iterator[tuple[str | None, tuple[str, Told]]]:
    """Name each reminder by whom and which start it is for, so that a move makes another."""
    if appointment.status != APPROVED:
        return
    start = f"{appointment.starts:%Y%m%dT%H%MZ}"
    bookings = [one for one in bookings_of(session, appointment.id) if one.status == APPROVED]
    for booking in bookings if wording(session, CUSTOMER).on else ():
        told = to_customer(session, appointment, booking)
        if told.address:
            yield f"{CUSTOMER}:{booking.id}:{start}", (CUSTOMER, told)
    if wording(session, EMPLOYEE).on:
        colleague = to_employee(session, appointment, bookings, appointment.employee_id)
        if colleague:
            once = f"{EMPLOYEE}:{appointment.id}:{appointment.employee_id}:{start}"
            yield once, (EMPLOYEE, colleague)


def _written(session: Transaction, appointment_id: int) -> list[Mail]:
    query = select(Mail).where(
        Mail.subject == "appointment", Mail.subject_id == appointment_id, Mail.kind.in_(REMINDERS)
    )
    return list(session.scalars(query))


def _let_wait(
    session: Transaction,
    mail: Mail | None,
    kind: str,
    told: Told,
    once: str | None,
    due: datetime,
    now: datetime,
) -> None:
    if mail is None and due > now:
        session.add(blank(kind, told, once=once, now=now, due_at=due))
    elif mail is not None and (mail.status == WAITING or (mail.status == "dropped" and due > now)):
        mail.status, mail.last_error, mail.due_at = WAITING, None, due
