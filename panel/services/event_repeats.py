"""Many dates of an event at once: what stands in the way of each, and adding those wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from panel.db.base import reading, writing
from panel.db.tables import Employee, Event, Occurrence
from panel.domain.conflicts import Conflict, Voice, conflicts
from panel.domain.errors import InTheWay, RuleBroken
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import event_lists
from panel.services.event_rows import STOPS, held
from panel.services.events import Date, must_be_open, people_of, planned, put_in
from panel.services.outbox import Transaction
from panel.services.plans import plans
from panel.services.taken import taken


@dataclass(frozen=True)
class Foreseen:
    """One date as it would be: what stands in the way of whom, or why it cannot be at all."""

    date: Date
    span: Span | None
    in_the_way: tuple[str, ...] = ()
    impossible: str = ""


def foreseen(event_id: int, dates: Iterable[Date], *, by: Actor, now: datetime) -> list[Foreseen]:
    """Return these dates with what stands in their way, in the words for whoever asks.

    Raises NotThere, NotAllowed, RuleBroken.
    """
    event = event_lists.one(event_id, by=by)
    by.must("events", event.organizer_id)
    must_be_open(event.status)
    plan = [_planned(event, date) for date in dates]
    rows = [one for one in plan if isinstance(one, Occurrence)]
    ways = iter(_in_the_way(reading(), event, rows, now))
    return [_told(date, one, ways, by) for date, one in zip(dates, plan, strict=True)]


def add_dates(
    event_id: int,
    dates: Sequence[Date],
    *,
    anyway: Collection[str] = (),
    by: Actor,
    now: datetime,
) -> Event:
    """Add dates to an event, all or none; `anyway` names the starts of those that are wanted
    over what stands in their way. Raises RuleBroken, InTheWay, NotAllowed, NotThere.
    """
    if not dates:
        raise RuleBroken("Choose at least one date.", "dates")
    with writing() as session:
        event = held(session, event_id, by=by, revision=None)
        must_be_open(event.status)
        event.revision += 1
        rows = [planned(event, date) for date in dates]
        for one, found in zip(rows, _in_the_way(session, event, rows, now), strict=True):
            if found and one.local_start not in anyway:
                raise InTheWay(f"{found[0].told(by.employee_id)} Look again.", found[0].kind)
            put_in(session, event, one, " ".join(w.told(None) for w in found), by=by, now=now)
    return event


def _planned(event: Event, date: Date) -> Occurrence | str:
    """Return the date as a row, or why its wall time does not exist."""
    try:
        return planned(event, date)
    except RuleBroken as refused:
        if refused.field != "time":
            raise
        return str(refused)


def _told(date: Date, one: Occurrence | str, ways: Iterable[list[Conflict]], by: Actor) -> Foreseen:
    if isinstance(one, str):
        return Foreseen(date, None, impossible=one)
    said = tuple(conflict.told(by.employee_id) for conflict in next(iter(ways)))
    return Foreseen(date, Span(one.starts, one.ends), said)


def _in_the_way(
    session: Transaction, event: Event, rows: Sequence[Occurrence], now: datetime
) -> list[list[Conflict]]:
    """Return what stands in the way of each date, the same queries however many there are."""
    found: list[list[Conflict]] = [[] for _ in rows]
    if not rows:
        return found
    around = Span(min(one.starts for one in rows), max(one.ends for one in rows))
    people = sorted(people_of(event))
    hours = plans(session, people)
    for employee_id in people:
        employee = session.get_one(Employee, employee_id)
        voice = Voice(employee_id, employee.name, employee.zone)
        others = taken(session, employee_id, around, ignoring=None, busy=True)
        for number, one in enumerate(rows):
            wish = Span(one.starts, one.ends)
            stops = conflicts(voice, hours[employee_id], others, wish, wish, now)
            found[number] += [stop for stop in stops if stop.kind in STOPS]
    return found
