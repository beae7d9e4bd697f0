"""The mails of a test: what was written, and a post office that sends it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from panel.db.base import db, fresh, writing
from panel.db.tables import Mail
from panel.services import mail_sending
from panel.services.mail_outside import MailOutside
from tests.services.studio import NOON
from tests.support.mailbox import Mailbox

SECRET = "a secret for tests only"


class Post:
    """Needs an application context. Its clock stands at `now` until a test moves it."""

    def __init__(self, app: Any, box: Mailbox) -> None:
        self.box, self.now = box, NOON
        guests = app.extensions["panel"]
        guests.mail = replace(guests.mail, server=box.server(), patience=20)
        self.guests = guests

    @property
    def outside(self) -> MailOutside:
        return self.guests.mail

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)

    def deliver(self) -> list[str]:
        """Send what is due; return the subjects of all that was taken so far."""
        fresh()
        mail_sending.deliver(self.outside, lambda: self.now)
        return self.box.subjects()


def written(**where: Any) -> list[Mail]:
    """Return the mails as they stand, the oldest first."""
    fresh()
    return list(db.session.scalars(select(Mail).filter_by(**where).order_by(Mail.id)))


def kinds(**where: Any) -> list[str]:
    return [one.kind for one in written(**where) if "reminder" not in one.kind]


def change(mail: Mail, **given: Any) -> None:
    with writing() as session:
        row = session.get_one(Mail, mail.id)
        for name, value in given.items():
            setattr(row, name, value)
