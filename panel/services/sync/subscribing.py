"""Have Microsoft tell of changes in each calendar that is read.

Nothing depends on it but speed. So it comes last in a visit, and whatever goes wrong in it
costs time and nothing else.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import OperationalError

from panel.db.base import ask, db, fresh
from panel.db.tables import Mailbox, RemoteCalendarRow, Subscription
from panel.domain.errors import (
    AddressUnreached,
    Ambiguous,
    DeltaExpired,
    Forbidden,
    Gone,
    NoMailbox,
    NothingThere,
    PanelError,
    RowRefused,
)
from panel.domain.remote import RemoteSubscription
from panel.services import outbox
from panel.services.sheltering import sheltered
from panel.services.sync.leases import LeaseLost
from panel.services.sync.tokens import Disconnected
from panel.services.sync.visit import Place, Visit

log = logging.getLogger(__name__)

AGAIN, DAILY = timedelta(minutes=1), timedelta(hours=24)
# No handshake comes later: the whole exchange is bounded by less.
HANDSHAKE = timedelta(seconds=60)
# An account or a calendar that will not have it, today.
REFUSED: tuple[type[PanelError], ...] = (Forbidden, RowRefused, NoMailbox, Ambiguous, Gone)
OVER: tuple[type[Exception], ...] = (LeaseLost, Disconnected, OperationalError)
# Asked in every visit, so written once.
_TENDED = (
    select(Subscription.calendar_id, Subscription.address, Subscription.due_at)
    .join(RemoteCalendarRow)
    .where(RemoteCalendarRow.mailbox_id == bindparam("mailbox"))
)


@dataclass(frozen=True)
class Wish:
    """One subscription as it is kept here, and the calendar that it is for."""

    id: int
    calendar: str
    key: str
    remote_id: str | None
    due: bool

    def differs(self, there: RemoteSubscription | None) -> bool:
        """Whether Microsoft's list knows it, and we do not, or the other way round."""
        return (self.remote_id is None) != (there is None)


def tend(visit: Visit) -> None:
    """Have exactly the calendars that are read told of; renew what is half over."""
    places = _told_of(visit)
    with _only_late(visit):
        wishes = _wishes(visit, places)
        with _refused(visit, wishes):
            listed = _tidy(visit, {one.key for one in wishes})
            _forget(visit, places)
            for wish in wishes:
                there = listed.get(wish.key)
                if wish.due or wish.differs(there):
                    _fulfil(visit, wish, there)


def is_due(visit: Visit) -> bool:
    """Whether anything is to be asked about them now."""
    # After a restore nothing is asked before the owner has looked: it may be a copy.
    if visit.reads_only:
        return False
    rows = ask(_TENDED, mailbox=visit.mailbox_id).all()
    fresh()
    due = any(due_at <= visit.now() for _, _, due_at in rows)
    there = {calendar_id for calendar_id, at, _ in rows if at == visit.outside.notify_url}
    return due or any(one.id not in there for one in _told_of(visit))


def end_all(visit: Visit) -> None:
    """Be told no more of this mailbox."""
    with _only_late(visit):
        _tidy(visit, set())


def covered(visit: Visit, places: Sequence[Place]) -> bool:
    """Whether Microsoft tells of changes in all of these calendars."""
    if not visit.outside.notify_url:
        return False
    told = set(
        db.session.scalars(
            select(Subscription.calendar_id)
            .where(
                Subscription.remote_id.is_not(None),
                Subscription.ends_at > visit.now(),
                Subscription.address == visit.outside.notify_url,
            )
            .join(RemoteCalendarRow)
            .where(RemoteCalendarRow.mailbox_id == visit.mailbox_id)
        )
    )
    fresh()
    return bool(places) and {one.id for one in places} <= told


def new_key(installation: str) -> str:
    """The end of an address that nobody can guess, and by which we know our own again."""
    return f"{installation}-{secrets.token_urlsafe(24)}"


def _told_of(visit: Visit) -> list[Place]:
    """The calendars that Microsoft is to tell of."""
    return visit.read_places() if visit.outside.notify_url else []


def _rows(visit: Visit) -> list[Subscription]:
    of_mailbox = (
        select(Subscription)
        .join(RemoteCalendarRow)
        .where(RemoteCalendarRow.mailbox_id == visit.mailbox_id)
        .order_by(Subscription.id)
    )
    return list(db.session.scalars(of_mailbox))


