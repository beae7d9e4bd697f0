"""Reminders of events: one to each customer before each date that they have places at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from panel.db.tables import Attendance, Event, Mail, Occurrence
from panel.domain.attendance import BOOKED
from panel.domain.mails import EVENT_REMINDER
from panel.services import reminder_rows
from panel.services.mail_facts import company_of, dates_of, to_attendee
from panel.services.mail_rows import wording
from panel.services.outbox import Transaction
from panel.services.reminder_rows import Reminder


def settle(session: Transaction, attendance: Attendance, *, now: datetime) -> None:
    """Let exactly the reminders wait that these places should have, in the transaction."""
    written = select(Mail).where(Mail.attendance_id == attendance.id, Mail.kind == EVENT_REMINDER)
    wanted = dict(_wanted(session, attendance, now))
    reminder_rows.keep(
        session, session.scalars(written).all(), wanted, why="The booking has changed.", now=now
    )


def settle_event(session: Transaction, event_id: int, *, now: datetime) -> None:
    """Do so for everybody who has places at an event."""
    _settle(session, select(Attendance).where(Attendance.event_id == event_id), now)


def settle_all(session: Transaction, *, now: datetime) -> None:
    """Do so for all events that are to come, as when the lead time has changed."""
    coming = select(Occurrence.event_id).where(Occurrence.starts > now)
    _settle(session, select(Attendance).where(Attendance.event_id.in_(coming)), now)


def say(session: Transaction, mail: Mail, *, now: datetime) -> bool:
    """Word a reminder that is due by what is true now; False where it must not be sent."""
    attendance = session.get(Attendance, mail.attendance_id)
    if attendance is None:
        return False
    return reminder_rows.say(session, mail, dict(_wanted(session, attendance, now)), now=now)


def _settle(session: Transaction, which: Select[Attendance], now: datetime) -> None:
    booked = which.where(Attendance.status == BOOKED).order_by(Attendance.id)
    for attendance in session.scalars(booked).all():
        settle(session, attendance, now=now)


def _wanted(
    session: Transaction, attendance: Attendance, now: datetime
) -> Iterator[tuple[str, Reminder]]:
    lead = company_of(session).reminder_minutes
    event = session.get_one(Event, attendance.event_id)
    held = attendance.status == BOOKED and event.status == "open"
    if not (lead and held and wording(session, EVENT_REMINDER).on):
        return
    for date in dates_of(session, attendance):
        told = to_attendee(session, attendance, [date])
        if date.status == "open" and date.starts > now and told.address:
            once = f"{EVENT_REMINDER}:{attendance.id}:{date.id}:{date.starts:%Y%m%dT%H%MZ}"
            due = date.starts - timedelta(minutes=lead)
            yield once, Reminder(EVENT_REMINDER, told, due)
