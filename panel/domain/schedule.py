"""When somebody works, and what stands in the way of a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from panel.domain.moments import at_wall, local


class Weekly(NamedTuple):
    """Work hours or a break (`kind` work or break) on a weekday (0 = Monday).

    Minutes after midnight in the employee's zone; 1440 is the midnight that ends the day.
    `service_ids` limits work hours to these services; None allows all.
    """

    weekday: int
    kind: str
    starts: int
    ends: int
    service_ids: frozenset[int] | None = None


class Off(NamedTuple):
    """Whole days without work, both ends included; `yearly` ones come back each year."""

    first: date
    last: date
    yearly: bool = False
    note: str = ""

    def covers(self, day: date) -> bool:
        if not self.yearly:
            return self.first <= day <= self.last
        first, here, last = (self.first.timetuple()[1:3], day.timetuple()[1:3],
                             self.last.timetuple()[1:3])  # fmt: skip
        # A holiday over New Year's Eve ends earlier in the year than it starts.
        return first <= here <= last if first <= last else here >= first or here <= last


class Special(NamedTuple):
    """Other work hours on certain dates, both ends included; one for each period.

    `service_ids` as in `Weekly`.
    """

    first: date
    last: date
    starts: int
    ends: int
    service_ids: frozenset[int] | None = None


class Span(NamedTuple):
    """From one instant to another, the end not included."""

    starts: datetime
    ends: datetime

    def overlaps(self, other: Span) -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def holds(self, other: Span) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def widened(self, before: int, after: int) -> Span:
        """Return it with so many minutes more before and after."""
        if not (before or after):
            return self
        return Span(self.starts - timedelta(minutes=before), self.ends + timedelta(minutes=after))


class Day(NamedTuple):
    """One day of somebody's plan, as instants. `off` where the whole day is free."""

    date: date
    work: tuple[Span, ...]
    breaks: tuple[Span, ...]
    off: Off | None = None

    def open(self) -> tuple[Span, ...]:
        """Return the work hours without their breaks, in order."""
        spans = list(self.work)
        for pause in self.breaks:
            spans = [rest for span in spans for rest in _without(span, pause)]
        return tuple(spans)


@dataclass(frozen=True)
class Plan:
    """Somebody's whole schedule, in the wall time of their zone.

    With a `service_id` only the work hours in which that service is given.
    """

    zone: str
    weekly: tuple[Weekly, ...] = ()
    off: tuple[Off, ...] = ()
    special: tuple[Special, ...] = ()
    service_id: int | None = None

    def only(self, service_id: int) -> Plan:
        """Return it with the work hours in which this service is given; itself if all are."""
        every: tuple[Weekly | Special, ...] = (*self.weekly, *self.special)
        if all(one.service_ids is None or service_id in one.service_ids for one in every):
            return self
        return replace(self, service_id=service_id)

    def day(self, day: date) -> Day:
        """Work out one day: a day off comes before a special day, that before work hours."""
        off = next((one for one in self.off if one.covers(day)), None)
        if off:
            return Day(day, (), (), off)
        special = [one for one in self.special if one.first <= day <= one.last]
        if special:
            return Day(day, self._spans(day, special), ())
        weekday = day.weekday()
        work = self._spans(day, self._weekly.get((weekday, "work"), ()))
        return Day(day, work, self._spans(day, self._weekly.get((weekday, "break"), ())))

    @cached_property
    def _weekly(self) -> dict[tuple[int, str], list[Weekly]]:
        found: dict[tuple[int, str], list[Weekly]] = defaultdict(list)
        for one in self.weekly:
            found[one.weekday, one.kind].append(one)
        return found

    def days(self, first: datetime, last: datetime) -> list[Day]:
        """Work out every day that a stretch of time touches in this zone."""
        return [self.day(one) for one in dates(first, last, self.zone)]

    def holds(self, wish: Span) -> bool:
        """Say whether a time lies within work hours, and touches no break and no day off."""
        days = self.days(wish.starts, wish.ends)
        return not any(day.off for day in days) and any(
            span.holds(wish) for span in joined(span for day in days for span in day.open())
        )

    def _spans(self, day: date, periods: Sequence[Weekly | Special]) -> tuple[Span, ...]:
        if not periods:
            return ()
        spans = [
            Span(
                at_wall(day, one.starts, self.zone),
                at_wall(day, one.ends, self.zone, ending=True),
            )
            for one in periods
            if self.counts(one)
        ]
        if len(spans) > 1:
            spans.sort(key=lambda span: span.starts)
        return tuple(spans)

    def counts(self, period: Weekly | Special) -> bool:
        wanted, given = self.service_id, period.service_ids
        return wanted is None or given is None or wanted in given


def dates(first: datetime, last: datetime, zone: str) -> Iterator[date]:
    """Name each date that a stretch of time touches in a zone; its end is not included."""
    day, end = local(first, zone).date(), local(last - timedelta(microseconds=1), zone).date()
    while day <= end:
        yield day
        day += timedelta(days=1)


def _without(span: Span, hole: Span) -> list[Span]:
    if not span.overlaps(hole):
        return [span]
    sides = (Span(span.starts, hole.starts), Span(hole.ends, span.ends))
    return [side for side in sides if side.starts < side.ends]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that touch or overlap made one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts):
        if result and span.starts <= result[-1].ends:
            result[-1] = Span(result[-1].starts, max(result[-1].ends, span.ends))
        else:
            result.append(span)
    return result
