"""When a series happens: all patterns and ranges of Graph's patternedRecurrence."""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import count, islice, takewhile
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
INDEXES = ("first", "second", "third", "fourth", "last")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A pattern and a range. Days are counted from Monday = 0, as Python does."""

    type: str
    interval: int
    days: tuple[int, ...]
    day_of_month: int
    month: int
    index: str
    first_day: int
    range_type: str
    starts: date
    until: date | None
    number: int
    zone: str

    def dates(self, after: date, before: date) -> Iterator[date]:
        """The days of the series from `after` to `before`, both included, in order."""
        days: Iterator[date]
        if self.range_type == "numbered":
            days = islice(self._from(self.starts), self.number)
        else:
            days = self._from(max(after, self.starts))
        last = min(before, self.until) if self.until else before
        for day in takewhile(lambda day: day <= last, days):
            if day >= after:
                yield day

    def last(self) -> date | None:
        """The last day of a series that ends, None for one that does not."""
        if self.range_type == "noEnd":
            return None
        days = list(self.dates(self.starts, self.until or date.max))
        return days[-1] if days else None

    def to_dict(self) -> dict[str, Any]:
        """The recurrence as JSON can hold it."""
        until = self.until.isoformat() if self.until else None
        return asdict(self) | {"starts": self.starts.isoformat(), "until": until}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Recurrence":
        """The recurrence that `to_dict` wrote."""
        starts = date.fromisoformat(record["starts"])
        until = date.fromisoformat(record["until"]) if record["until"] else None
        days = tuple(record["days"])
        return cls(**{**record, "starts": starts, "until": until, "days": days})

    def _from(self, after: date) -> Iterator[date]:
        """All days of the pattern from that day on; never before the series starts."""
        period, first = PERIODS[self.type]
        for number in count(max(0, first(self, after) - 1)):
            try:
                days = period(self, number)
            except (OverflowError, ValueError):  # past the last year there is
                return
            yield from (day for day in days if day >= after and day >= self.starts)


def _day(series: Recurrence, number: int) -> list[date]:
    return [series.starts + timedelta(days=number * series.interval)]


def _week(series: Recurrence, number: int) -> list[date]:
    back = (series.starts.weekday() - series.first_day) % 7
    monday = series.starts + timedelta(days=7 * number * series.interval - back)
    return [day for n in range(7) if (day := monday + timedelta(days=n)).weekday() in series.days]


def _on_date(year: int, month: int, day: int) -> date:
    # Exchange takes the last day of a month that has no 31st.
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _nth(series: Recurrence, year: int, month: int) -> date:
    last = calendar.monthrange(year, month)[1]
    fitting = [
        day for n in range(last) if (day := date(year, month, n + 1)).weekday() in series.days
    ]
    return fitting[-1 if series.index == "last" else INDEXES.index(series.index)]


def _month_of(series: Recurrence, number: int) -> tuple[int, int]:
    months = series.starts.year * 12 + series.starts.month - 1 + number * series.interval
    return months // 12, months % 12 + 1


def _monthly(series: Recurrence, number: int) -> list[date]:
    year, month = _month_of(series, number)
    return [_on_date(year, month, series.day_of_month)]


def _relative_monthly(series: Recurrence, number: int) -> list[date]:
    year, month = _month_of(series, number)
    return [_nth(series, year, month)]


def _yearly(series: Recurrence, number: int) -> list[date]:
    year = series.starts.year + number * series.interval
    return [_on_date(year, series.month, series.day_of_month)]


def _relative_yearly(series: Recurrence, number: int) -> list[date]:
    return [_nth(series, series.starts.year + number * series.interval, series.month)]


def _days_to(series: Recurrence, day: date) -> int:
    return (day - series.starts).days // series.interval


def _weeks_to(series: Recurrence, day: date) -> int:
    return (day - series.starts).days // (7 * series.interval)


def _months_to(series: Recurrence, day: date) -> int:
    months = (day.year - series.starts.year) * 12 + day.month - series.starts.month
    return months // series.interval


def _years_to(series: Recurrence, day: date) -> int:
    return (day.year - series.starts.year) // series.interval


Period = Callable[[Recurrence, int], list[date]]
Number = Callable[[Recurrence, date], int]
PERIODS: dict[str, tuple[Period, Number]] = {
    "daily": (_day, _days_to),
    "weekly": (_week, _weeks_to),
    "absoluteMonthly": (_monthly, _months_to),
    "relativeMonthly": (_relative_monthly, _months_to),
    "absoluteYearly": (_yearly, _years_to),
    "relativeYearly": (_relative_yearly, _years_to),
}
