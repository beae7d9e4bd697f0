"""Numbers for whoever watches: read from the database, so that every process says the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from panel.db.base import db
from panel.db.tables import Alert, Connection, Mail, Mailbox, Traffic
from panel.services import connection_health
from panel.services.sync.traffic import COUNTED

_LINKED = select(Connection.employee_id).where(Connection.state != "ended")
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Metric:
    """One metric of the text format: counter, gauge or summary, and its samples.

    A sample is the rest of its name (mostly ""), its labels and its value.
    """

    name: str
    kind: str
    words: str
    samples: tuple[tuple[str, Labels, float], ...]


def gathered(*, now: datetime) -> list[Metric]:
    """Return all metrics. Counters never fall; instants are as of `now`."""
    return [*_connections(now), *_traffic(), *_others(now)]


def _connections(now: datetime) -> list[Metric]:
    linked = list(db.session.scalars(_LINKED))
    reports = list(connection_health.of_many(linked, now=now).values()) if linked else []
    states = Counter(one.health.state.value for report in reports for one in report.each())
    copies = [one.copies for one in reports]
    oldest = min((one.since for one in copies if one.since), default=now)
    by_state = tuple(("", (("state", name),), count) for name, count in sorted(states.items()))
    return [
        Metric("panel_connections", "gauge", "Connected accounts by state.", by_state),
        _gauge(
            "panel_changes_waiting",
            "Changes not in Outlook yet.",
            sum(one.waiting for one in copies),
        ),
        _gauge(
            "panel_changes_oldest_seconds",
            "Age of the change that waits longest.",
            max(0.0, (now - oldest).total_seconds()),
        ),
        _gauge(
            "panel_changes_parked",
            "Changes that Outlook refused.",
            sum(one.parked for one in copies),
        ),
        _gauge("panel_entries", "Our entries in all Outlooks.", sum(one.there for one in copies)),
    ]


def _traffic() -> list[Metric]:
    row = db.session.execute(select(*(func.sum(getattr(Traffic, name)) for name in COUNTED))).one()
    found = {name: int(value or 0) for name, value in zip(COUNTED, row, strict=True)}
    seconds = found["milliseconds"] / 1000
    asked = (("_sum", (), seconds), ("_count", (), found["requests"]))
    drift = db.session.scalar(select(func.sum(Mailbox.drift))) or 0
    return [
        Metric(
            "panel_outlook_request_seconds",
            "summary",
            "Time that Microsoft Graph took to answer.",
            asked,
        ),
        _counter(
            "panel_outlook_throttled", "Requests that Microsoft slowed down.", found["throttled"]
        ),
        _counter("panel_outlook_rounds", "Complete readings of a mailbox.", found["rounds"]),
        _counter("panel_outlook_pushes", "Changes confirmed in Outlook.", found["pushes"]),
        _counter(
            "panel_outlook_failures", "Visits to a mailbox that were broken off.", found["failures"]
        ),
        _counter(
            "panel_outlook_drift", "Differences that only full comparisons found.", int(drift)
        ),
    ]


def _others(now: datetime) -> list[Metric]:
    mails = (
        select(func.count()).select_from(Mail).where(Mail.status == "waiting", Mail.due_at <= now)
    )
    alerts = select(func.count()).select_from(Alert).where(Alert.ended_at.is_(None))
    return [
        _gauge(
            "panel_mails_waiting", "Mails that are due and not sent.", db.session.scalar(mails) or 0
        ),
        _gauge(
            "panel_alerts",
            "Connections that somebody must put right.",
            db.session.scalar(alerts) or 0,
        ),
    ]


def _gauge(name: str, words: str, value: float) -> Metric:
    return Metric(name, "gauge", words, (("", (), value),))


def _counter(name: str, words: str, value: float) -> Metric:
    return Metric(f"{name}_total", "counter", words, (("", (), value),))
