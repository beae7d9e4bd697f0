"""The linked accounts on the card: one row for each, where there are several."""

from __future__ import annotations

from dataclasses import dataclass

from panel.domain.health import State
from panel.services import connections
from panel.services.connection_health import Account, Report
from panel.services.connection_rows import Link
from panel.web.outlook.buttons import CardAction, leave, sign_in_again
from panel.web.outlook.place import Place
from panel.web.outlook.sentences import Said, Voice, said
from panel.web.session import now
from panel.web.words import day_time, today, wall

# What is said of the person's calendars as a whole already.
CALM = (State.UP_TO_DATE, State.CATCHING_UP, State.PAUSED, State.NOT_AVAILABLE)


@dataclass(frozen=True)
class AccountRow:
    """One account among several: whose, how it is, and what can be done about it alone."""

    name: str
    address: str
    kind: str
    state: str
    words: str
    actions: tuple[CardAction, ...]


@dataclass(frozen=True)
class Rest:
    """What could not be removed from an account: its address, lines, and how to be done with it."""

    address: str
    lines: tuple[str, ...]
    done: CardAction


def rows(report: Report, place: Place, voice: Voice, *, may: bool) -> tuple[AccountRow, ...]:
    """The accounts, in the order in which they were linked; none where it is only one."""
    if len(report.accounts) < 2:
        return ()
    return tuple(_row(one, place, voice, may=may) for one in report.accounts)


def kind_of(link: Link) -> str:
    """What kind of account it is, and since when it is linked."""
    since = wall(link.since)
    year = "" if since.year == today().year else f" {since.year}"
    return f"{link.kind.capitalize()} account, connected on {since.day} {since:%B}{year}"


def rests(employee_id: int, place: Place) -> tuple[Rest, ...]:
    """What stands in accounts that were left, though it was to be removed."""
    return tuple(
        Rest(
            one.address,
            tuple(f"{title}, {day_time(starts)}" for title, starts in one.entries),
            CardAction("Done", place.to("see_to_the_rest", connection_id=one.connection_id)),
        )
        for one in connections.left_behind(employee_id, now=now())
    )


def _row(account: Account, place: Place, voice: Voice, *, may: bool) -> AccountRow:
    link = account.link
    again = (sign_in_again(place),) if account.refused and link.state == "active" else ()
    return AccountRow(
        link.name,
        link.address,
        kind_of(link),
        account.health.state.value,
        _words(account, voice),
        (*again, leave(place, link.id)) if may else (),
    )


def _words(account: Account, voice: Voice) -> str:
    state = account.health.state
    if state in CALM:
        return ""
    done = (0, 0)
    if state is State.LEAVING:
        done = connections.removed(account.link.id, now=now())
    words: Said = said(Report(account.health, account.link, account.copies), voice, done)
    return f"{words.strong} {words.sentence}".strip()
