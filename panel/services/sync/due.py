"""What is due: which mailboxes need to be seen to, and which copies in one of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from panel.db.base import Moment, ask, db, fresh, writing
from panel.db.tables import Connection, FormerCopy, Mailbox, Mirror, Push, Question
from panel.services import installation
from panel.services.integration import ready, settings
from panel.services.moving import WANTED
from panel.services.sync import hearing, leaving
from panel.services.sync.clearing import may_go
from panel.services.sync.visit import Visit

# So many are found at once: more than can be seen to before the next sweep.
SWEEP = 2000


def due_mailboxes(now: datetime) -> list[int]:
    """The mailboxes that need to be seen to: what the ten-second sweep wakes."""
    kept = settings()
    live = exists().where(
        Connection.mailbox_id == Mailbox.id,
        Connection.state.in_(("active", "leaving")),
        Connection.refused_at.is_(None),
        # Nothing can be done for who must sign in again, so that they take nobody's turn.
        Connection.client_id == kept.client_id,
        Connection.tenant == kept.tenant,
    )
    wanted = and_(live, _is_past(Mailbox.wait_until, now), _wants_something(now))
    which = wanted if ready(kept) and not installation.sends_nothing() else false()
    stuck = exists().where(Connection.mailbox_id == Mailbox.id, leaving.is_over(now))
    first = select(Mailbox.id).where(or_(which, stuck)).order_by(Mailbox.round_due)
    found = list(db.session.scalars(first.limit(SWEEP)))
    fresh()
    return found


def _wants_something(now: datetime) -> ColumnElement[bool]:
    """That something is to be read, written or taken away in the mailbox."""
    mine = and_(Mirror.mailbox_id == Mailbox.id, Mirror.state.not_in(("held", "parked")))
    return or_(
        _is_past(Mailbox.round_due, now),
        exists().where(mine, Push.mirror_id == Mirror.id, Push.due_at <= now),
        # A copy whose row was lost.
        exists().where(mine, _unfinished(), ~exists().where(Push.mirror_id == Mirror.id)),
        # One that is to be taken away where another took its place.
        exists().where(
            FormerCopy.mailbox_id == Mailbox.id, FormerCopy.mirror_id == Mirror.id, may_go(now)
        ),
        _has_cancelling(now),
        exists().where(Connection.mailbox_id == Mailbox.id, Connection.state == "leaving"),
        hearing.has_been_told(),
        hearing.is_to_be_tended(now),
    )


def due_copies(visit: Visit) -> list[int]:
    """The copies to settle now, the longest waiting first.

    A copy whose row was lost is found all the same: what is wanted differs from what is confirmed.
    """
    return _copies(visit, _DUE)


def waiting_copies(visit: Visit) -> list[int]:
    """Of these, the ones that somebody changed here, and about which nothing was heard there."""
    return _copies(visit, _WAITING)


def _copies(visit: Visit, due: Select[int]) -> list[int]:
    # After a restore none is settled, and so nothing written, before the owner has looked.
    if visit.reads_only:
        return []
    found = list(ask(due, mailbox=visit.mailbox_id, now=visit.now()).scalars())
    fresh()
    return found


def _that_are(due: ColumnElement[bool]) -> Select[int]:
    """The copies of a mailbox of which this holds, the longest waiting first."""
    return (
        select(Mirror.id)
        .outerjoin(Push, Push.mirror_id == Mirror.id)
        .where(
            Mirror.mailbox_id == bindparam("mailbox"), Mirror.state.not_in(("held", "parked")), due
        )
        .order_by(Push.due_at, Mirror.id)
    )


def _unfinished() -> ColumnElement[bool]:
    """What differs from what is confirmed, or waits to move; a question holds a move up."""
    asked = exists().where(Question.mirror_id == Mirror.id, Question.closed_at.is_(None))
    return or_(
        Mirror.hinted,
        Mirror.desired != Mirror.confirmed,
        Mirror.ruling.is_not(None),
        and_(Mirror.moving == WANTED, ~asked),
    )


def _is_past(moment: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    return or_(moment.is_(None), moment <= now)


def _has_cancelling(now: datetime) -> ColumnElement[bool]:
    """The mailboxes in which something is to be cancelled by now."""
    unasked = ~exists().where(Push.mirror_id == Mirror.id)
    return Mailbox.id.in_(select(Mirror.mailbox_id).where(_grace_over(now), unasked))


def _grace_over(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """What was deleted there and is to be cancelled by now. Few are; asked of them alone."""
    over = select(Question.mirror_id).where(
        Question.closed_at.is_(None), Question.kind == "deleted", Question.acts_at <= now
    )
    return Mirror.id.in_(over)


def make_all_due(now: datetime) -> None:
    """Have every live mailbox read again, whenever it would have been due."""
    with writing() as session:
        session.execute(update(Mailbox).values(round_due=now))


# Asked several times in every visit, so written once.
_NOW = bindparam("now", type_=Moment)
_DUE = _that_are(
    or_(
        Push.due_at <= _NOW,
        and_(Push.mirror_id.is_(None), or_(_unfinished(), _grace_over(_NOW))),
    )
)
_WAITING = _that_are(and_(Push.due_at <= _NOW, ~Mirror.hinted))
