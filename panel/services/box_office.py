"""What customers see of events before they choose: which there are, and what places are left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from panel.db.base import db
from panel.db.tables import Attendance, Event, Occurrence
from panel.domain.attendance import HELD, WAITING, Answer, answer
from panel.domain.errors import NotThere
from panel.services.attendance_rows import Gathering

# By event and date, or None for all its dates together.
_Rows = defaultdict[tuple[int, int | None], list[Attendance]]
GONE = "There is no such event, or it cannot be booked at the moment."


@dataclass(frozen=True)
class Seats:
    """The places at one date of an event, or at all its dates together (`occurrence` None).

    `free` are those that a customer could have at `now`.
    """

    gathering: Gathering
    free: int
    now: datetime

    @property
    def occurrence(self) -> Occurrence | None:
        return self.gathering.occurrence

    @property
    def id(self) -> int | None:
        """The id of the date, or None for all dates together."""
        return self.occurrence.id if self.occurrence else None

    @property
    def dates(self) -> list[Occurrence]:
        """Return the dates, in their order."""
        return self.gathering.dates

    @property
    def opens_at(self) -> datetime | None:
        return self.gathering.event.opens_at

    def answer(self, places: int = 1) -> Answer:
        """Say what a customer's wish for so many places would come to."""
        return answer(self.gathering.door(), places=places, free=self.free, now=self.now)

    @property
    def can_be_chosen(self) -> bool:
        """Say whether a place can be booked or waited for."""
        return self.answer() in (Answer.BOOK, Answer.WAIT)


@dataclass(frozen=True)
class Shown:
    """One event, with the places at each of its dates to come, the next one first."""

    event: Event
    seats: tuple[Seats, ...]

    @property
    def next(self) -> Seats | None:
        """The first date with a place, else the first with a waiting list."""
        by_answer = {one.answer(): one for one in reversed(self.seats)}
        return by_answer.get(Answer.BOOK) or by_answer.get(Answer.WAIT)

    def at(self, occurrence_id: int | None) -> Seats | None:
        """Return the places at one date, or None where it has no such date to come."""
        return next((one for one in self.seats if one.id == occurrence_id), None)


def bookable(*, now: datetime) -> list[Shown]:
    """Return the events that can be booked or waited for, the next one first."""
    events = db.session.scalars(_shown(now)).unique().all()
    return [one for one in _with_seats(events, now) if one.next]


def opened(event_id: int, *, now: datetime) -> Shown:
    """Return one event that customers may see and that has a date to come. Raises NotThere."""
    events = db.session.scalars(_shown(now).where(Event.id == event_id)).unique().all()
    if not events:
        raise NotThere(GONE)
    return _with_seats(events, now)[0]


def _shown(now: datetime) -> Select[Event]:
    to_come = (Occurrence.event_id == Event.id, Occurrence.status == "open")
    first = select(func.min(Occurrence.starts)).where(*to_come, Occurrence.starts > now)
    return (
        select(Event)
        .where(Event.status == "open", Event.shown, first.scalar_subquery().is_not(None))
        .order_by(first.scalar_subquery(), Event.id)
        .options(joinedload(Event.organizer), selectinload(Event.occurrences))
        .execution_options(populate_existing=True)
    )


def _with_seats(events: Iterable[Event], now: datetime) -> list[Shown]:
    """Count the places of all of them at once."""
    rows = _attendances([one.id for one in events])
    return [Shown(one, tuple(_seats(one, rows, now))) for one in events]


def _seats(event: Event, rows: _Rows, now: datetime) -> Iterable[Seats]:
    coming = [one for one in event.occurrences if one.status == "open" and one.starts > now]
    for date in [None] if event.whole else coming:
        gathering = Gathering(event, date, rows[event.id, date.id if date else None])
        yield Seats(gathering, max(0, gathering.turn(now).free), now)


def _attendances(event_ids: list[int]) -> _Rows:
    found: _Rows = defaultdict(list)
    query = select(Attendance).where(
        Attendance.event_id.in_(event_ids), Attendance.status.in_((*HELD, WAITING))
    )
    for one in db.session.scalars(query.order_by(Attendance.id)):
        found[one.event_id, one.occurrence_id].append(one)
    return found
