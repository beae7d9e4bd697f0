"""Tell people by mail what has happened: one function for each thing there is to tell about.

All write within the caller's transaction, so that a mail is there exactly if the change is.
Nothing is told of the past, and nobody is told what they did themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from panel.db.tables import Appointment, Attendance, Booking, Occurrence, User
from panel.domain.attendance import HELD
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.states import OPEN, PENDING
from panel.services import event_reminders, followed, link_mails, mail_rows, reminders
from panel.services.mail_facts import (
    bookings_of,
    dates_of,
    to_attendee,
    to_customer,
    to_employee,
)
from panel.services.outbox import Transaction

# These happen to a booking once; all others once in each revision.
ONCE = ("booked", "pending", "cancelled", "rejected")
TOLD = ("booked", "changed", "approved", "cancelled", "rejected")
LATER = "A later mail says more."


def tell(
    session: Transaction,
    kind: str,
    appointment: Appointment,
    *,
    by: Actor | None,
    now: datetime,
    bookings: Collection[Booking] | None = None,
    given_by: int | None = None,
    quiet: timedelta = timedelta(0),
    before: Span | None = None,
) -> None:
    """Tell customers and employee about an appointment, and settle its reminders.

    `kind` is booked, changed, cancelled, approved or rejected; of all else there is nothing to
    tell. What is booked pending, or in a group that is not certain yet, is told as a request.
    `bookings` are those that it happened to, by default all. `given_by` is the employee who
    had it before a change. `by` is None where the employee did it themselves, in Outlook; the
    mail may wait a while (`quiet`) for a further change. `before` is the time that they knew.
    """
    session.flush()
    if kind in ("changed", "cancelled") and not quiet:
        before = followed.end(session, "appointment", appointment.id, now=now) or before
    reminders.settle(session, appointment, now=now)
    if appointment.starts <= now or kind not in TOLD:
        return
    if appointment.status == PENDING or any(one.status == PENDING for one in bookings or ()):
        kind = {"booked": PENDING, "approved": ""}.get(kind, kind)
    if not kind:
        return
    told = [one for one in bookings_of(session, appointment.id) if _is_meant(one, kind, bookings)]
    for booking in told:
        tell_customer(session, kind, appointment, booking, now=now, quiet=quiet, before=before)
    if told:
        _tell_employees(session, kind, appointment, told, by, given_by, now)


def tell_customer(
    session: Transaction,
    kind: str,
    appointment: Appointment,
    booking: Booking,
    *,
    now: datetime,
    quiet: timedelta = timedelta(0),
    before: Span | None = None,
) -> None:
    """Tell one customer alone, as `tell` does; the booking must have its customer."""
    if appointment.starts <= now:
        return
    _drop_earlier(session, kind, "customer", booking_id=booking.id)
    mark = f"b{booking.id}c{booking.customer_id}"
    mail_rows.write(
        session, f"customer_{kind}", to_customer(session, appointment, booking, before),
        once=_once("customer", kind, mark, appointment.revision), now=now, due_at=now + quiet,
    )  # fmt: skip


def tell_attendance(
    session: Transaction,
    kind: str,
    attendance: Attendance,
    *,
    now: datetime,
    quiet: timedelta = timedelta(0),
    before: Span | None = None,
) -> None:
    """Tell a customer about their places at an event: booked, changed, cancelled, offered."""
    session.flush()
    event_reminders.settle(session, attendance, now=now)
    if not any(one.starts > now for one in dates_of(session, attendance)):
        return
    _drop_earlier(session, kind, "attendee", attendance_id=attendance.id)
    until = attendance.offered_until
    mark = f"a{attendance.id}" + (f"{until:%Y%m%dT%H%M%SZ}" if kind == "offered" and until else "")
    mail_rows.write(
        session, f"attendee_{kind}", to_attendee(session, attendance, before=before),
        once=None if kind == "changed" else f"attendee_{kind}:{mark}", now=now,
        due_at=now + quiet,
    )  # fmt: skip


def tell_attendees(
    session: Transaction,
    occurrence: Occurrence,
    *,
    now: datetime,
    quiet: timedelta = timedelta(0),
    before: Span | None = None,
) -> None:
    """Tell all who have places at a date, or at an event with all its dates, of a change."""
    session.flush()
    if not quiet:
        before = followed.end(session, "occurrence", occurrence.id, now=now) or before
    booked = select(Attendance).where(
        Attendance.event_id == occurrence.event_id,
        or_(Attendance.occurrence_id == occurrence.id, Attendance.occurrence_id.is_(None)),
        Attendance.status.in_(HELD),
    )
    for attendance in session.scalars(booked.order_by(Attendance.id)).all():
        tell_attendance(session, "changed", attendance, now=now, quiet=quiet, before=before)


def tell_user(session: Transaction, kind: str, user: User | None, *, now: datetime) -> None:
    """Send somebody a one-time link, instead of one that waits: `kind` is invitation or reset.

    Only where mails go out (`mail_server.goes_out`). A mail to nobody is written too, and never
    sent: so nothing tells a known address from an unknown one.
    """
    for mail in mail_rows.waiting(session, f"user_{kind}", subject_id=user.id if user else 0):
        mail_rows.drop(mail, LATER)
    link_mails.write(session, f"user_{kind}", user, now=now)


def _is_meant(booking: Booking, kind: str, bookings: Collection[Booking] | None) -> bool:
    if bookings is not None:
        return booking.id in {one.id for one in bookings}
    return booking.status == kind if kind in ("cancelled", "rejected") else booking.status in OPEN


def _tell_employees(
    session: Transaction,
    kind: str,
    appointment: Appointment,
    told: list[Booking],
    by: Actor | None,
    given_by: int | None,
    now: datetime,
) -> None:
    whose = appointment.employee_id
    news = [(kind, whose)] if by is not None else []
    if given_by is not None:
        taken = PENDING if appointment.status == PENDING else "booked"
        news = [(taken, whose), ("given", given_by)]
    for what, employee_id in news:
        colleague = to_employee(session, appointment, told, employee_id)
        if colleague is None or (by is not None and by.is_employee(employee_id)):
            continue
        _drop_earlier(session, what, "employee", subject_id=appointment.id)
        mark = f"a{appointment.id}b{told[0].id}e{employee_id}r{appointment.revision}"
        once = f"employee_{what}:{mark}"
        mail_rows.write(session, f"employee_{what}", colleague, once=once, now=now)


def _drop_earlier(session: Transaction, kind: str, audience: str, **whose: int) -> None:
    """A change that nobody has been told of yet is told with the next one."""
    if kind in ("changed", "cancelled"):
        for mail in mail_rows.waiting(session, f"{audience}_changed", **whose):
            mail_rows.drop(mail, LATER)


def _once(audience: str, kind: str, whose: str, revision: int) -> str:
    return f"{audience}_{kind}:{whose}" + ("" if kind in ONCE else f"r{revision}")
