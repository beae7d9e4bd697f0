"""Dates that repeat: every so many days, weeks or months, until a date or so many times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice, takewhile

from panel.domain.errors import RuleBroken

DAY, WEEK, MONTH = "day", "week", "month"
MOST_TIMES = 100
MOST_STEPS = 52
# Past this no calendar of ours reaches; it also ends a search for dates that never come.
LAST_YEAR = 2100


@dataclass(frozen=True)
class Repeat:
    """How dates follow each other: every `step` days, weeks or months.

    Weekly on the chosen `weekdays` (0 = Monday; none: that of the first date); a month without
    the day of the first date is left out. It ends after `until`, or with so many `times`, the
    first date counted: one of both is given.
    """

    unit: str
    step: int = 1
    weekdays: frozenset[int] = frozenset()
    until: date | None = None
    times: int | None = None


def repeated(first: date, how: Repeat) -> list[date]:
    """Return the dates from `first` on, which is among them. Raises RuleBroken."""
    _check(first, how)
    days = _all(first, how)
    if how.until is not None:
        until = how.until
        days = takewhile(lambda day: day <= until, days)
    found = list(islice(days, how.times or MOST_TIMES + 1))
    if len(found) > MOST_TIMES:
        raise RuleBroken(f"At most {MOST_TIMES} dates at once. End it earlier.", "until")
    return found


def _check(first: date, how: Repeat) -> None:
    if how.unit not in (DAY, WEEK, MONTH):
        raise RuleBroken("Choose how often it repeats.", "unit")
    if not 1 <= how.step <= MOST_STEPS:
        raise RuleBroken(f"Give a whole number from 1 to {MOST_STEPS}.", "step")
    if how.until is None and how.times is None:
        raise RuleBroken("Say until when, or how many times.", "until")
    if how.until is not None and how.until < first:
        raise RuleBroken("The last date lies before the first one.", "until")
    if how.times is not None and not 1 <= how.times <= MOST_TIMES:
        raise RuleBroken(f"Give a whole number of times from 1 to {MOST_TIMES}.", "times")


def _all(first: date, how: Repeat) -> Iterator[date]:
    days: Iterator[date]
    if how.unit == DAY:
        days = (first + timedelta(days=how.step * n) for n in count())
    elif how.unit == WEEK:
        days = _weekly(first, how)
    else:
        days = _monthly(first, how.step)
    return takewhile(lambda day: day.year <= LAST_YEAR, days)


def _weekly(first: date, how: Repeat) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    chosen = sorted(how.weekdays or {first.weekday()})
    yield first
    for n in count():
        for weekday in chosen:
            day = monday + timedelta(weeks=how.step * n, days=weekday)
            if day > first:
                yield day


def _monthly(first: date, step: int) -> Iterator[date]:
    for n in count(0, step):
        years, month = divmod(first.month - 1 + n, 12)
        try:
            yield date(first.year + years, month + 1, first.day)
        except ValueError:
            # No such day in this month; past the last year of all it ends by itself.
            if first.year + years > LAST_YEAR:
                return
