"""How far the sync of the whole installation is: for tests, and for a keeper in doubt."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select

from panel.db.base import db, fresh
from panel.db.tables import (
    Connection,
    FormerCopy,
    HeldDeletions,
    Mailbox,
    Mirror,
    OutlookSettings,
    Push,
    Question,
)
from panel.domain.questions import FOLLOWED


@dataclass(frozen=True)
class SyncState:
    """`waiting` changes are not in Outlook yet; of `unknown` copies it is not known whether
    they are; `parked` copies were refused; `questions` wait for a person; `writes` counts
    every write that was ever begun."""

    settled: bool
    waiting: int
    unknown: int
    parked: int
    questions: int
    writes: int

    def to_json(self) -> dict[str, int | bool]:
        return asdict(self)


def sync_state() -> SyncState:
    """Count what is not settled yet, over all live connections."""
    live = exists().where(Connection.mailbox_id == Mirror.mailbox_id, Connection.state == "active")
    stopped = Mirror.state.in_(("parked", "held"))
    waiting = _count(select(func.count()).select_from(Push).join(Mirror).where(live, ~stopped))
    unfinished = or_(Mirror.hinted, Mirror.desired != Mirror.confirmed)
    open_ = (live, unfinished, ~stopped)
    waiting = max(waiting, _count(select(func.count()).where(*open_)))
    unknown = _count(select(func.count()).where(live, Mirror.state.in_(("unknown", "intent"))))
    waiting = max(waiting, _moving(live, stopped))
    unread = _count(
        select(func.count())
        .select_from(Mailbox)
        .join(Connection)
        .where(
            Connection.state == "active",
            or_(Mailbox.pulled_at.is_(None), Mailbox.failures > 0),
        )
    )
    leaving = _count(select(func.count()).where(Connection.state == "leaving"))
    enabled = bool(db.session.scalar(select(OutlookSettings.enabled)))
    found = SyncState(
        settled=not enabled or not (waiting or unknown or unread or leaving),
        waiting=waiting,
        unknown=unknown,
        parked=_count(select(func.count()).where(Mirror.state == "parked", live)),
        questions=_questions(),
        writes=_count(select(func.coalesce(func.sum(Mirror.writes), 0))),
    )
    fresh()
    return found


def _questions() -> int:
    """How many wait for a person; many deletions at once are one."""
    asked = select(func.count()).where(Question.closed_at.is_(None), Question.kind != FOLLOWED)
    return _count(asked) + _count(select(func.count()).where(HeldDeletions.closed_at.is_(None)))


def _moving(live: ColumnElement[bool], stopped: ColumnElement[bool]) -> int:
    """How many copies are on their way to another calendar, or leave something where they were."""
    asked = exists().where(Question.mirror_id == Mirror.id, Question.closed_at.is_(None))
    on_the_way = select(func.count()).where(live, Mirror.moving != "", ~stopped, ~asked)
    linked = exists().where(
        Connection.mailbox_id == FormerCopy.mailbox_id, Connection.state == "active"
    )
    stands = exists().where(Mirror.id == FormerCopy.mirror_id, Mirror.state == "linked")
    to_go = select(func.count(FormerCopy.id)).where(
        FormerCopy.remove_at.is_not(None), linked, stands
    )
    return max(_count(on_the_way), _count(to_go))


def _count(statement: object) -> int:
    return int(db.session.scalar(statement) or 0)  # type: ignore[call-overload]
