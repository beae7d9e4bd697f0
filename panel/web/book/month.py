"""A month of free times as the page draws it: how many on each day, and those of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from panel.domain.moments import local
from panel.domain.open_hours import instant_of
from panel.services import free_times
from panel.services.choosing import Slot
from panel.services.free_times import FreeTimes, Search
from panel.web.book.choice import Choice
from panel.web.session import now
from panel.web.words import clock, today
from panel.web.words import zone as visitors_zone

# Makes the address of a choice of which some things are changed, by name.
Address = Callable[..., str]
PARTS = (("Morning", 0, 12), ("Afternoon", 12, 17), ("Evening", 17, 24))


@dataclass(frozen=True)
class Day:
    """One field of the month. `count` free starts; `href` where it can be chosen."""

    date: date
    count: int
    chosen: bool
    href: str
    inside: bool


@dataclass(frozen=True)
class Time:
    """One free start, as the button that chooses it."""

    words: str
    iso: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Month:
    """All that templates/book/times/month.html shows; addresses are empty where nothing lies."""

    first: date
    weeks: list[list[Day]]
    before: str
    after: str
    day: date | None
    parts: list[tuple[str, list[Time]]]
    next_free: str
    chosen: Time | None


def month_of(
    choice: Choice,
    address: Address,
    *,
    horizon: date,
    first_weekday: int,
    slot: Slot | None = None,
) -> Month:
    """Search the month that is shown, and the chosen day of it; the first free one by itself.

    `address` makes the address of a changed choice on the page that asks; `slot` is what is to
    be moved, where something is.
    """
    here = Drawn(choice, address, slot)
    first = max((choice.month or today()).replace(day=1), today().replace(day=1))
    free = here.free(first, (_next(first) - max(first, today())).days)
    day = choice.day if choice.day in free else min(free, default=None)
    times = [here.time(minute) for minute in free.get(day, [])] if day else []
    return Month(
        first=first,
        weeks=here.weeks(first, first_weekday, free, day),
        before=here.month(first - timedelta(days=1)) if first > today() else "",
        after=here.month(first + timedelta(days=32)) if _next(first) <= horizon else "",
        day=day,
        parts=_parts(times),
        next_free=_next_free(here, horizon) if not free else "",
        chosen=next((one for one in times if one.chosen), None),
    )


def _by_day(found: FreeTimes) -> dict[date, list[int]]:
    """All starts by the visitor's days, whoever has them."""
    days: dict[date, list[int]] = defaultdict(list)
    for minute in sorted({one for who in found.employees for one in who.minutes}):
        days[local(instant_of(minute), found.zone).date()].append(minute)
    return dict(days)


def _next(first: date) -> date:
    """The first day of the month after this one."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _next_free(here: Drawn, horizon: date) -> str:
    """Where the next free time lies, if not in this month."""
    begins = max(here.choice.month or today(), today())
    while begins <= horizon:
        if found := here.free(begins, free_times.MOST_DAYS):
            day = min(found)
            return here.address(month=day.replace(day=1), day=day, at=None)
        begins += timedelta(days=free_times.MOST_DAYS)
    return ""


def _parts(times: list[Time]) -> list[tuple[str, list[Time]]]:
    """Morning, afternoon and evening, as far as there is something in them."""
    hours = {one: int(one.iso[11:13]) for one in times}
    named = [
        (name, [one for one in times if first <= hours[one] < end]) for name, first, end in PARTS
    ]
    return [(name, found) for name, found in named if found]


@dataclass(frozen=True)
class Drawn:
    """Draws one choice on the page that asks."""

    choice: Choice
    address: Address
    slot: Slot | None

    def free(self, first: date, days: int) -> dict[date, list[int]]:
        """Search so many days, from today on; the engine knows notice and horizon."""
        wish = Search(
            service_id=self.choice.service_id,
            first=max(first, today()),
            days=days,
            zone=visitors_zone(),
            employee_id=self.choice.employee,
            persons=self.choice.persons,
            moving=self.slot.moving if self.slot else None,
            lasts=self.slot.lasts if self.slot else None,
        )
        return _by_day(free_times.search(wish, now=now()))

    def weeks(
        self, first: date, first_weekday: int, free: dict[date, list[int]], chosen: date | None
    ) -> list[list[Day]]:
        """Return whole weeks from the present one on, each from the business's first weekday."""
        opens = max(first, today())
        begins = opens - timedelta(days=(opens.weekday() - first_weekday) % 7)
        count = -(-((_next(first) - begins).days) // 7)
        return [
            [
                self._day(begins + timedelta(days=7 * week + n), first, free, chosen)
                for n in range(7)
            ]
            for week in range(count)
        ]

    def _day(self, day: date, first: date, free: dict[date, list[int]], chosen: date | None) -> Day:
        count = len(free.get(day, ()))
        href = self.address(month=first, day=day, at=None) if count else ""
        return Day(day, count, day == chosen, href, day.month == first.month)

    def time(self, minute: int) -> Time:
        """Return one start as its button."""
        instant = instant_of(minute)
        iso = local(instant, visitors_zone()).isoformat()
        href = self.address(at=minute, day=None, month=None)
        return Time(clock(instant), iso, href, minute == self.choice.at)

    def month(self, day: date) -> str:
        """Return the address of the month of a day."""
        return self.address(month=day.replace(day=1), day=None, at=None)
