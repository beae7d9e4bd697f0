"""The Outlook card: all that it shows, as plain values for parts/outlook.html."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session

from panel.domain.health import State
from panel.services import comparing, connecting, connections, logins
from panel.services.calendar import Person
from panel.services.comparing import Preview
from panel.services.connection_health import Report
from panel.services.employees import About, Employee
from panel.services.upcoming import upcoming
from panel.web.outlook.accounts import AccountRow, Rest, kind_of, rests, rows
from panel.web.outlook.buttons import CONNECT, CardAction, actions, add, leave
from panel.web.outlook.calendars import CalendarChoices, choices_of
from panel.web.outlook.moves import differences, moving
from panel.web.outlook.place import Place
from panel.web.outlook.sentences import Said, Voice, said
from panel.web.outlook.waiting import Waits, waits_for
from panel.web.session import by, now

QUICK, CALM = 3, 30
NOTE = "outlook_note"
MOVING = {State.IMPORTING, State.CATCHING_UP, State.LEAVING}


@dataclass(frozen=True)
class Compared:
    """What a comparison found: its words, and the buttons that write it or leave it."""

    words: str
    ready: bool
    answers: tuple[CardAction, ...] = ()


@dataclass(frozen=True)
class OutlookCard:
    """All that the Outlook card shows; times are ready words.

    `accounts` where there are several. `backfill`: the form to which the choice belongs of what
    is written after connecting. `rests`: what was to be removed from accounts and is there.
    """

    state: str
    sentence: str
    mark: str = ""
    name: str = ""
    address: str = ""
    kind: str = ""
    strong: str = ""
    detail: str = ""
    progress: tuple[int, int] | None = None
    counted: str = ""
    choices: CalendarChoices | None = None
    actions: tuple[CardAction, ...] = ()
    leave: CardAction | None = None
    add: CardAction | None = None
    note: str = ""
    refresh: str = ""
    refresh_seconds: int = CALM
    waits: Waits | None = None
    accounts: tuple[AccountRow, ...] = ()
    backfill: str = ""
    compared: Compared | None = None
    rests: tuple[Rest, ...] = ()


def card_of(employee: Employee | About, place: Place, report: Report) -> OutlookCard | None:
    """The card of one employee as it stands now; None while the owner has switched it off."""
    if report.health.state is State.OFF:
        return None
    may = connecting.may_connect(by(), employee.id)
    voice = voice_for(employee, report)
    choices = choices_of(report, place, voice, may=may)
    done, counted = _progress(report, employee.id)
    moves = counted == MOVES and choices is not None
    words = moving(done, choices.written) if moves else said(report, voice, done)
    several = rows(report, place, voice, may=may)
    compared = _compared(report, place) if may else None
    return OutlookCard(
        state=report.health.state.value,
        **vars(words),
        **({} if several else _linked(report)),
        progress=done if done[1] else None,
        counted=counted,
        choices=choices,
        actions=actions(report, place) if may else (),
        leave=leave(place) if may and report.connection and not several else None,
        add=add(report, place) if may else None,
        note=_note(report, employee, may=may),
        refresh=place.to("card"),
        refresh_seconds=_pace(report, compared),
        waits=waits_for(employee, place) if may else None,
        accounts=several,
        backfill=CONNECT if may and report.health.state is State.NOT_CONNECTED else "",
        compared=compared,
        rests=rests(employee.id, place) if may else (),
    )


def _pace(report: Report, compared: Compared | None) -> int:
    """How often the card looks again, in seconds: soon while something is on its way."""
    comparing = compared is not None and not compared.ready
    return QUICK if comparing or report.health.state in MOVING else CALM


IMPORT, MOVES, REMOVAL = "Import into Outlook", "Moving", "Removing from Outlook"


def _progress(report: Report, employee_id: int) -> tuple[tuple[int, int], str]:
    """What is being counted just now: how much of it is done, of how much, and its name."""
    state, link = report.health.state, report.connection
    if state is State.IMPORTING:
        counted = upcoming(employee_id, now=now())
        return (counted.done, counted.total), IMPORT
    if state is State.CATCHING_UP and report.copies.moving:
        totals = (one.link.move_total or 0 for one in report.accounts)
        total = max(*totals, report.copies.moving)
        return (total - report.copies.moving, total), MOVES
    if state is State.LEAVING and link is not None:
        return connections.removed(link.id, now=now()), REMOVAL
    return (0, 0), ""


def _compared(report: Report, place: Place) -> Compared | None:
    """What a comparison that somebody asked for has found."""
    if report.connection is None or not any(one.link.compare_asked for one in report.accounts):
        return None
    found: Preview | None = comparing.preview(report.connection.employee_id, now=now())
    if found is None:
        return None
    if not found.ready:
        return Compared("Panel is comparing every entry. Nothing is written yet.", False)
    leave_it = CardAction("Leave it as it is", place.to("drop_comparison"))
    if not found.total:
        close = CardAction("Done", place.to("drop_comparison"))
        return Compared("Both calendars agree: there is nothing to write.", True, (close,))
    write = CardAction("Write it to Outlook", place.to("write_again"), kind="primary")
    return Compared(
        f"{differences(found.create, found.update, found.delete)}. What Panel says counts. "
        "Nothing is moved or cancelled here, and no customer is told.",
        True, (write, leave_it),
    )  # fmt: skip


def voice_for(employee: Employee | About | Person, report: Report) -> Voice:
    """Speak to the person themselves, and to others about them by their first name."""
    names_owner = report.health.state in (State.NOT_AVAILABLE, State.DELAYED)
    owner = logins.owner_name() if names_owner and not by().is_owner else ""
    mine = by().is_employee(employee.id)
    return Voice("" if mine else employee.name.split()[0], owner)


def short(report: Report, employee: Employee | About) -> Said:
    """What the card that leads to the next page says."""
    return said(report, voice_for(employee, report))


def _linked(report: Report) -> dict[str, str]:
    linked = report.connection
    if linked is None:
        return {}
    return {"name": linked.name, "address": linked.address, "kind": kind_of(linked)}


def _note(report: Report, employee: Employee | About, *, may: bool) -> str:
    if not may:
        return f"Only the owner and {employee.name} can connect or disconnect."
    if said_once := session.pop(NOTE, ""):
        return str(said_once)
    if report.health.state is State.NOT_CONNECTED:
        return "You sign in at Microsoft and come back here."
    return ""
