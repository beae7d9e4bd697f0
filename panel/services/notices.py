"""What Microsoft tells: a hint that something has changed, never what.

Whoever knows neither the address nor the secret can do nothing here; whoever knows both can
only have a calendar read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe
from typing import NamedTuple

from sqlalchemy import select, update

from panel.db.base import db, fresh, writing
from panel.db.tables import RemoteCalendarRow, Subscription
from panel.services import outbox
from panel.services.outbox import Transaction
from panel.services.outside import Outside
from panel.services.sync.subscribing import HANDSHAKE, new_key

log = logging.getLogger(__name__)

KEY = re.compile(r"[\w-]{1,64}", re.ASCII)
# Microsoft asks often; to renew a subscription more often than this does not help.
BETWEEN = timedelta(minutes=10)
# Compared with where there is nothing to compare with, so that both take the same time.
NOBODYS = token_urlsafe(32)
REAUTHORIZE, REMOVED = "reauthorizationRequired", "subscriptionRemoved"


@dataclass(frozen=True)
class Notice:
    """One item of a notification. `event` is Microsoft's word, where the news is of the
    subscription itself."""

    subscription_id: str
    secret: str
    event: str = ""


class Known(NamedTuple):
    """What is kept under a key; `told_at` if its calendar waits to be read already."""

    id: int
    secret: str
    remote_id: str | None
    asked_at: datetime | None
    agreed_at: datetime | None
    mailbox_id: int
    told_at: datetime | None


def awaits_echo(key: str, *, now: datetime) -> bool:
    """Whether Microsoft may ask for an echo at this address: our own question is under way."""
    row = _known(key)
    return row is not None and row.asked_at is not None and now - row.asked_at < HANDSHAKE


def take_in(key: str, notices: Sequence[Notice], *, outside: Outside) -> None:
    """Have the calendar read whose subscription this is. What shows another secret is ignored.

    Nothing is written where it waits to be read already, nor for a key that nobody knows.
    """
    row = _known(key)
    secret = (NOBODYS if row is None else row.secret).encode()
    good = [one for one in notices if compare_digest(_bytes(one.secret), secret)]
    if row is None:
        return
    if len(good) < len(notices):
        log.warning("A notification for mailbox %s showed another secret.", row.mailbox_id)
    events = {one.event for one in good if one.event and one.subscription_id == row.remote_id}
    if events or (good and row.told_at is None):
        with writing() as session:
            _obey(session, row, events, outside)


def _known(key: str) -> Known | None:
    if KEY.fullmatch(key) is None:
        return None
    found = db.session.execute(
        select(
            Subscription.id,
            Subscription.secret,
            Subscription.remote_id,
            Subscription.asked_at,
            Subscription.agreed_at,
            RemoteCalendarRow.mailbox_id,
            Subscription.told_at,
        )
        .join(RemoteCalendarRow)
        .where(Subscription.key == key)
    ).one_or_none()
    fresh()
    return None if found is None else Known(*found)


def _bytes(text: str) -> bytes:
    # JSON can spell halves of characters, which no text that is ours has.
    return text.encode(errors="surrogatepass")


def _obey(session: Transaction, row: Known, events: set[str], outside: Outside) -> None:
    """Have a subscription renewed, or made anew where Microsoft has dropped it."""
    mine = update(Subscription).where(Subscription.id == row.id)
    now = outside.now()
    if REMOVED in events:
        lost = {"key": new_key(outside.installation), "remote_id": None}
        session.execute(mine.values(due_at=now, **lost))
    elif REAUTHORIZE in events:
        session.execute(mine.values(due_at=max(now, (row.agreed_at or now) + BETWEEN)))
    session.execute(mine.where(Subscription.told_at.is_(None)).values(told_at=now))
    outbox.wake(session, row.mailbox_id)
