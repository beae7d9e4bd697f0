"""The mails about one thing: how each stands, and sending one again by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db, writing
from panel.db.tables import Appointment, Booking, Mail
from panel.domain import states
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.mail_kind import CUSTOMER, USER
from panel.domain.mails import KINDS, REMINDERS
from panel.domain.people import Actor
from panel.services import mail_rows
from panel.services.mail_facts import Told, bookings_of, to_customer, to_employee
from panel.services.outbox import POST, Transaction, wake

# In which state of an appointment each deed is still true.
TRUE_IN = {
    "booked": (states.APPROVED,),
    "approved": (states.APPROVED,),
    "reminder": (states.APPROVED,),
    "changed": states.OPEN,
    "pending": (states.PENDING,),
    "cancelled": (states.CANCELLED,),
    "rejected": (states.REJECTED,),
}


@dataclass(frozen=True)
class _Standing:
    """How an appointment stands, and each of its customers, who may have cancelled alone."""

    appointment: Appointment
    bookings: Sequence[Booking]

    def makes_true(self, mail: Mail, now: datetime) -> bool:
        """Only what has not begun is told again, and only as it is."""
        _, _, deed = mail.kind.partition("_")
        waits = mail.status == mail_rows.WAITING
        if self.appointment.starts <= now or (mail.kind in REMINDERS and waits):
            return False
        return self._status(mail) in TRUE_IN.get(deed, ())

    def _status(self, mail: Mail) -> str:
        """The state of what the mail is about; a group that is not certain is so for nobody."""
        status = self.appointment.status
        if KINDS[mail.kind].audience != CUSTOMER:
            return status
        theirs = next((one.status for one in self.bookings if one.id == mail.booking_id), "")
        return status if theirs == states.APPROVED and status == states.PENDING else theirs


@dataclass(frozen=True)
class Line:
    """One mail as a page shows it. `at` is when it was sent, else when it was written.

    Status: waiting, sent, failed, dropped. `next_at` is when it is tried next; `again` says
    that it may be sent by hand.
    """

    id: int
    kind: str
    words: str
    name: str
    address: str
    title: str
    status: str
    at: datetime
    next_at: datetime | None
    tries: int
    error: str
    again: bool


def about(appointment: Appointment, *, by: Actor, now: datetime) -> list[Line]:
    """Return the mails about an appointment, the newest first; dropped ones left out.

    Its bookings must be loaded.
    """
    query = select(Mail).where(
        Mail.subject == "appointment", Mail.subject_id == appointment.id, Mail.status != "dropped"
    )
    may = by.may("appointments", appointment.employee_id)
    rows = db.session.scalars(query.order_by(Mail.id.desc()))
    stands = _Standing(appointment, appointment.bookings)
    return [_line(row, may and stands.makes_true(row, now)) for row in rows]


def send_again(mail_id: int, *, by: Actor, now: datetime) -> Mail:
    """Send one again, worded by what is true now. Raises NotThere, NotAllowed, RuleBroken."""
    with writing() as session:
        mail = session.get(Mail, mail_id, with_for_update=True)
        if mail is None or mail.subject != "appointment":
            raise NotThere("There is no such mail.")
        appointment = session.get_one(Appointment, mail.subject_id)
        if not by.sees(appointment.employee_id):
            raise NotThere("There is no such mail.")
        by.must("appointments", appointment.employee_id)
        stands = _Standing(appointment, bookings_of(session, appointment.id))
        if not stands.makes_true(mail, now):
            raise RuleBroken("This is not true any more, so it was not sent again.")
        return _again(session, mail, appointment, now)


def _again(session: Transaction, mail: Mail, appointment: Appointment, now: datetime) -> Mail:
    told = _told(session, mail, appointment)
    if told is None or not told.address:
        raise RuleBroken("There is no address to send it to.")
    if mail.status == mail_rows.WAITING:
        if mail.last_error is None:
            raise RuleBroken("This mail is on its way already.")
        mail.due_at, copy = now, mail
    else:
        copy = mail_rows.blank(mail.kind, told, once=None, now=now, due_at=now)
        session.add(copy)
    mail_rows.fill(copy, mail_rows.wording(session, mail.kind), told, now=now)
    session.flush()
    wake(session, POST)
    return copy


def _told(session: Transaction, mail: Mail, appointment: Appointment) -> Told | None:
    bookings = bookings_of(session, appointment.id)
    if KINDS[mail.kind].audience == CUSTOMER:
        theirs = [one for one in bookings if one.id == mail.booking_id]
        return to_customer(session, appointment, theirs[0]) if theirs else None
    return to_employee(session, appointment, bookings, appointment.employee_id)


def _line(row: Mail, again: bool) -> Line:
    kind = KINDS[row.kind]
    assert kind.audience != USER
    waits = row.status == mail_rows.WAITING
    return Line(
        row.id, row.kind, kind.words, row.to_name, row.to_address, row.title, row.status,
        row.sent_at or row.created_at, row.due_at if waits else None, row.tries,
        row.last_error or "", again and not (waits and not row.last_error),
    )  # fmt: skip
