"""How the connections are: the evidence for it, gathered in a few statements for any number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from panel.db.base import db, one_of, reading
from panel.db.tables import (
    Connection,
    Employee,
    Mailbox,
    Mirror,
    Push,
    Question,
    RemoteCalendarRow,
)
from panel.domain.health import Evidence, Health, failing_alike, judge
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


def of_many(employee_ids: Collection[int], *, now: datetime) -> dict[int, Report]:
    """Report on some employees, whether they have connected or not."""
    known = _gather(employee_ids)
    return {one: known.report(one, now) for one in employee_ids}


def of_everybody(*, now: datetime) -> dict[int, Report]:
    """Report on all employees."""
    return of_many(list(db.session.scalars(select(Employee.id))), now=now)


@dataclass(frozen=True)
class _Known:
    """What the statements found: connections by employee, copies by mailbox."""

    settings: Brief
    connections: dict[int, Link]
    copies: dict[int, Copies]
    alike: set[str]

    def report(self, employee_id: int, now: datetime) -> Report:
        connection = self.connections.get(employee_id)
        if connection is None:
            return Report(judge(self._alone(), now))
        known = self._evidence(connection)
        copies = self.copies.get(connection.mailbox_id, Copies())
        refused = known.refused or not known.same_registration
        return Report(judge(known, now), connection, copies, connection.questions, refused)

    def _alone(self) -> Evidence:
        return Evidence(enabled=self.settings.enabled, configured=configured(self.settings))

    def _evidence(self, connection: Link) -> Evidence:
        kept = self.settings
        copies = self.copies.get(connection.mailbox_id, Copies())
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
            failures=connection.failures,
            pulled_at=connection.pulled_at,
            pushed_at=connection.pushed_at,
            round_due=connection.round_due,
        )


def _gather(employee_ids: Collection[int]) -> _Known:
    found = _LIVE.ask(reading(), employee_ids)
    live = {one.employee_id: one for one in (Link(*row) for row in found)}
    return _Known(
        settings=brief(),
        connections=live,
        copies=_copies([one.mailbox_id for one in live.values()]),
        alike=_alike() if any(one.refused_at for one in live.values()) else set(),
    )


def _alike() -> set[str]:
    """Which of Microsoft's refusals strike several people alike."""
    rows = db.session.execute(
        select(Connection.refused_why, Connection.refused_at).where(Connection.state == "active")
    ).all()
    refusals = [(why or "", since) for why, since in rows if since is not None]
    return failing_alike(refusals, len(rows))


def _copies(mailbox_ids: Collection[int]) -> dict[int, Copies]:
    if not mailbox_ids:
        return {}
    rows = _COPIES.ask(reading(), mailbox_ids)
    return {row[0]: Copies(*row[1:]) for row in rows}


def _live(who: Who) -> Select[*tuple[Any, ...]]:
    """Each live connection with its mailbox, in the order of the fields of Link."""
    link, mailbox = Connection.__table__.c, Mailbox.__table__.c
    calendar, question = RemoteCalendarRow.__table__.c, Question.__table__.c
    writable = exists().where(
        calendar.mailbox_id == link.mailbox_id,
        calendar.is_write,
        calendar.can_edit,
        calendar.gone_since.is_(None),
    )
    questions = select(func.count(question.id)).where(
        question.employee_id == link.employee_id, question.closed_at.is_(None)
    )
    return (
        select(
            link.employee_id, link.mailbox_id, link.state, link.importing, link.name,
            link.address, link.kind, link.since, link.client_id, link.tenant, link.refused_at,
            link.refused_why, mailbox.failures, mailbox.pulled_at, mailbox.pushed_at,
            mailbox.round_due, mailbox.wait_until, mailbox.failure, writable,
            questions.scalar_subquery(),
        )
        .join_from(Connection.__table__, Mailbox.__table__, mailbox.id == link.mailbox_id)
        .where(who(link.employee_id))
        .where(link.state != "ended")
    )  # fmt: skip


def _counts(who: Who) -> Select[*tuple[Any, ...]]:
    """How the copies of each mailbox stand, in the order of the fields of Copies."""
    mirror, push = Mirror.__table__.c, Push.__table__.c
    apart = one_of(mirror.state, ("parked", "held"))
    unfinished = or_(
        mirror.hinted,
        mirror.desired != mirror.confirmed,
        mirror.ruling.is_not(None),
        push.mirror_id.is_not(None),
    )
    agreed = and_(mirror.state == "linked", mirror.desired == mirror.confirmed)
    return (
        select(
            mirror.mailbox_id,
            _count(and_(agreed, mirror.subject == "appointment")),
            _count(and_(agreed, mirror.subject == "occurrence")),
            _count(and_(mirror.remote_id.is_not(None), mirror.state != "gone")),
            _count(and_(unfinished, ~apart)),
            _count(mirror.state == "parked"),
            _count(mirror.state == "held"),
            func.min(push.since),
        )
        .outerjoin_from(Mirror.__table__, Push.__table__, push.mirror_id == mirror.id)
        .where(who(mirror.mailbox_id))
        .group_by(mirror.mailbox_id)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


# Built once: putting them together takes longer than the database does to answer them.
_LIVE, _COPIES = Whose(_live), Whose(_counts)
