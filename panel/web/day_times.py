"""The day beside a form that asks for a time: free starts to pick, and what takes the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from typing import NamedTuple

from flask import request
from werkzeug.datastructures import MultiDict

from panel.domain.errors import PanelError
from panel.domain.moments import day_span
from panel.domain.schedule import Span, joined
from panel.services import day_times as services
from panel.services.appointments import MOST, Appointment
from panel.services.day_times import DayTimes
from panel.services.free_times import Search
from panel.services.managing import length_of
from panel.web.appointment_forms import AppointmentForm, WhenForm
from panel.web.days import block_words
from panel.web.forms import Form
from panel.web.lists import YEARS
from panel.web.session import by, now
from panel.web.words import clock, span, wall, zone


class Pick(NamedTuple):
    """A free start: as its button says it, and as the field for the time takes it."""

    words: str
    value: str
    picked: bool


class Row(NamedTuple):
    """Free starts in a row, or something that takes time: when, what, and a word more."""

    free: tuple[Pick, ...]
    when: str = ""
    what: str = ""
    more: str = ""


class Shown(NamedTuple):
    """What templates/appointments/times.html shows; `note` says why nothing is free."""

    day: date
    lead: str = ""
    note: str = ""
    rows: tuple[Row, ...] = ()


def is_look(form: Form) -> bool:
    """Say whether a form was sent only to be drawn anew; a time picked there is written in."""
    picked = request.form.get("pick")
    if picked is not None and isinstance(form, WhenForm):
        # As if it had been typed, so that nonsense is shown as nonsense.
        form.time.process(MultiDict({form.time.name: picked}))
    return picked is not None or "look" in request.form


def of_new(form: AppointmentForm) -> Shown | None:
    """Return the day of a new appointment, once its form says what, when and with whom."""
    day, what, who = form.date.data, form.chosen("service"), form.chosen("employee")
    if not (day and what and who):
        return None
    persons = min(max(1, form.persons.data or 1), MOST)
    return _shown(form, Search(what, day, zone=zone(), employee_id=who, persons=persons))


def of_move(form: WhenForm, appointment: Appointment) -> Shown | None:
    """Return the day to which an appointment may move; its own time counts as free."""
    day, who, lasts = form.date.data, appointment.employee_id, length_of(appointment)
    if not day:
        return None
    wish = Search(
        appointment.service_id, day, zone=zone(), employee_id=who, moving=appointment.id,
        lasts=lasts,
    )  # fmt: skip
    return _shown(form, wish)


def _shown(form: WhenForm, wish: Search) -> Shown | None:
    if wish.first.year not in YEARS:
        return None
    try:
        found = services.look(wish, by=by(), now=now())
    except PanelError as refused:
        return Shown(wish.first, note=str(refused))
    return Shown(wish.first, _lead(found, wish), _note(found, wish), _rows(found, form, wish))


def _lead(found: DayTimes, wish: Search) -> str:
    """You work 09:00–12:00 and 13:00–17:00."""
    day = _day(wish)
    opens = joined(one for day in found.days for one in day.work)
    hours = [span(one.starts, one.ends) for one in opens if one.overlaps(day)]
    if not hours:
        return ""
    who = "You work" if by().is_employee(wish.employee_id) else f"{found.name} works"
    whole = any(one.holds(day) for one in opens)
    return f"{who} {'all day' if whole else ' and '.join(hours)}."


def _note(found: DayTimes, wish: Search) -> str:
    if found.free:
        return ""
    if _day(wish).ends <= now():
        return "This day has passed."
    return found.closed or "Nothing is free any more on this day."


def _day(wish: Search) -> Span:
    return Span(*day_span(wish.first, zone()))


def _rows(found: DayTimes, form: WhenForm, wish: Search) -> tuple[Row, ...]:
    """Put free and taken times in order, free ones next to each other into one row."""
    day, chosen = _day(wish), form.time.data
    taken = [
        (one, Row((), "All day" if one.holds(day) else span(one.starts, one.ends), *words))
        for one, words in _taken(found)
        if one.overlaps(day) and one.ends > now()
    ]
    free = [(Span(one, one), Row((_pick(one, chosen),))) for one in found.free]
    ordered = sorted([*taken, *free], key=lambda pair: pair[0].starts)
    rows: list[Row] = []
    for is_free, group in groupby((row for _, row in ordered), key=lambda row: bool(row.free)):
        some = list(group)
        rows += [Row(tuple(one.free[0] for one in some))] if is_free else some
    return tuple(rows)


def _pick(instant: datetime, chosen: time | None) -> Pick:
    value = f"{wall(instant):%H:%M}"
    return Pick(clock(instant), value, chosen is not None and f"{chosen:%H:%M}" == value)


def _taken(found: DayTimes) -> Iterator[tuple[Span, tuple[str, str]]]:
    """Say what takes the employee's time, as far as the reader may know."""
    for visit in found.window.visits:
        around = visit.around
        more = f"kept free {span(around.starts, around.ends)}" if around != visit.span else ""
        yield visit.span, (f"Appointment with {visit.customer}", more)
    for event in found.window.happenings:
        yield event.span, (event.name, "")
    for block in found.window.blocks:
        if block.blocking:
            yield block.span, (block_words(block), "")
    for held in found.window.held:
        yield held.span, ("Kept free until a question is answered", "")
    for day in found.days:
        for pause in day.breaks:
            yield pause, ("Break", "")
