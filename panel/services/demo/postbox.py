"""Where the studio's mails go: into the sandbox on the same machine, and no further."""

from __future__ import annotations

from sqlalchemy import delete

from panel.db.base import writing
from panel.db.tables import Mail, MailSettings
from panel.domain.mails import REMINDERS
from panel.services.demo import cast
from panel.services.outbox import Transaction

HOST = "127.0.0.1"


def set_up(session: Transaction, port: int) -> None:
    """Let mails leave by the sandbox, in the caller's transaction."""
    row = session.get(MailSettings, 1) or MailSettings(id=1, username="")
    row.host, row.port, row.security = HOST, port, "none"
    row.from_address, row.from_name = cast.SENDER, cast.COMPANY["name"]
    row.wait_until = None
    session.add(row)


def follow(port: int) -> None:
    """Follow the sandbox to another port; a mail server of one's own stays."""
    with writing() as session:
        row = session.get(MailSettings, 1)
        if row is None or not row.host or (row.host, row.from_address) == (HOST, cast.SENDER):
            set_up(session, port)


def forget_told(session: Transaction) -> None:
    """Everybody has long been told of what they booked: only reminders are still to come."""
    session.flush()
    session.execute(delete(Mail).where(Mail.kind.not_in(REMINDERS)))
