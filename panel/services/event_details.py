"""What an event is, apart from its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from panel.db.tables import Attendance, Employee, Event
from panel.domain.attendance import HELD, MOST_PLACES, OPEN, counted
from panel.domain.errors import RuleBroken
from panel.domain.words import line, whole
from panel.services.outbox import Transaction

MOST_PRICE = 100_000_000
A_YEAR = 525_600


@dataclass(frozen=True)
class Details:
    """What an event is; `staff` are the employees who help the organizer.

    `price` in hundredths for one place. Customers see it where `shown`, and can book up to
    `most_places` at once from `opens_at` (None: at once) until so many minutes before it
    starts. A `whole` event is booked with all its dates, others date by date.
    """

    name: str
    organizer_id: int
    staff: frozenset[int] = frozenset()
    description: str = ""
    place: str = ""
    tone: int = 2
    capacity: int = 1
    shown: bool = True
    whole: bool = False
    price: int | None = None
    most_places: int = 1
    opens_at: datetime | None = None
    closes_minutes: int = 0
    waiting_list: bool = False


def fill(session: Transaction, event: Event, plan: Details) -> None:
    """Write the plan into the row, in the caller's transaction. Raises RuleBroken."""
    _give(session, event, plan)
    _allow(session, event, plan)
    event.name = line(plan.name, "name", "the event a name")
    event.description = plan.description.strip()
    event.place = line(plan.place, "place", "a place", most=200, needed=False)
    event.tone = whole(plan.tone, "tone", least=1, most=8, unit="colours")
    event.capacity = whole(plan.capacity, "capacity", least=1, most=MOST_PLACES, unit="places")
    event.most_places = whole(
        plan.most_places, "most_places", least=1, most=MOST_PLACES, unit="places"
    )
    event.closes_minutes = whole(
        plan.closes_minutes, "closes_minutes", least=0, most=A_YEAR, unit="minutes"
    )
    if plan.price is not None and not 0 <= plan.price <= MOST_PRICE:
        raise RuleBroken("Give a price from 0 to 1,000,000, or none.", "price")
    event.price, event.opens_at = plan.price, plan.opens_at
    event.shown, event.whole, event.waiting_list = plan.shown, plan.whole, plan.waiting_list


def _give(session: Transaction, event: Event, plan: Details) -> None:
    people = {
        one.id: one
        for one in session.scalars(
            select(Employee).where(Employee.id.in_({plan.organizer_id, *plan.staff}))
        )
    }
    organizer = people.pop(plan.organizer_id, None)
    if organizer is None:
        raise RuleBroken("Choose an organizer.", "organizer")
    event.organizer, event.organizer_id = organizer, organizer.id
    event.staff = sorted(people.values(), key=lambda one: one.name)


def _allow(session: Transaction, event: Event, plan: Details) -> None:
    """Refuse what would take away a place that somebody has."""
    if event.id is None:
        return
    if plan.whole != event.whole and _fullest(session, event, OPEN):
        raise RuleBroken(
            "Somebody has booked already, so how it is booked cannot be changed.", "whole"
        )
    taken = _fullest(session, event, HELD)
    if plan.capacity < taken:
        raise RuleBroken(f"{counted(taken)} taken already. Cancel some first.", "capacity")


def _fullest(session: Transaction, event: Event, statuses: tuple[str, ...]) -> int:
    """Return the places taken where the most are: of a date, or of all dates together."""
    places = (
        select(func.sum(Attendance.places))
        .where(Attendance.event_id == event.id, Attendance.status.in_(statuses))
        .group_by(Attendance.occurrence_id)
    )
    return max((int(one) for one in session.scalars(places)), default=0)
