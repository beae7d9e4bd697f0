"""The postman: sends what is due, one mail after the other, and writes down how it went.

A mail is claimed in the database before it is handed in, so that two workers never send one
at the same time. Between the server's yes and our note of it lies one moment: who is killed
then sends that one mail again after the claim has lapsed, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select, update

from panel.db.base import db, fresh, writing
from panel.db.tables import Mail
from panel.domain.errors import MailDelayed, MailRefused, MailServerWrong, PanelError
from panel.mail import letters, messages
from panel.mail.server import Line, Server, line_to
from panel.services import installation, mail_server
from panel.services.mail_facts import company_of
from panel.services.mail_last_look import is_still_wanted, linked
from panel.services.mail_outside import MailOutside
from panel.services.mail_rows import FAILED, SENT, WAITING
from panel.services.outbox import POST, Transaction

Now = Callable[[], datetime]
# Longer than the longest talk with a server: a claim lapses only when its worker is gone.
LEASE = timedelta(minutes=10)
# 1 minute, 2, 4 … and from then on every 6 hours: about two days in all.
FIRST_PAUSE, LONGEST_PAUSE, TRIES = timedelta(minutes=1), timedelta(hours=6), 16


@dataclass(frozen=True)
class Claimed:
    """A mail that this worker alone sends now, for the `tries`-th time."""

    id: int
    kind: str
    tries: int
    letter: messages.Letter


def due(now: datetime) -> list[int]:
    """Return the post as something to be woken, where a mail is due and may be sent."""
    waits = exists().where(Mail.status == WAITING, Mail.due_at <= now)
    quiet = mail_server.is_paused(now) or installation.sends_nothing()
    found = not quiet and db.session.scalar(select(waits))
    fresh()
    return [POST] if found else []


def deliver(outside: MailOutside, now: Now) -> None:
    """Send all that is due, as long as the server takes it."""
    chosen = mail_server.server(outside)
    paused = mail_server.is_paused(now()) or installation.sends_nothing()
    fresh()
    if chosen is None or paused:
        return
    while (mail := _claim(chosen, outside, now())) is not None:
        try:
            with line_to(chosen, patience=outside.patience) as line:
                while mail is not None and _send(line, mail, chosen, now):
                    mail = _claim(chosen, outside, now())
        except MailServerWrong as wrong:
            if mail is not None:
                _put_back(mail, now())
            mail_server.note_failure(wrong, now=now())
            return


def _send(line: Line, mail: Claimed, chosen: Server, now: Now) -> bool:
    """Send one mail and write down how it went; False where the line may be broken.

    Raises MailServerWrong, which no single mail is to blame for.
    """
    try:
        message = messages.build(
            mail.letter, from_address=chosen.from_address, from_name=chosen.from_name, now=now()
        )
        line.send(message)
    except MailRefused as refused:
        _note(mail, FAILED, now(), error=refused)
    except MailDelayed as delayed:
        _note(mail, FAILED if mail.tries >= TRIES else WAITING, now(), error=delayed)
        return False
    else:
        _note(mail, SENT, now())
    return True


def _note(mail: Claimed, status: str, now: datetime, *, error: PanelError | None = None) -> None:
    values: dict[str, object] = {
        "status": status,
        "last_error": str(error)[:300] if error else None,
    }
    if status == SENT:
        values["sent_at"] = now
    elif status == WAITING:
        values["due_at"] = now + min(FIRST_PAUSE * 2 ** (mail.tries - 1), LONGEST_PAUSE)
    with writing() as session:
        session.execute(update(Mail).where(Mail.id == mail.id).values(**values))
        if status == SENT:
            mail_server.note_success_in(session, now=now)


def _put_back(mail: Claimed, now: datetime) -> None:
    """Give back a mail that is not to blame."""
    untouched = update(Mail).where(Mail.id == mail.id, Mail.status == WAITING)
    with writing() as session:
        session.execute(untouched.values(due_at=now, tries=mail.tries - 1))


def _claim(chosen: Server, outside: MailOutside, now: datetime) -> Claimed | None:
    """Take what has been due for longest; drop on the way what nobody needs any more."""
    with writing() as session:
        while (mail := session.scalar(_next(now))) is not None:
            if is_still_wanted(session, mail, now=now):
                mail.due_at = now + LEASE
                mail.tries += 1
                mail.last_error = None
                mail.message_id = mail.message_id or messages.new_id(chosen.from_address)
                return _claimed(session, mail, outside, now)
            session.flush()
    return None


def _next(now: datetime) -> Select[Mail]:
    waits = select(Mail).where(Mail.status == WAITING, Mail.due_at <= now)
    return waits.order_by(Mail.due_at, Mail.id).limit(1).with_for_update(skip_locked=True)


def _claimed(session: Transaction, mail: Mail, outside: MailOutside, now: datetime) -> Claimed:
    company = company_of(session)
    text = linked(session, mail, outside, now=now)
    letter = messages.Letter(
        to_address=mail.to_address,
        to_name=mail.to_name,
        title=mail.title,
        text=text,
        html=letters.html(mail.title, text, letters.Look(company.name, company.accent)),
        message_id=mail.message_id,
        calendar=mail.calendar,
        reply_to=company.email,
    )
    return Claimed(mail.id, mail.kind, mail.tries, letter)
