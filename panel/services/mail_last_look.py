"""The last look at a mail before it is sent: is it still true, to whom, and with which links."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from panel.db.tables import (
    Appointment,
    Attendance,
    Booking,
    Customer,
    HeldDeletions,
    Mail,
    Occurrence,
    Question,
)
from panel.domain.mail_kind import OUTLOOK, USER
from panel.domain.mails import KINDS, REMINDERS
from panel.services import alert_mails, link_mails, manage_links, reminders
from panel.services.link_mails import PURPOSES
from panel.services.mail_outside import MailOutside
from panel.services.mail_rows import drop
from panel.services.outbox import Transaction

# Who has waited a day for a link has asked somebody else for one; and other news are told anew.
LASTS = timedelta(hours=24)
# What waits for a decision has a page of its own.
ASKED_IN = {"question": "questions", "held": "held"}
OVER = "It was over before this could be sent."


def is_still_wanted(session: Transaction, mail: Mail, *, now: datetime) -> bool:
    """Say whether to send it; if not, it is dropped, with the reason in words."""
    if mail.kind in REMINDERS:
        # Its words are found only now, and it is never sent after the start.
        wanted = reminders.say(session, mail, now=now)
    else:
        wanted = not _is_over(session, mail, now)
    if wanted and mail.kind in PURPOSES:
        wanted = link_mails.say(session, mail)
    if wanted and KINDS[mail.kind].audience == "customer":
        wanted = _readdress(session, mail)
    if not wanted:
        drop(mail, OVER if mail.to_address else "There is no address to send it to.")
    return wanted


def linked(session: Transaction, mail: Mail, outside: MailOutside, *, now: datetime) -> str:
    """Return the text with its links into Panel, which the database never holds."""
    if mail.kind in PURPOSES:
        link = link_mails.address(session, mail, outside.public_url, now=now)
        return mail.text.replace("%link_url%", link)
    text = mail.text.replace("%panel_url%", _page(mail, outside.public_url))
    whose = ("booking", mail.booking_id) if mail.booking_id else ("attendance", mail.attendance_id)
    if whose[1] is None:
        return text
    address = manage_links.address(
        whose[0], whose[1], public_url=outside.public_url, secret=outside.secret
    )
    return text.replace("%manage_url%", address)


def _page(mail: Mail, public_url: str) -> str:
    place = ASKED_IN.get(mail.subject, "appointments")
    page = alert_mails.PAGES.get(mail.subject, f"/panel/{place}/{mail.subject_id}")
    return f"{public_url}{page}"


def _is_over(session: Transaction, mail: Mail, now: datetime) -> bool:
    audience = KINDS[mail.kind].audience
    if audience in (USER, OUTLOOK):
        late = now > mail.created_at + LASTS
        return late or (audience == OUTLOOK and alert_mails.is_past(session, mail))
    if mail.subject in ASKED_IN:
        return _is_answered(session, mail)
    ends = session.scalar(_ends(mail))
    return ends is None or ends <= now


def _is_answered(session: Transaction, mail: Mail) -> bool:
    table: type[Question | HeldDeletions] = (
        Question if mail.subject == "question" else HeldDeletions
    )
    still = select(table.id).where(table.id == mail.subject_id, table.closed_at.is_(None))
    return session.scalar(still) is None


def _ends(mail: Mail) -> Select[datetime | None]:
    if mail.subject == "appointment":
        return select(Appointment.ends).where(Appointment.id == mail.subject_id)
    dates = select(func.max(Occurrence.ends)).where(Occurrence.event_id == mail.subject_id)
    date = select(Attendance.occurrence_id).where(Attendance.id == mail.attendance_id)
    one_date = date.scalar_subquery()
    return dates.where((one_date.is_(None)) | (Occurrence.id == one_date))


def _readdress(session: Transaction, mail: Mail) -> bool:
    """Follow a customer to an address that was put right meanwhile."""
    whose = select(Customer)
    if mail.booking_id is not None:
        whose = whose.join(Booking).where(Booking.id == mail.booking_id)
    else:
        whose = whose.join(Attendance).where(Attendance.id == mail.attendance_id)
    customer = session.scalar(whose)
    if customer is None or customer.erased_at or not customer.email:
        mail.to_address = ""
        return False
    if mail.to_name == customer.name:
        mail.to_address = customer.email
    return True
