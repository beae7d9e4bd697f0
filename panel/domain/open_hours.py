"""When somebody is open for bookings, in whole minutes since 1970 UTC.

The same rules as `schedule.Plan`, for many people and a whole month at once: a day on which
the clocks do not change is its midnight plus minutes, every other one asks the plan itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from panel.domain.free_times import Stretch
from panel.domain.moments import at_wall, local
from panel.domain.schedule import Plan, Weekly

MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_DAY = 1440


def minute_of(instant: datetime) -> int:
    """Return the whole minutes since 1970 UTC at an instant (aware), rounded down."""
    return (instant - EPOCH) // MINUTE


def instant_of(minute: int) -> datetime:
    """Return the instant (aware, UTC) so many minutes after 1970 UTC."""
    return EPOCH + minute * MINUTE


@lru_cache(maxsize=65536)
def local_iso(minute: int, zone: str) -> str:
    """Return a minute since 1970 UTC as ISO local time: 2026-11-25T10:00:00+01:00.

    Remembered, because the same times are asked for again and again.
    """
    return local(instant_of(minute), zone).isoformat()


def pieces(plan: Plan, first: int, last: int) -> Sequence[Stretch]:
    """Return the open hours without breaks of each day from `first` to `last` (minutes), in order.

    The day after the last one is included: what begins before midnight may end after it.
    """
    begins = local(instant_of(first), plan.zone).date().toordinal()
    ends = local(instant_of(last), plan.zone).date().toordinal() + 2
    weekly = plan.weekly
    if plan.service_id is not None:
        weekly = tuple(one for one in weekly if plan.counts(one))
    usual = _usual(weekly, plan.zone, begins, ends)
    if not plan.off and not plan.special:
        return _flat(usual)
    return _flat([_of_day(plan, date.fromordinal(begins + n), one) for n, one in enumerate(usual)])


@lru_cache(maxsize=1024)
def _usual(
    weekly: tuple[Weekly, ...], zone: str, begins: int, ends: int
) -> tuple[tuple[Stretch, ...], ...]:
    """The work hours of each day, without days off and special days.

    Remembered: most people's weeks are alike, and the same month is asked for all day long.
    """
    plan = Plan(zone, weekly)
    week = [_open(weekly, weekday) for weekday in range(7)]
    return tuple(_hours(plan, day, week[(day - 1) % 7]) for day in range(begins, ends))


def _hours(plan: Plan, day: int, hours: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The hours of a day as minutes since 1970; where the clocks change the plan is asked."""
    midnight, steady = midnight_of(day, plan.zone)
    if not steady:
        return _asked(plan, date.fromordinal(day))
    return tuple((midnight + a, midnight + b) for a, b in hours)


def _of_day(plan: Plan, day: date, usual: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """A day off comes before a special day, that before work hours."""
    if any(one.covers(day) for one in plan.off):
        return ()
    special = [one for one in plan.special if one.first <= day <= one.last]
    if not special:
        return usual
    hours = sorted((one.starts, one.ends) for one in special if plan.counts(one))
    return _hours(plan, day.toordinal(), hours)


def _flat(days: Iterable[tuple[Stretch, ...]]) -> list[Stretch]:
    return [piece for day in days for piece in day]


def _asked(plan: Plan, day: date) -> tuple[Stretch, ...]:
    """Open hours of a day on which the clocks change."""
    spans = plan.day(day).open()
    return tuple(sorted((minute_of(span.starts), minute_of(span.ends)) for span in spans))


def _open(weekly: Iterable[Weekly], weekday: int) -> list[Stretch]:
    """Work hours of a weekday without its breaks, in minutes after midnight."""
    here = [one for one in weekly if one.weekday == weekday]
    found = sorted((one.starts, one.ends) for one in here if one.kind == "work")
    for pause in here:
        if pause.kind == "break":
            found = [rest for one in found for rest in _without(one, pause)]
    # A break may have split a period around another one.
    return sorted(found)


def _without(one: Stretch, pause: Weekly) -> list[Stretch]:
    start, end = one
    if pause.starts >= end or pause.ends <= start:
        return [one]
    sides = (start, pause.starts), (pause.ends, end)
    return [side for side in sides if side[0] < side[1]]


@lru_cache(maxsize=8192)
def midnight_of(day: int, zone: str) -> tuple[int, bool]:
    """Return the minute at which a day (its ordinal) begins in a zone.

    And whether its clocks stand still, so that a wall time is this plus minutes.
    """
    here = date.fromordinal(day)
    begins = minute_of(at_wall(here, 0, zone))
    wall = minute_of(datetime(here.year, here.month, here.day, tzinfo=UTC))
    tomorrow = minute_of(at_wall(here + timedelta(days=1), 0, zone, ending=True))
    shift = _shift(begins, zone)
    steady = wall - begins == shift == _shift(tomorrow - 1, zone)
    return begins, steady and tomorrow - begins == A_DAY


def are_clocks_put_back(first: int, last: int, zone: str) -> bool:
    """Say whether some wall time between two minutes may come twice."""
    # Every midnight is within a day of the one of UTC.
    return _changing(first // A_DAY - 1, last // A_DAY + 1, zone)


@lru_cache(maxsize=1024)
def _changing(first: int, last: int, zone: str) -> bool:
    """Say whether the clocks change on one of these days (counted since 1970)."""
    zero = EPOCH.toordinal()
    return any(not midnight_of(zero + day, zone)[1] for day in range(first, last + 1))


def _shift(minute: int, zone: str) -> int:
    """How many minutes the clocks of a zone are ahead of UTC."""
    offset = local(instant_of(minute), zone).utcoffset()
    assert offset is not None
    return offset // MINUTE
