"""The Outlook card: all that it shows, as plain values for parts/outlook.html."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session

from panel.domain.health import State
from panel.services import connecting, connections, logins
from panel.services.calendar import Person
from panel.services.connection_health import Report
from panel.services.employees import About, Employee
from panel.services.upcoming import upcoming
from panel.web.outlook.buttons import CardAction, actions, leave
from panel.web.outlook.place import Place
from panel.web.outlook.sentences import Said, Voice, not_read, said
from panel.web.outlook.waiting import Waits, waits_for
from panel.web.session import by, now
from panel.web.words import today, wall

QUICK, CALM = 3, 30
NOTE = "outlook_note"
MOVING = {State.IMPORTING, State.CATCHING_UP, State.LEAVING}


@dataclass(frozen=True)
class CalendarChoice:
    """One calendar of the linked account."""

    id: int
    name: str
    writable: bool
    written: bool
    blocking: bool


@dataclass(frozen=True)
class CalendarChoices:
    """Which calendar is written and which block; of each that is not read, what to say."""

    href: str
    calendars: tuple[CalendarChoice, ...]
    help: str
    editable: bool
    missing: bool
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OutlookCard:
    """All that the Outlook card shows; times are ready words."""

    state: str
    sentence: str
    mark: str = ""
    name: str = ""
    address: str = ""
    kind: str = ""
    strong: str = ""
    detail: str = ""
    progress: tuple[int, int] | None = None
    choices: CalendarChoices | None = None
    actions: tuple[CardAction, ...] = ()
    leave: CardAction | None = None
    note: str = ""
    refresh: str = ""
    refresh_seconds: int = CALM
    waits: Waits | None = None


def card_of(employee: Employee | About, place: Place, report: Report) -> OutlookCard | None:
    """The card of one employee as it stands now; None while the owner has switched it off."""
    if report.health.state is State.OFF:
        return None
    done = (0, 0)
    if report.health.state is State.IMPORTING:
        counted = upcoming(employee.id, now=now())
        done = (counted.done, counted.total)
    may = connecting.may_connect(by(), employee.id)
    voice = voice_for(employee, report)
    words = said(report, voice, done)
    moving = report.health.state in MOVING
    return OutlookCard(
        state=report.health.state.value,
        **vars(words),
        **_linked(report),
        progress=done if done[1] else None,
        choices=_choices(report, place, voice, may=may),
        actions=actions(report, place) if may else (),
        leave=leave(place) if may and report.connection else None,
        note=_note(report, employee, may=may),
        refresh=place.to("card"),
        refresh_seconds=QUICK if moving else CALM,
        waits=waits_for(employee, place) if may else None,
    )


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
    since = wall(linked.since)
    year = "" if since.year == today().year else f" {since.year}"
    kind = f"{linked.kind.capitalize()} account, connected on {since.day} {since:%B}{year}"
    return {"name": linked.name, "address": linked.address, "kind": kind}


def _choices(report: Report, place: Place, voice: Voice, *, may: bool) -> CalendarChoices | None:
    linked = report.connection
    if linked is None or report.health.state in (State.PAUSED, State.LEAVING):
        return None
    kept = connections.kept(linked.mailbox_id)
    calendars = tuple(CalendarChoice(*one[:5]) for one in kept if one.gone_since is None)
    missing = not any(one.written and one.writable for one in calendars)
    help_ = (
        "New appointments and events appear there. "
        "What stands in another calendar stays there and goes on being synced."
    )
    unread = connections.troubled(kept, linked.pulled_at, linked.round_due, now=now())
    told = tuple(not_read(one, voice) for one in unread)
    return CalendarChoices(place.to("calendars"), calendars, help_, may, missing, told)


def _note(report: Report, employee: Employee | About, *, may: bool) -> str:
    if not may:
        return f"Only the owner and {employee.name} can connect or disconnect."
    if said_once := session.pop(NOTE, ""):
        return str(said_once)
    if report.health.state is State.NOT_CONNECTED:
        return "You sign in at Microsoft and come back here."
    return ""
