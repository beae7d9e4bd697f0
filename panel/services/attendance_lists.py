"""Read who attends what, and how many places are left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from panel.db.base import ask, db, one_of, reading
from panel.db.tables import Attendance, Event, Occurrence
from panel.domain.attendance import BOOKED, NO_SHOW, OFFERED, WAITING, Answer, answer
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.services import attendance_rows, event_lists
from panel.services.event_rows import MISSING, WHOLE, visible


@dataclass(frozen=True)
class Tally:
    """How full something is: `taken` counts places, `waiting` the parties on the list."""

    taken: int = 0
    waiting: int = 0


# By event and date, or None for all its dates together.
Tallies = dict[tuple[int, int | None], Tally]


@dataclass(frozen=True)
class Attending:
    """Who attends an event, or one date of it: first who has a place, then who waits, then
    who has cancelled; each in the order in which they came."""

    event: Event
    occurrence: Occurrence | None
    rows: list[Attendance]
    may_change: bool


def tallies(event_ids: Collection[int], *, now: datetime) -> Tallies:
    """Count the places taken and the parties waiting, of all these events at once."""
    rows = ask(_TALLIES, ids=list(event_ids), now=now) if event_ids else ()
    return {
        (event, date): Tally(int(places), int(parties)) for event, date, places, parties in rows
    }


def attending(event: Event, occurrence_id: int | None, *, by: Actor) -> Attending:
    """Return who attends an event that `event_lists` gave out. Raises NotThere, RuleBroken."""
    found = attendance_rows.read(reading(), event, occurrence_id)
    order = {WAITING: 1, "cancelled": 2}
    rows = sorted(found.rows, key=lambda one: (order.get(one.status, 0), one.id))
    return Attending(event, found.occurrence, rows, may_change(event, by))


def may_change(event: Event, by: Actor) -> bool:
    """Say whether they may book and cancel places: organizer and staff by permission."""
    people = (one.id for one in event.staff)
    return by.holds("events") and visible(by, event.organizer_id, people)


def one(event_id: int, attendance_id: int, *, by: Actor) -> Attendance:
    """Return one attendance of an event, with its customer. Raises NotThere."""
    event_lists.one(event_id, by=by)
    row = db.session.get(
        Attendance,
        attendance_id,
        options=[joinedload(Attendance.customer), joinedload(Attendance.occurrence)],
        populate_existing=True,
    )
    if row is None or row.event_id != event_id:
        raise NotThere("There is no such booking.")
    return row


def chance(
    event_id: int, occurrence_id: int | None, *, places: int, now: datetime
) -> tuple[Answer, int]:
    """Say what a customer's wish for places would come to now, and how many are free to them.

    For pages that only look: nothing is held, so the answer may be another when it is booked.
    Raises NotThere, RuleBroken.
    """
    event = db.session.get(Event, event_id, options=WHOLE, populate_existing=True)
    if event is None:
        raise NotThere(MISSING)
    gathering = attendance_rows.read(reading(), event, occurrence_id)
    free = gathering.turn(now).free
    return answer(gathering.door(), places=places, free=free, now=now), max(0, free)


# Built once, from the plain tables: each list of events asks it.
_ATTENDANCE = Attendance.__table__.c
_PROMISED = and_(_ATTENDANCE.status == OFFERED, _ATTENDANCE.offered_until > bindparam("now"))
_TAKEN = or_(one_of(_ATTENDANCE.status, (BOOKED, NO_SHOW)), _PROMISED)
_TALLIES = (
    select(
        _ATTENDANCE.event_id, _ATTENDANCE.occurrence_id,
        func.sum(case((_TAKEN, _ATTENDANCE.places), else_=0)),
        func.sum(case((_ATTENDANCE.status == WAITING, 1), else_=0)),
    )
    .where(_ATTENDANCE.event_id.in_(bindparam("ids", expanding=True)))
    .group_by(_ATTENDANCE.event_id, _ATTENDANCE.occurrence_id)
)  # fmt: skip
