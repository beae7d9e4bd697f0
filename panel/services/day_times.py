"""One day as staff see it who look for a time: what is free, and what takes the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from panel.db.base import reading
from panel.domain.moments import day_span
from panel.domain.open_hours import instant_of
from panel.domain.people import Actor
from panel.domain.schedule import Day, Span
from panel.services import calendar
from panel.services.availability import all_conflicts
from panel.services.calendar import Window
from panel.services.free_times import Search, search_in
from panel.services.offering import employee_who_offers
from panel.services.outbox import Transaction
from panel.services.plans import plans

NOON = timedelta(hours=12)
# What can be said of a whole day: without work hours, and with them.
WHOLE_DAY, BOOKED_UP = ("day_off", "outside_hours"), ("day_full",)


@dataclass(frozen=True)
class DayTimes:
    """When a service can start on one day (`free`, aware UTC), and what is in the way elsewhere.

    `window` holds what takes the employee's time, `days` the plan of that service in their own
    zone. `closed` is the sentence why a rule forbids the whole day, or empty.
    """

    name: str
    free: tuple[datetime, ...]
    window: Window
    days: Sequence[Day]
    closed: str = ""


def look(wish: Search, *, by: Actor, now: datetime) -> DayTimes:
    """Look at the first day of a search by staff for one employee; `moving` counts as away.

    Titles of what is in Outlook come only to the employee whose calendar it is. Raises
    RuleBroken, NotAllowed, NotThere.
    """
    session, whose = reading(), wish.employee_id or 0
    by.must("appointments", whose)
    wish = replace(wish, days=1, staff=True)
    offered = employee_who_offers(session, whose, wish.service_id)
    day = Span(*day_span(wish.first, wish.zone))
    found = search_in(session, wish, now=now).employees
    free = tuple(instant_of(one) for theirs in found for one in theirs.minutes)
    window = calendar.read(by, day.starts, day.ends, employee_id=whose)
    plan = plans(session, [whose])[whose].only(wish.service_id)
    days = plan.days(day.starts, day.ends)
    closed = "" if free else _closed(session, wish, day, days, by, now)
    return DayTimes(offered.employee.name, free, _without(window, wish.moving), days, closed)


def _without(window: Window, moving: int | None) -> Window:
    """Leave out the appointment that is to be moved, and what is kept free for it."""
    return replace(
        window,
        visits=[one for one in window.visits if one.id != moving],
        held=[one for one in window.held if (one.subject, one.subject_id) != _named(moving)],
    )


def _named(moving: int | None) -> tuple[str, int | None]:
    return "appointment", moving


def _closed(
    session: Transaction, wish: Search, day: Span, days: Sequence[Day], by: Actor, now: datetime
) -> str:
    """Say why nothing can start on that day, where it is the day's fault."""
    opens = [one for each in days for one in each.open() if one.overlaps(day)]
    starts = max(opens[0].starts, day.starts) if opens else day.starts + NOON
    found = all_conflicts(
        session,
        wish.employee_id or 0,
        Span(starts, starts + timedelta(minutes=1)),
        ignoring=None if wish.moving is None else ("appointment", wish.moving),
        service_id=wish.service_id,
        now=now,
    )
    kinds = BOOKED_UP if opens else WHOLE_DAY
    return next((one.told(by.employee_id) for one in found if one.kind in kinds), "")
