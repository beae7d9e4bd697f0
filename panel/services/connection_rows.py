"""The connections and their copies as rows, in a few statements for any number of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from panel.db.base import fixed, one_of
from panel.db.tables import (
    Connection,
    HeldDeletions,
    Mailbox,
    Mirror,
    Push,
    Question,
    RemoteCalendarRow,
)
from panel.domain.questions import FOLLOWED
from panel.services.outbox import Transaction
from panel.services.whose import Who, Whose


@dataclass(frozen=True)
class Copies:
    """How the copies in one Outlook stand.

    `appointments` and `events` are confirmed as they stand here; `there` are all entries of
    ours, the past ones too. `waiting` changes are not there yet, the oldest since `since`;
    `moving` copies are not in the calendar yet that is written now.
    """

    appointments: int = 0
    events: int = 0
    there: int = 0
    waiting: int = 0
    parked: int = 0
    held: int = 0
    since: datetime | None = None
    moving: int = 0

    def __add__(self, other: Copies) -> Copies:
        """Both together, the older change counting."""
        mine, theirs = vars(self), vars(other)
        sums = {name: mine[name] + theirs[name] for name in mine if name != "since"}
        since = min((one for one in (self.since, other.since) if one), default=None)
        return Copies(**sums, since=since)


class Link(NamedTuple):
    """A live connection, and what the last visits to its mailbox left behind.

    `writable` says that the calendar which is written for its person, in whichever account,
    exists and can be edited; `questions` of theirs are open. `move_total` copies had to move to
    its calendar, `remove_total` are to be removed from it; `compare_asked` is when somebody had
    it compared. `held_id` names the question whether so many deletions were meant: `gone` of
    `upcoming`.
    """

    id: int
    employee_id: int
    mailbox_id: int
    state: str
    importing: bool
    name: str
    address: str
    kind: str
    since: datetime
    client_id: str
    tenant: str
    refused_at: datetime | None
    refused_why: str | None
    failures: int
    pulled_at: datetime | None
    pushed_at: datetime | None
    round_due: datetime | None
    wait_until: datetime | None
    failure: str | None
    move_total: int | None
    remove_total: int | None
    compare_asked: datetime | None
    writable: bool
    questions: int
    held_id: int | None
    upcoming: int | None
    gone: int


def _live(who: Who) -> Select[*tuple[Any, ...]]:
    """Each live connection with its mailbox, then how its copies stand, as Link and Copies."""
    link, mailbox = Connection.__table__.c, Mailbox.__table__.c
    held = HeldDeletions.__table__.c
    mine = and_(who(link.employee_id), link.state != fixed("ended"))
    copies = _copies(select(link.mailbox_id).where(mine)).subquery()
    return (
        select(
            link.id, link.employee_id, link.mailbox_id, link.state, link.importing, link.name,
            link.address, link.kind, link.since, link.client_id, link.tenant, link.refused_at,
            link.refused_why, mailbox.failures, mailbox.pulled_at, mailbox.pushed_at,
            mailbox.round_due, mailbox.wait_until, mailbox.failure, link.move_total,
            link.remove_total, link.compare_asked, _writable(link.employee_id),
            _asked(link.employee_id), held.id, held.upcoming, *_or_none(copies.c),
        )
        .join_from(Connection.__table__, Mailbox.__table__, mailbox.id == link.mailbox_id)
        .outerjoin(copies, copies.c.mailbox_id == link.mailbox_id)
        .outerjoin(
            HeldDeletions.__table__,
            and_(held.mailbox_id == mailbox.id, held.closed_at.is_(None)),
        )
        .where(mine)
        .order_by(link.id)
    )  # fmt: skip


def _copies(mailboxes: Select[int]) -> Select[*tuple[Any, ...]]:
    """How the copies in some mailboxes stand: `gone` of Link, then the fields of Copies.

    Counted apart from the connections, whose many columns would be carried along with each copy.
    """
    return (
        select(
            _MIRROR.mailbox_id,
            _count(_MIRROR.held_deletions_id.is_not(None)),
            *_counts(),
        )
        .outerjoin_from(Mirror.__table__, Push.__table__, _PUSH.mirror_id == _MIRROR.id)
        .where(_MIRROR.mailbox_id.in_(mailboxes))
        .group_by(_MIRROR.mailbox_id)
    )


def _or_none(counts: Iterable[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """The counts of a mailbox, nought where it has no copies."""
    none: ColumnElement[int] = literal_column("0")
    kept = [one for one in counts if one.key != "mailbox_id"]
    return [one if one.key == "since" else func.coalesce(one, none) for one in kept]


def _asked(employee_id: ColumnElement[int]) -> ScalarSelect[int]:
    """How many questions wait for this employee."""
    question = Question.__table__.c
    mine = (question.employee_id == employee_id, question.closed_at.is_(None))
    asked = select(func.count(question.id)).where(*mine, question.kind != fixed(FOLLOWED))
    return asked.scalar_subquery()


def _writable(employee_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the calendar that is written for a person, in whichever account, can be."""
    calendar = RemoteCalendarRow.__table__.c
    other = Connection.__table__.alias()
    return exists().where(
        other.c.employee_id == employee_id,
        other.c.state == fixed("active"),
        calendar.mailbox_id == other.c.mailbox_id,
        calendar.is_write,
        calendar.can_edit,
        calendar.gone_since.is_(None),
    )


def _counts() -> list[ColumnElement[Any]]:
    """How the copies of each mailbox stand, in the order of the fields of Copies."""
    apart = one_of(_MIRROR.state, ("parked", "held"))
    moves = _MIRROR.moving != fixed("")
    unfinished = or_(
        _MIRROR.hinted,
        _MIRROR.desired != _MIRROR.confirmed,
        _MIRROR.ruling.is_not(None),
        _PUSH.mirror_id.is_not(None),
        moves,
    )
    agreed = and_(_MIRROR.state == fixed("linked"), _MIRROR.desired == _MIRROR.confirmed)
    return [
        _count(and_(agreed, _MIRROR.subject == fixed("appointment"))),
        _count(and_(agreed, _MIRROR.subject == fixed("occurrence"))),
        _count(and_(_MIRROR.remote_id.is_not(None), _MIRROR.state != fixed("gone"))),
        _count(and_(unfinished, ~apart)),
        _count(_MIRROR.state == fixed("parked")),
        _count(_MIRROR.state == fixed("held")),
        func.min(_PUSH.since).label("since"),
        _count(moves),
    ]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


# Built once: putting it together takes longer than the database does to answer it.
_MIRROR, _PUSH = Mirror.__table__.c, Push.__table__.c
_LIVE, _LINK = Whose(_live), len(Link._fields)


def live(session: Transaction, employee_ids: Collection[int]) -> list[tuple[Link, Copies]]:
    """Each live connection of some employees with its copies, in the order of linking."""
    rows = _LIVE.ask(session, employee_ids)
    return [(Link(*row[:_LINK]), Copies(*row[_LINK:])) for row in rows]
