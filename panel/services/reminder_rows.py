"""Let exactly those reminders wait that something should have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from panel.db.tables import Mail
from panel.services.mail_facts import Told
from panel.services.mail_rows import DROPPED, WAITING, blank, drop, fill, wording
from panel.services.outbox import Transaction


@dataclass(frozen=True)
class Reminder:
    """A reminder that there should be: its kind, to whom, and when it is due."""

    kind: str
    told: Told
    due: datetime


def keep(
    session: Transaction,
    written: Iterable[Mail],
    wanted: Mapping[str, Reminder],
    *,
    why: str,
    now: datetime,
) -> None:
    """Write, move and drop reminders; `why` says of a dropped one what has become of it.

    They are told apart by `once`, which names the start. What would have been due already is
    not written.
    """
    known = {one.once: one for one in written}
    for once, mail in known.items():
        if mail.status == WAITING and once not in wanted:
            drop(mail, why)
    for once, reminder in wanted.items():
        _let_wait(session, known.get(once), once, reminder, now)


def say(session: Transaction, mail: Mail, wanted: Mapping[str, Reminder], *, now: datetime) -> bool:
    """Word a reminder that is due by what is true now; False where it must not be sent."""
    reminder = wanted.get(mail.once or "")
    if reminder is None:
        return False
    mail.to_address, mail.to_name = reminder.told.address, reminder.told.name
    fill(mail, wording(session, reminder.kind), reminder.told, now=now)
    return True


def _let_wait(
    session: Transaction, mail: Mail | None, once: str, wanted: Reminder, now: datetime
) -> None:
    due = wanted.due
    if mail is None and due > now:
        session.add(blank(wanted.kind, wanted.told, once=once, now=now, due_at=due))
    elif mail is not None and (mail.status == WAITING or (mail.status == DROPPED and due > now)):
        mail.status, mail.last_error, mail.due_at = WAITING, None, due
