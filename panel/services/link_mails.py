"""Mails that bring a one-time link. Its key is made as the mail is sent, and kept nowhere."""

from __future__ import annotations

from datetime import datetime

from panel.db.tables import Mail, User
from panel.services import mail_rows, one_time_links, outbox
from panel.services.mail_facts import Told, to_user
from panel.services.one_time_links import FORGOTTEN, INVITATION
from panel.services.outbox import Transaction

PURPOSES = {"user_invitation": INVITATION, "user_reset": FORGOTTEN}
# The id of whoever nobody signs in as.
NOBODY = 0


def write(session: Transaction, kind: str, user: User | None, *, now: datetime) -> None:
    """Write a mail without words, due at once; `None` writes one that is never sent."""
    whom = (user.id, user.email, user.name) if user else (NOBODY, "", "")
    session.add(mail_rows.blank(kind, Told("user", *whom, {}), once=None, now=now, due_at=now))
    outbox.wake(session, outbox.POST)


def say(session: Transaction, mail: Mail) -> bool:
    """Word a mail that is about to be sent; False where it must not be."""
    user = session.get(User, mail.subject_id)
    if user is None:
        session.delete(mail)
        return False
    if user.active:
        told = to_user(session, user)
        mail.to_address, mail.to_name = told.address, told.name
        mail_rows.fill(mail, mail_rows.wording(session, mail.kind), told, now=mail.created_at)
    return user.active


def address(session: Transaction, mail: Mail, public_url: str, *, now: datetime) -> str:
    """Make the link of a mail that is being sent; the one of an earlier try is void."""
    key = one_time_links.make(session, PURPOSES[mail.kind], mail.subject_id, now=now)
    return f"{public_url}/choose-password/{key}"
