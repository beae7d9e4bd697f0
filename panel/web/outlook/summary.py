"""All connections at a glance, for the first page of the back end and the list of employees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from panel.domain.health import State
from panel.services import connection_health, integration
from panel.services.calendar import Person
from panel.services.connection_health import Report
from panel.services.integration import Brief
from panel.web.addresses import address
from panel.web.outlook.card import voice_for
from panel.web.outlook.sentences import said
from panel.web.session import by, now
from panel.web.words import long_day, today

# Whose connection needs somebody, the gravest first.
TROUBLED = (State.ACTION_NEEDED, State.DECISION_NEEDED, State.DELAYED)
UNCONNECTED = (State.OFF, State.NOT_CONNECTED, State.NOT_AVAILABLE)
WARNED = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One employee whose connection needs somebody."""

    name: str
    href: str
    state: str
    words: str


@dataclass(frozen=True)
class Summary:
    """How many are in each state, who needs somebody, and what the owner must see to.

    `warning`: voice, first words, the rest; or nothing. `withheld`: nothing is sent at all.
    """

    tallies: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    warning: tuple[str, str, str] | None
    withheld: bool = False


def summary(staff: Sequence[Person]) -> Summary | None:
    """Sum up; nothing while Outlook is switched off and nobody is connected."""
    kept = integration.brief()
    reports = connection_health.of_many([one.id for one in staff], now=now(), settings=kept)
    states = Counter(one.health.state for one in reports.values())
    if not set(states) - {State.OFF}:
        return None
    order = (*TROUBLED, *(one for one in State if one not in TROUBLED))
    return Summary(
        tuple((one.value, states[one]) for one in order if states[one] and one is not State.OFF),
        tuple(_lines(staff, reports)),
        _warning(kept),
        kept.withheld,
    )


def unconnected(reports: Mapping[int, Report]) -> list[int]:
    """Who has not connected."""
    return [id for id, one in reports.items() if one.health.state in UNCONNECTED]


def in_need(reports: Mapping[int, Report]) -> list[int]:
    """Whose connection waits for a person."""
    waits = (State.ACTION_NEEDED, State.DECISION_NEEDED)
    return [id for id, one in reports.items() if one.health.state in waits]


def _lines(staff: Sequence[Person], reports: Mapping[int, Report]) -> list[Line]:
    found = []
    for state in TROUBLED:
        for one in staff:
            report = reports[one.id]
            if report.health.state is state:
                href = address("backend_integrations.outlook", employee_id=one.id)
                words = said(report, voice_for(one, report))
                found.append(Line(one.name, href, state.value, words.strong or words.sentence))
    return found


def warning() -> tuple[str, str, str] | None:
    """Say what the owner must see to about the registration, if anything."""
    return _warning(integration.brief())


def _warning(kept: Brief) -> tuple[str, str, str] | None:
    if not by().is_owner or not kept.enabled:
        return None
    if kept.refused_at is not None:
        rest = "It has expired or was mistyped. Make a new one at Microsoft and put it into Setup. "
        return "act", "Microsoft refuses the client secret.", f"{rest}Nobody has to connect again."
    if kept.secret_expires is not None and kept.secret_expires - today() <= WARNED:
        gone = kept.secret_expires < today()
        verb = "expired" if gone else "expires"
        return (
            "late", f"The client secret {verb} on {long_day(kept.secret_expires)}.",
            "Make a new one at Microsoft and put it into Setup before then. Nobody has to "
            "connect again." if not gone else "Make a new one at Microsoft and put it into Setup.",
        )  # fmt: skip
    return None