def _wishes(visit: Visit, places: Sequence[Place]) -> list[Wish]:
    """Write down what is wanted, and put off what is due in case that nothing comes of it."""
    now = visit.now()
    with visit.recording() as session:
        rows = {row.calendar_id: row for row in _rows(visit)}
        for place in places:
            row = rows.get(place.id) or Subscription(calendar_id=place.id, tries=0)
            if row.address != visit.outside.notify_url:
                row.address, row.key = visit.outside.notify_url, new_key(visit.outside.installation)
                row.secret, row.due_at = secrets.token_urlsafe(32), now
                row.remote_id = row.asked_at = None
                session.add(row)
            rows[place.id] = row
        due = {one for one, row in rows.items() if row.due_at <= now}
        for calendar_id in due:
            row = rows[calendar_id]
            row.due_at = now + min(AGAIN * 2 ** min(row.tries, 11), DAILY)
            row.tries += 1
        session.flush()
        return [_wish(rows[one.id], one, due=one.id in due) for one in places]


def _wish(row: Subscription, place: Place, *, due: bool) -> Wish:
    return Wish(row.id, place.remote_id, row.key, row.remote_id, due)


def _tidy(visit: Visit, keys: set[str]) -> dict[str, RemoteSubscription]:
    """What Microsoft tells us of, by key; what no row knows it is to tell no more."""
    kept = {}
    for one in visit.client.subscriptions.all():
        address, _, key = one.address.rpartition("/")
        if key in keys and address == visit.outside.notify_url:
            kept[key] = one
        elif key.startswith(f"{visit.outside.installation}-"):
            with suppress(*REFUSED):
                visit.client.subscriptions.end(one.id)
    return kept


def _forget(visit: Visit, places: Sequence[Place]) -> None:
    read = {one.id for one in places}
    with visit.recording() as session:
        for row in _rows(visit):
            if row.calendar_id not in read:
                session.delete(row)


def _fulfil(visit: Visit, wish: Wish, there: RemoteSubscription | None) -> None:
    with _refused(visit, [wish]):
        if there is None:
            _create(visit, wish)
        elif wish.remote_id is None:
            # A create of ours whose answer was lost.
            _keep(visit, wish.key, there, new=True)
        else:
            _renew(visit, wish, there)


def _renew(visit: Visit, wish: Wish, there: RemoteSubscription) -> None:
    try:
        renewed = visit.client.subscriptions.renew(there.id, now=visit.now())
    except (NothingThere, DeltaExpired):
        _create(visit, wish)
    else:
        _keep(visit, wish.key, renewed, new=False)


def _create(visit: Visit, wish: Wish) -> None:
    """Ask with a key of its own, which is known here before Microsoft asks for an echo."""
    key, secret = new_key(visit.outside.installation), secrets.token_urlsafe(32)
    begun = {"key": key, "secret": secret, "remote_id": None, "asked_at": visit.now()}
    with visit.recording() as session:
        mine = update(Subscription).where(Subscription.id == wish.id)
        session.execute(mine.values(**begun))
    made = visit.client.subscriptions.create(
        wish.calendar,
        address=f"{visit.outside.notify_url}/{key}",
        secret=secret,
        now=visit.now(),
    )
    _keep(visit, key, made, new=True)


def _keep(visit: Visit, key: str, made: RemoteSubscription, *, new: bool) -> None:
    """Note what Microsoft promised; it is seen to again when half of the time is over."""
    now = visit.now()
    agreed = {"remote_id": made.id, "ends_at": made.ends, "agreed_at": now}
    more = {"asked_at": None, "tries": 0, "due_at": now + (made.ends - now) / 2}
    with visit.recording() as session:
        mine = update(Subscription).where(Subscription.key == key)
        session.execute(mine.values(**agreed, **more))
        if new:
            # What has changed before it began, nobody tells.
            session.get_one(Mailbox, visit.mailbox_id).round_due = now
            outbox.wake(session, visit.mailbox_id)


@contextmanager
def _refused(visit: Visit, wishes: Sequence[Wish]) -> Iterator[None]:
    """Try tomorrow again what Microsoft will not have today.

    An address that it does not reach is no refusal: nor would it be for the next calendar.
    """
    mine = update(Subscription).where(Subscription.id.in_([one.id for one in wishes]))
    try:
        yield
    except AddressUnreached:
        with visit.recording() as session:
            session.execute(mine.values(asked_at=None))
        raise
    except REFUSED as refusal:
        log.info("Mailbox %s is not told of changes today. %s", visit.mailbox_id, _why(refusal))
        with visit.recording() as session:
            session.execute(mine.values(asked_at=None, due_at=visit.now() + DAILY))


@contextmanager
def _only_late(visit: Visit) -> Iterator[None]:
    """Let nothing out that goes wrong inside, but that the mailbox is held no more."""
    with sheltered(f"Subscriptions of mailbox {visit.mailbox_id} were left.", but=OVER):
        try:
            yield
        except OVER:
            raise
        except PanelError as failure:
            log.info("Mailbox %s is not told of changes yet. %s", visit.mailbox_id, _why(failure))


def _why(failure: PanelError) -> str:
    # Without what Microsoft says of it: our own address may stand there, and its key.
    return f"{failure} ({failure.code})" if isinstance(failure, RowRefused) else str(failure)
