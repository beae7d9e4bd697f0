"""All connections on one page: how each is, what waits, what the last day was like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from panel.db.base import db
from panel.db.tables import Employee, Mailbox, OutlookSettings, Traffic
from panel.domain.health import State
from panel.domain.heartbeats import beats
from panel.domain.people import Actor
from panel.services import alerts, connection_health
from panel.services.connection_health import Report
from panel.services.paging import SIZE, Page
from panel.services.sync.traffic import FOR_EVER

DAY = timedelta(hours=24)
# Who needs somebody comes first.
ORDER = (State.ACTION_NEEDED, State.DECISION_NEEDED, State.DELAYED)


@dataclass(frozen=True)
class Line:
    """One linked account. `beats` is its last day; `told_at` when its employee was last told."""

    person: Employee
    report: Report
    beats: list[str]
    told_at: datetime | None


@dataclass(frozen=True)
class Figures:
    """The numbers of all connections together.

    `waiting` changes, the oldest `since`; requests of the last day, of which Microsoft slowed
    `throttled`; `drift` is what the last full comparisons found to differ in `entries`, the
    latest of them at `compared_at`. `expires` is when the client secret does, as typed.
    """

    connected: int
    employees: int
    waiting: int
    since: datetime | None
    parked: int
    requests: int
    throttled: int
    drift: int
    entries: int
    compared_at: datetime | None
    expires: date | None


@dataclass(frozen=True)
class Overview:
    """The page: figures, the connections searched for, and who has not connected."""

    figures: Figures
    lines: Page[Line]
    unconnected: list[str]


def overview(by: Actor, *, now: datetime, search: str = "", page: int = 1) -> Overview:
    """Return how the connections are, those that need somebody first. Raises NotAllowed."""
    by.must_be_in_back_end()
    people = {one.id: one for one in db.session.scalars(select(Employee))}
    reports = connection_health.of_many(list(people), now=now)
    linked = {one: report for one, report in reports.items() if report.connection is not None}
    each = [(people[one], account) for one, report in linked.items() for account in report.each()]
    wanted = [one for one in each if _fits(*one, search)]
    wanted.sort(key=lambda one: (_rank(one[1]), one[0].name.lower(), one[0].id))
    number = min(max(1, page), max(1, -(-len(wanted) // SIZE)))
    shown = wanted[(number - 1) * SIZE : number * SIZE]
    apart = sorted(one.name for one in people.values() if one.active and one.id not in linked)
    active = sum(one.active for one in people.values())
    figures = _figures(list(linked.values()), active, now)
    return Overview(figures, Page(_lines(shown, now), number, SIZE, len(wanted)), apart)


def names() -> dict[int, str]:
    """Return the name of every employee by id."""
    return {one.id: one.name for one in db.session.execute(select(Employee.id, Employee.name))}


def _fits(person: Employee, report: Report, search: str) -> bool:
    assert report.connection is not None
    known = f"{person.name} {report.connection.address}".lower()
    return all(word in known for word in search.lower().split())


def _rank(report: Report) -> int:
    state = report.health.state
    return ORDER.index(state) if state in ORDER else len(ORDER)


def _lines(shown: list[tuple[Employee, Report]], now: datetime) -> list[Line]:
    links = [one.connection for _, one in shown if one.connection is not None]
    days = _days({one.mailbox_id for one in links})
    told = alerts.told([person.id for person, _ in shown])
    found = []
    for (person, report), link in zip(shown, links, strict=True):
        drawn = beats(days.get(link.mailbox_id, {}), since=link.since, now=now)
        found.append(Line(person, report, drawn, told.get(person.id)))
    return found


def _days(mailbox_ids: Collection[int]) -> dict[int, dict[datetime, tuple[int, int]]]:
    """Rounds and failures by mailbox and half hour."""
    rows = db.session.execute(
        select(Traffic.mailbox_id, Traffic.since, Traffic.rounds, Traffic.failures).where(
            Traffic.mailbox_id.in_(mailbox_ids), Traffic.since > FOR_EVER
        )
    )
    found: dict[int, dict[datetime, tuple[int, int]]] = {}
    for mailbox_id, since, rounds, failures in rows:
        found.setdefault(mailbox_id, {})[since] = (rounds, failures)
    return found


def _figures(linked: list[Report], employees: int, now: datetime) -> Figures:
    boxes = {account.link.mailbox_id for one in linked for account in one.accounts}
    asked = select(func.sum(Traffic.requests), func.sum(Traffic.throttled))
    requests, throttled = db.session.execute(asked.where(Traffic.since > now - DAY)).one()
    compared = select(func.sum(Mailbox.last_drift), func.max(Mailbox.compared_at))
    drift, compared_at = db.session.execute(compared.where(Mailbox.id.in_(boxes))).one()
    settings = db.session.get(OutlookSettings, 1)
    return Figures(
        connected=len(linked),
        employees=employees,
        waiting=sum(one.copies.waiting for one in linked),
        since=min((one.copies.since for one in linked if one.copies.since), default=None),
        parked=sum(one.copies.parked for one in linked),
        requests=int(requests or 0),
        throttled=int(throttled or 0),
        drift=int(drift or 0),
        entries=sum(one.copies.there for one in linked),
        compared_at=compared_at,
        expires=settings.secret_expires if settings is not None else None,
    )
