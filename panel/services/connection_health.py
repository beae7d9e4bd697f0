"""How the connections are: the evidence for it, gathered in a few statements for any number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select

from panel.db.base import db, one_of, reading
from panel.db.tables import (
    Connection,
    HeldDeletions,
    Mailbox,
    Mirror,
    Push,
    Question,
    RemoteCalendarRow,
)
from panel.domain.health import Evidence, Health, failing_alike, judge
from panel.domain.questions import FOLLOWED
from panel.services.integration import Brief, brief, configured
from panel.services.whose import Who, Whose


@dataclass(frozen=True)
class Copies:
    """How the copies in one Outlook stand.

    `appointments` and `events` are confirmed as they stand here; `there` are all entries of
    ours, the past ones too. `waiting` changes are not there yet, the oldest since `since`.
    """

    appointments: int = 0
    events: int = 0
    there: int = 0
    waiting: int = 0
    parked: int = 0
    held: int = 0
    since: datetime | None = None


class Link(NamedTuple):
    """A live connection, and what the last visits to its mailbox left behind.

    `writable` says that its chosen calendar exists and can be edited; `questions` are open.
    `held_id` names the question whether so many deletions were meant: `gone` of `upcoming`.
    """

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
    writable: bool
    questions: int
    held_id: int | None
    upcoming: int | None
    gone: int


@dataclass(frozen=True)
class Report:
    """One employee's connection: its health, and what the pages say about it.

    `questions` are open; `refused` says that a sign-in would help, whatever else is wrong.
    """

    health: Health
    connection: Link | None = None
    copies: Copies = Copies()
    questions: int = 0
    refused: bool = False


def of_one(employee_id: int, *, now: datetime) -> Report:
    """Report on one employee."""
    return of_many([employee_id], now=now)[employee_id]


def of_many(
    employee_ids: Collection[int], *, now: datetime, settings: Brief | None = None
) -> dict[int, Report]:
    """Report on some employees, whether they have connected or not.

    `settings` are the owner's, where they have been read already.
    """
    known = _gather(employee_ids, settings or brief())
    return {one: known.report(one, now) for one in employee_ids}


@dataclass(frozen=True)
class _Known:
    """What the statements found: each connection with its copies, by employee."""

    settings: Brief
    connections: dict[int, tuple[Link, Copies]]
    alike: set[str]

    def report(self, employee_id: int, now: datetime) -> Report:
        if employee_id not in self.connections:
            return Report(judge(self._alone(), now))
        connection, copies = self.connections[employee_id]
        known = self._evidence(connection, copies)
        refused = known.refused or not known.same_registration
        return Report(judge(known, now), connection, copies, connection.questions, refused)

    def _alone(self) -> Evidence:
        return Evidence(enabled=self.settings.enabled, configured=configured(self.settings))

    def _evidence(self, connection: Link, copies: Copies) -> Evidence:
        kept = self.settings
        alike = connection.refused_why in self.alike
        return replace(
            self._alone(),
            connection=connection.state,
            importing=connection.importing,
            refused=connection.refused_at is not None,
            application_refused=kept.refused_at is not None or alike,
            same_registration=(connection.client_id, connection.tenant)
            == (kept.client_id, kept.tenant),
            writable=connection.writable,
            waiting=copies.waiting,
            parked=copies.parked,
            held=copies.held,
            questions=connection.questions,
            withheld=kept.withheld,
            gone=connection.gone,
            failures=connection.failures,
            pulled_at=connection.pulled_at,
            pushed_at=connection.pushed_at,
            round_due=connection.round_due,
        )


def _gather(employee_ids: Collection[int], settings: Brief) -> _Known:
    rows = _LIVE.ask(reading(), employee_ids)
    live = {row[0]: (Link(*row[:_LINK]), Copies(*row[_LINK:])) for row in rows}
    refused = any(link.refused_at for link, _ in live.values())
    return _Known(settings, live, _alike() if refused else set())


def _alike() -> set[str]:
    """Which of Microsoft's refusals strike several people alike."""
    rows = db.session.execute(
        select(Connection.refused_why, Connection.refused_at).where(Connection.state == "active")
    ).all()
    refusals = [(why or "", since) for why, since in rows if since is not None]
    return failing_alike(refusals, len(rows))


def _live(who: Who) -> Select[*tuple[Any, ...]]:
    """Each live connection with its mailbox, then how its copies stand, as Link and Copies."""
    link, mailbox = Connection.__table__.c, Mailbox.__table__.c
    calendar, held = RemoteCalendarRow.__table__.c, HeldDeletions.__table__.c
    writable = exists().where(
        calendar.mailbox_id == link.mailbox_id,
        calendar.is_write,
        calendar.can_edit,
        calendar.gone_since.is_(None),
    )
    return (
        select(
            link.employee_id, link.mailbox_id, link.state, link.importing, link.name,
            link.address, link.kind, link.since, link.client_id, link.tenant, link.refused_at,
            link.refused_why, mailbox.failures, mailbox.pulled_at, mailbox.pushed_at,
            mailbox.round_due, mailbox.wait_until, mailbox.failure, writable,
            _asked(link.employee_id), held.id, held.upcoming,
            _count(_MIRROR.held_deletions_id.is_not(None)), *_counts(),
        )
        .join_from(Connection.__table__, Mailbox.__table__, mailbox.id == link.mailbox_id)
        .outerjoin(Mirror.__table__, _MIRROR.mailbox_id == link.mailbox_id)
        .outerjoin(Push.__table__, _PUSH.mirror_id == _MIRROR.id)
        .outerjoin(
            HeldDeletions.__table__,
            and_(held.mailbox_id == mailbox.id, held.closed_at.is_(None)),
        )
        .where(who(link.employee_id))
        .where(link.state != "ended")
        .group_by(link.id, mailbox.id, held.id)
    )  # fmt: skip


def _asked(employee_id: ColumnElement[int]) -> ScalarSelect[int]:
    """How many questions wait for this employee."""
    question = Question.__table__.c
    mine = (question.employee_id == employee_id, question.closed_at.is_(None))
    asked = select(func.count(question.id)).where(*mine, question.kind != FOLLOWED)
    return asked.scalar_subquery()


def _counts() -> list[ColumnElement[Any]]:
    """How the copies of each mailbox stand, in the order of the fields of Copies."""
    apart = one_of(_MIRROR.state, ("parked", "held"))
    unfinished = or_(
        _MIRROR.hinted,
        _MIRROR.desired != _MIRROR.confirmed,
        _MIRROR.ruling.is_not(None),
        _PUSH.mirror_id.is_not(None),
    )
    agreed = and_(_MIRROR.state == "linked", _MIRROR.desired == _MIRROR.confirmed)
    return [
        _count(and_(agreed, _MIRROR.subject == "appointment")),
        _count(and_(agreed, _MIRROR.subject == "occurrence")),
        _count(and_(_MIRROR.remote_id.is_not(None), _MIRROR.state != "gone")),
        _count(and_(unfinished, ~apart)),
        _count(_MIRROR.state == "parked"),
        _count(_MIRROR.state == "held"),
        func.min(_PUSH.since),
    ]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


# Built once: putting it together takes longer than the database does to answer it.
_MIRROR, _PUSH = Mirror.__table__.c, Push.__table__.c
_LIVE, _LINK = Whose(_live), len(Link._fields)
