"""Search for free times: when a service can start, with whom, by all the rules at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from panel.db.base import reading
from panel.domain.errors import RuleBroken
from panel.domain.free_times import Stretch, Taken, Wanted, free_starts
from panel.domain.moments import local, zone_named
from panel.domain.open_hours import (
    A_DAY,
    are_clocks_put_back,
    instant_of,
    midnight_of,
    minute_of,
    pieces,
)
from panel.services import free_rows
from panel.services.free_people import AnyRow, is_blocked_by_outlook, people, rules_of
from panel.services.free_rows import Sought, Visit
from panel.services.outbox import Transaction
from panel.services.plans import plans_in

MOST_DAYS = 62
# Just under a minute: added before rounding down, so that a moment is rounded up.
ALMOST = timedelta(minutes=1) - timedelta(microseconds=1)


@dataclass(frozen=True)
class Search:
    """What is searched: a service on `days` days from `first` in `zone` (empty: the company's).

    With one employee or all who offer it, for so many persons. `staff` see what is hidden
    from customers, and may book at short notice and beyond the horizon. `moving` is an
    appointment that gives up its time for the one that is sought, and `lasts` how long that is,
    with its buffers, where it is no longer what the service lasts today (minutes).
    """

    service_id: int
    first: date
    days: int = 1
    zone: str = ""
    employee_id: int | None = None
    persons: int = 1
    staff: bool = False
    moving: int | None = None
    lasts: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Starts:
    """When one employee can start, in whole minutes since 1970 UTC, in order."""

    employee_id: int
    name: str
    minutes: list[int]


@dataclass(frozen=True)
class FreeTimes:
    """The answer, true at `as_of` (aware UTC). `zone` is the one that the days were meant in."""

    service_id: int
    duration: int
    zone: str
    as_of: datetime
    employees: tuple[Starts, ...]


def search(wish: Search, *, now: datetime) -> FreeTimes:
    """Return the free starts of everybody who offers the service, by name.

    Raises NotThere for a service or an employee that is not offered to whoever asks, and
    RuleBroken for days or a zone that cannot be searched.
    """
    return search_in(reading(), wish, now=now)


def search_in(session: Transaction, wish: Search, *, now: datetime) -> FreeTimes:
    """Search within the caller's transaction, as `search` does."""
    if not 1 <= wish.days <= MOST_DAYS:
        raise RuleBroken(f"Ask for 1 to {MOST_DAYS} days.", "days")
    rules = rules_of(session, wish.service_id, staff=wish.staff)
    zone = zone_named(wish.zone or rules.zone).key
    offering = people(session, rules, wish.employee_id, staff=wish.staff, now=now)
    wanted = _wanted(wish, rules, zone, now)
    found: dict[int, list[int]] = {}
    if offering and wanted.earliest < wanted.latest:
        found = _found(session, offering, rules, wanted, wish)
    starts = tuple(Starts(one.id, one.name, found.get(one.id, [])) for one in offering)
    return FreeTimes(rules.id, wanted.duration, zone, now, starts)


def _wanted(wish: Search, rules: AnyRow, zone: str, now: datetime) -> Wanted:
    """The days that are asked for, less what the notice and the horizon take away."""
    day = wish.first.toordinal()
    first, end = midnight_of(day, zone)[0], midnight_of(day + wish.days, zone)[0]
    notice = timedelta() if wish.staff else timedelta(minutes=rules.notice)
    if not wish.staff:
        today = local(now, rules.zone).date().toordinal()
        end = min(end, midnight_of(today + rules.horizon + 1, rules.zone)[0])
    lasts = wish.lasts or (rules.duration, rules.buffer_before, rules.buffer_after)
    return Wanted(
        duration=lasts[0],
        step=rules.step,
        earliest=max(first, minute_of(now + notice + ALMOST)),
        latest=end,
        before=lasts[1],
        after=lasts[2],
    )


@dataclass(frozen=True)
class _Theirs:
    """One employee's time: when they are open, what is taken, and their appointments one by one."""

    hours: Sequence[Stretch]
    taken: Sequence[Taken]
    visits: Sequence[Visit]


def _found(
    session: Transaction, offering: Sequence[AnyRow], rules: AnyRow, wanted: Wanted, wish: Search
) -> dict[int, list[int]]:
    sought = _sought(offering, rules, wanted, wish.moving)
    hours, taken = plans_in(session, sought.zones), free_rows.taken(session, sought)
    visits: dict[int, list[Visit]] = {}
    if rules.capacity > 1 or any(one.capacity or one.most_a_day for one in offering):
        visits = free_rows.visits(session, sought)
    found: dict[int, list[int]] = {}
    for one in offering:
        theirs = pieces(hours[one.id].only(rules.id), wanted.earliest, wanted.latest)
        known = _Theirs(theirs, taken[one.id], visits.get(one.id, ()))
        found[one.id] = _starts(one, rules, wanted, known, wish)
    return found


def _sought(
    offering: Sequence[AnyRow], rules: AnyRow, wanted: Wanted, moving: int | None
) -> Sought:
    return Sought(
        employees=[one.id for one in offering],
        first=wanted.earliest - wanted.before,
        # All of the last day, wherever it is: some take only so many on one day.
        end=wanted.latest + wanted.duration + wanted.after + A_DAY,
        zones={one.id: one.zone for one in offering},
        busy=[one.id for one in offering if is_blocked_by_outlook(one, rules)],
        kinds=rules.blocking_kinds or (),
        all_day=bool(rules.block_all_day),
        moving=moving,
    )


def _starts(
    person: AnyRow, rules: AnyRow, wanted: Wanted, theirs: _Theirs, wish: Search
) -> list[int]:
    # What is moved stays an appointment of its own.
    joining = [] if wish.moving else theirs.visits
    groups = _groups(joining, rules.id, wish.persons)
    found = free_starts(theirs.hours, theirs.taken, wanted, groups)
    if found and are_clocks_put_back(found[0], found[-1], person.zone):
        # A wall time that comes twice means its first one: the second cannot be promised.
        found = [one for one in found if not local(instant_of(one), person.zone).fold]
    if not wish.moving and wish.persons > (person.capacity or rules.capacity):
        return [one for one in found if one in groups]
    full = _full_days(theirs.visits, person)
    return [one for one in found if one in groups or not any(a <= one < b for a, b in full)]


def _groups(visits: Iterable[Visit], service_id: int, persons: int) -> dict[int, Taken]:
    """The group appointments that so many more persons can join, by their start."""
    return {
        one.starts: (one.first, one.end, one.employee_id)
        for one in visits
        if one.service_id == service_id and one.places - one.persons >= persons
    }


def _full_days(visits: Iterable[Visit], person: AnyRow) -> list[Stretch]:
    """The days, in their own zone, on which an employee has as many appointments as they take."""
    if person.most_a_day is None:
        return []
    counts = Counter(_day(one.starts, person.zone) for one in visits)
    full = [day for day, count in counts.items() if count >= person.most_a_day]
    return [
        (midnight_of(one, person.zone)[0], midnight_of(one + 1, person.zone)[0]) for one in full
    ]


def _day(minute: int, zone: str) -> int:
    return local(instant_of(minute), zone).date().toordinal()
