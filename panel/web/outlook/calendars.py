"""The calendars on the card: which one is written, and which block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from panel.domain.health import State
from panel.services import calendar_choices
from panel.services.calendar_choices import Kept
from panel.services.connection_health import Report
from panel.web.outlook.place import Place
from panel.web.outlook.sentences import Voice, not_read
from panel.web.session import now

HEX = re.compile("#[0-9a-fA-F]{6}")
# What Outlook calls its own colours, as it draws them.
NAMED = {
    "lightblue": "#a6d1f5", "lightgreen": "#87d28e", "lightorange": "#fcab73",
    "lightgray": "#c0c0c0", "lightyellow": "#f5e267", "lightteal": "#4adacc",
    "lightpink": "#f08cc0", "lightbrown": "#cba287", "lightred": "#f88c9b",
}  # fmt: skip


@dataclass(frozen=True)
class CalendarChoice:
    """One calendar of a linked account. `color` is as in Outlook, or empty."""

    id: int
    name: str
    color: str
    writable: bool
    written: bool
    blocking: bool
    account: str


@dataclass(frozen=True)
class CalendarChoices:
    """Which calendar is written and which block; of each that is not read, what to say.

    `accounts` are the addresses with their calendars, the address empty where it is only one.
    `written` is the name of the one that is written.
    """

    href: str
    calendars: tuple[CalendarChoice, ...]
    accounts: tuple[tuple[str, tuple[CalendarChoice, ...]], ...]
    help: str
    editable: bool
    missing: bool
    written: str
    unread: tuple[tuple[str, str], ...] = ()


def choices_of(report: Report, place: Place, voice: Voice, *, may: bool) -> CalendarChoices | None:
    """What can be chosen; nothing where no account is linked, or nothing is synced."""
    linked = report.connection
    if linked is None or report.health.state in (State.PAUSED, State.LEAVING):
        return None
    kept = calendar_choices.kept(linked.employee_id)
    found = tuple(
        CalendarChoice(
            one.id, one.name, drawn(one.color), one.writable, one.written, one.blocking, one.account
        )
        for one in kept
        if one.gone_since is None
    )
    written = next((one.name for one in found if one.written and one.writable), "")
    help_ = (
        "Appointments and events appear there. "
        "Choose another one, and the upcoming entries move to it; past ones stay."
    )
    return CalendarChoices(
        place.to("calendars"), found, _by_account(found), help_, may, not written, written,
        tuple(_unread(report, kept, voice)),
    )  # fmt: skip


def drawn(color: str) -> str:
    """The colour of a calendar for drawing, or nothing where Outlook leaves it open."""
    if HEX.fullmatch(color):
        return color
    return NAMED.get(color.lower(), "")


def _by_account(
    found: Sequence[CalendarChoice],
) -> tuple[tuple[str, tuple[CalendarChoice, ...]], ...]:
    groups = [(account, tuple(some)) for account, some in groupby(found, lambda one: one.account)]
    return tuple(groups) if len(groups) > 1 else (("", tuple(found)),)


def _unread(report: Report, kept: Sequence[Kept], voice: Voice) -> list[tuple[str, str]]:
    told = []
    for account in report.accounts:
        link = account.link
        its = [one for one in kept if one.mailbox_id == link.mailbox_id]
        found = calendar_choices.troubled(its, link.pulled_at, link.round_due, now=now())
        told += [not_read(one, voice) for one in found]
    return told
