"""Write a mail in the transaction of what it tells; the clockwork sends it after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from panel.db.tables import Mail, MailTemplate
from panel.domain import texts
from panel.domain.mail_kind import Kind
from panel.domain.mails import KINDS
from panel.mail import calendars
from panel.services import outbox
from panel.services.mail_facts import Told
from panel.services.outbox import Transaction

WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"


@dataclass(frozen=True)
class Wording:
    """How a kind of mail is worded, and whether it is sent at all."""

    title: str
    text: str
    on: bool


def wording(session: Transaction, kind: str) -> Wording:
    """Return the owner's words for this kind, or ours."""
    return worded(KINDS[kind], session.get(MailTemplate, kind))


def worded(kind: Kind, row: MailTemplate | Row[*tuple[Any, ...]] | None) -> Wording:
    """Return the words that the owner keeps in a row, or ours without one."""
    if row is None:
        return Wording(kind.title, kind.text, kind.on)
    return Wording(row.title, row.text, row.active)


def write(
    session: Transaction,
    kind: str,
    told: Told,
    *,
    once: str | None,
    now: datetime,
    due_at: datetime | None = None,
) -> Mail | None:
    """Write one mail, due at once unless `due_at` says when.

    Nothing is written to nobody, of a kind that is off, or a second time for the same `once`.
    """
    words = wording(session, kind)
    if not told.address or not words.on or (once and _is_written(session, once)):
        return None
    mail = blank(kind, told, once=once, now=now, due_at=due_at or now)
    fill(mail, words, told, now=now)
    session.add(mail)
    session.flush()
    outbox.wake(session, outbox.POST)
    return mail


def blank(kind: str, told: Told, *, once: str | None, now: datetime, due_at: datetime) -> Mail:
    """Return a mail that says nothing yet."""
    return Mail(
        kind=kind, subject=told.subject, subject_id=told.subject_id, booking_id=told.booking_id,
        attendance_id=told.attendance_id, to_address=told.address, to_name=told.name, once=once,
        status=WAITING, due_at=due_at, created_at=now, tries=0, title="", text="", message_id="",
    )  # fmt: skip


def fill(mail: Mail, words: Wording, told: Told, *, now: datetime) -> None:
    """Put into a mail what is true now. Its links stay placeholders until it is sent."""
    mail.title = texts.title(words.title, told.values)
    mail.text = texts.fill(words.text, told.values)
    method = _method(mail.kind)
    mail.calendar = (
        calendars.write(told.visits, method, now=now) if method and told.visits else None
    )


def waiting(session: Transaction, kind: str, **where: int) -> list[Mail]:
    """Return the mails of this kind that have not been sent, by columns like `booking_id`."""
    query = select(Mail).where(Mail.kind == kind, Mail.status == WAITING).filter_by(**where)
    return list(session.scalars(query.order_by(Mail.id)))


def drop(mail: Mail, why: str) -> None:
    """Let a mail that waits never be sent."""
    mail.status, mail.last_error = DROPPED, why


def _is_written(session: Transaction, once: str) -> bool:
    return session.scalar(select(Mail.id).where(Mail.once == once)) is not None


def _method(kind: str) -> str:
    """Only what is certain goes into a customer's calendar; employees have their Outlook."""
    audience, _, deed = kind.partition("_")
    if audience not in ("customer", "attendee"):
        return ""
    if deed == "cancelled":
        return calendars.CANCEL
    return calendars.PUBLISH if deed in ("booked", "approved", "changed", "reminder") else ""
