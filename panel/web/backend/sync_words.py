"""What the page of sync health says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for

from panel.domain.health import State, Why
from panel.domain.heartbeats import CHECKED, FAILED, NONE
from panel.services.sync_health import Figures, Line
from panel.web.outlook.card import voice_for
from panel.web.outlook.sentences import said
from panel.web.session import by, now
from panel.web.words import clock, day_time, plural, today, wall

Figure = tuple[str, str, str]
HINTS = {
    Why.SIGN_IN: "sign in again",
    Why.REGISTRATION: "sign in again",
    Why.CALENDAR: "choose a calendar",
    Why.QUESTIONS: "changed in Outlook",
    Why.DIFFER: "entries differ",
    Why.INSTALLATION: "restored or copied",
    Why.APPLICATION: "registration refused",
}


@dataclass(frozen=True)
class Entry:
    """One linked account as the page shows it. `duty` says that somebody must act.

    `account` is its address where its employee has several.
    """

    employee_id: int
    name: str
    address: str
    tone: int
    href: str
    state: str
    mark: str
    hint: str
    words: str
    detail: str
    checked: datetime | None
    waiting: int
    parked: int
    since: datetime | None
    beats: list[str]
    beat_words: str
    duty: bool
    remind: bool
    account: str


def entry(line: Line) -> Entry:
    """Say how one linked account is."""
    link, copies, health = line.report.connection, line.report.copies, line.report.health
    assert link is not None
    person = line.person
    words = said(line.report, voice_for(person, line.report))
    duty = health.state is State.ACTION_NEEDED
    return Entry(
        person.id, person.name, link.address, person.tone,
        url_for("backend_integrations.outlook", employee_id=person.id),
        health.state.value, words.mark, _hint(line), words.strong or words.sentence,
        f"{words.sentence}{_told(line)}", link.pulled_at,
        copies.waiting, copies.parked, copies.since, line.beats, beat_words(line.beats), duty,
        duty and health.why in (Why.SIGN_IN, Why.REGISTRATION) and not by().is_employee(person.id),
        link.address if len(line.report.accounts) > 1 else "",
    )  # fmt: skip


def _told(line: Line) -> str:
    if line.told_at is None:
        return ""
    near = wall(line.told_at).date() == today()
    when = f"at {clock(line.told_at)}" if near else f"on {day_time(line.told_at)}"
    return f" {line.person.name.split()[0]} was told by mail {when}."


def _hint(line: Line) -> str:
    """Say in three words what stands behind a state."""
    link, why = line.report.connection, line.report.health.why
    if why is Why.PARKED:
        return f"{line.report.copies.parked} refused"
    if line.report.health.state is State.DELAYED and link and link.wait_until:
        return f"next try {clock(link.wait_until)}" if link.wait_until > now() else ""
    return HINTS.get(why, "")


def beat_words(drawn: list[str]) -> str:
    """Say the picture of the last day in words."""
    known = [one for one in drawn if one != NONE]
    good = known.count(CHECKED)
    if good == len(known):
        return f"Checked in {'each' if known else 'none'} of {plural(len(known), 'half hour')}"
    bad = known.count(FAILED)
    late = len(known) - good - bad
    parts = [
        f"{count} {word}"
        for count, word in ((good, "checked"), (late, "late"), (bad, "failed"))
        if count
    ]
    return f"Of {plural(len(known), 'half hour')}: {', '.join(parts)}"


def figures(known: Figures, *, owner: bool) -> list[Figure]:
    """Return word, number and detail of each; the secret only for the owner."""
    oldest = f"oldest {lasting(now() - known.since)}" if known.since else "nothing is late"
    compared = f"of {plural(known.entries, 'entry', 'entries')}"
    found = [
        ("Connected", f"{known.connected:,}", f"of {plural(known.employees, 'employee')}"),
        ("Changes waiting", f"{known.waiting:,}", oldest if known.waiting else "all is there"),
        ("Requests, last 24 hours", f"{known.requests:,}", _slowed(known.throttled)),
        ("Differences last night", f"{known.drift:,}" if known.compared_at else "–",
         compared if known.compared_at else "not compared yet"),
    ]  # fmt: skip
    return [*found, _secret(known)] if owner else found


def lasting(age: timedelta) -> str:
    """4 h 52 min, or 3 d 4 h"""
    minutes = max(0, int(age.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _date(value: date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _slowed(times: int) -> str:
    if not times:
        return "never slowed down"
    return "slowed down once" if times == 1 else f"slowed down {times:,} times"


def _secret(known: Figures) -> Figure:
    if known.expires is None:
        return "Client secret", "–", "no date in Setup"
    left = (known.expires - today()).days
    if left < 0:
        return "Client secret", "Expired", f"on {_date(known.expires)}"
    return "Client secret", plural(left, "day"), f"to {_date(known.expires)}"
