"""One message as it travels: headers, text, HTML and a calendar file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from panel.domain.body import one_line
from panel.domain.errors import MailRefused
from panel.mail import calendars

# Signs with a meaning of their own in a header. Older libraries forget to quote them in a
# name that is folded, so that part of the name would be read as another address.
_MEANT = re.compile(r'[<>@,;:\\"()\[\]]')


@dataclass(frozen=True)
class Letter:
    """What is to be sent, to whom. `message_id` stays the same when it is sent again."""

    to_address: str
    to_name: str
    title: str
    text: str
    html: str
    message_id: str
    calendar: str | None = None
    reply_to: str = ""


def build(letter: Letter, *, from_address: str, from_name: str, now: datetime) -> EmailMessage:
    """Return the message. Raises MailRefused for an address that is none."""
    message = EmailMessage(policy=SMTP)
    message["From"] = mailbox(from_address, from_name)
    message["To"] = mailbox(letter.to_address, letter.to_name)
    if letter.reply_to and letter.reply_to != from_address:
        message["Reply-To"] = mailbox(letter.reply_to, from_name)
    message["Subject"] = one_line(letter.title)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        _attach(message, calendars.organised(letter.calendar, from_address, from_name))
    return message


def mailbox(address: str, name: str) -> Address:
    """Return an address with a name that cannot become another address or header.

    Raises MailRefused for what is no address.
    """
    try:
        local, _, domain = address.rpartition("@")
        plain = domain.encode("idna").decode("ascii")
        return Address(_shown(name), addr_spec=f"{local}@{plain}")
    except (MessageError, ValueError, IndexError) as error:
        raise MailRefused(f"{one_line(address, 80)} is not an address.") from error


def new_id(from_address: str) -> str:
    """Return a Message-ID of the sender's own domain."""
    return make_msgid(domain=from_address.rpartition("@")[2].encode("idna").decode("ascii"))


def _shown(name: str) -> str:
    return one_line(_MEANT.sub(" ", name), 80)


def _attach(message: EmailMessage, calendar: str) -> None:
    message.add_attachment(
        calendar,
        subtype="calendar",
        filename="visit.ics",
        params={"method": calendars.method_of(calendar)},
    )
