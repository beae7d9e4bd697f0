"""Appointments in a sequence: what is asked about each date, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from panel.domain.moments import local_text
from panel.domain.states import OPEN
from panel.services import employees, series
from panel.services.appointment_page import Opened
from panel.services.appointments import Appointment
from panel.services.series import Look, Member, Take
from panel.web.appointment_forms import AppointmentForm
from panel.web.session import by, now
from panel.web.words import clock

BOOK, ANYWAY, SKIP = "book", "anyway", "skip"
# Before each date's name, so that they are told from the fields of the form.
CHOICE = "on-"


@dataclass(frozen=True)
class Choice:
    """One date with what can be done about it: pairs of value and words, the chosen one."""

    look: Look
    name: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def looks(form: AppointmentForm) -> list[Choice]:
    """Look at every date that the form asks for. Raises RuleBroken, NotAllowed."""
    wish, zone = form.wish(0), employees.one(form.employee_id, by=by()).zone
    found = series.look(wish, form.days(wish.local_start), by=by(), now=now())
    return [_choice(one, zone) for one in found]


def book(form: AppointmentForm) -> list[Appointment]:
    """Book the dates that were chosen. Raises RuleBroken, InTheWay, NotAllowed."""
    takes = chosen()
    wish = form.wish(form.customer_id(by=by(), now=now()), repr(takes))
    return series.book(wish, takes, by=by(), now=now())


def chosen() -> list[Take]:
    """Return the dates that are wanted, each at its own or at another time."""
    found = []
    for name, value in request.form.items():
        if name.startswith(CHOICE) and value != SKIP:
            own = value in (BOOK, ANYWAY)
            start = name.removeprefix(CHOICE) if own else value
            found.append(Take(start, anyway=value == ANYWAY))
    return found


def kept() -> list[tuple[str, str]]:
    """Return what was typed into the form before the dates were chosen."""
    pairs = request.form.items(multi=True)
    return [one for one in pairs if one[0] != "csrf_token" and not one[0].startswith(CHOICE)]


def later(opened: Opened) -> list[Member]:
    """Return those of its series that begin with this one and can still be cancelled."""
    from_then = (one for one in opened.series if one.starts >= opened.appointment.starts)
    return [one for one in from_then if one.status in OPEN]


def _choice(look: Look, zone: str) -> Choice:
    name = CHOICE + look.local_start
    options = _options(look, zone)
    wanted = request.form.get(name, "")
    chosen = wanted if wanted in dict(options) else options[0][0]
    return Choice(look, name, options, chosen)


def _options(look: Look, zone: str) -> tuple[tuple[str, str], ...]:
    skip = (SKIP, "Leave it out")
    if look.impossible:
        return (skip,)
    if not look.in_the_way:
        return ((BOOK, "Book it"), skip)
    instead = look.instead
    other = ((local_text(instead, zone), f"Take {clock(instead)}"),) if instead else ()
    return (skip, *other, (ANYWAY, "Book anyway"))
