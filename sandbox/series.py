"""A series and its dates: which there are, and what stands on one of them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.ids import missing
from sandbox.moments import later
from sandbox.zones import zone

_DAY = timedelta(days=1)


def anchor(event: Event) -> None:
    """Put a master on the first date of its pattern, counted in the series' own zone."""
    series = event.recurrence
    if series is None:
        return
    length = event.duration
    home = event.start.tzinfo if event.is_all_day else zone(series.zone)
    start = event.start.astimezone(home)
    first = next(series.dates(series.starts, date.max))
    event.start = start.replace(year=first.year, month=first.month, day=first.day)
    event.end = _end(event, event.start, length)


def occurrence(master: Event, day: date) -> Event:
    """What stands on that day of the pattern: the exception, or a plain occurrence."""
    if day in master.exceptions:
        return master.exceptions[day]
    start = _start(master, day)
    return Event(
        home=master.home,
        key=master.key,
        calendar_id=master.calendar_id,
        start=start,
        end=_end(master, start, master.duration),
        start_zone=master.start_zone,
        end_zone=master.end_zone,
        created=master.created,
        modified=master.modified,
        placed=master.placed,
        is_all_day=master.is_all_day,
        change=master.change,
        fields=master.fields,
        properties=master.properties,
        extensions=master.extensions,
        moves=master.moves,
        schedule=master.schedule,
        day=day,
        original=start,
    )


def find(master: Event, day: date, schedule: int) -> Event:
    """The occurrence of an id. 404 if it was deleted or the series was rescheduled since."""
    series = master.recurrence
    if series is None or schedule != master.schedule or day in master.cancelled:
        raise missing()
    if day not in series.dates(day, day):
        raise missing()
    return occurrence(master, day)


def expand(event: Event, begin: datetime, end: datetime) -> Iterator[Event]:
    """What of this event a window shows: itself, or its occurrences and exceptions."""
    if event.recurrence is None:
        if event.overlaps(begin, end):
            yield event
        return
    for exception in event.exceptions.values():
        if exception.overlaps(begin, end):
            yield exception
    reach = timedelta(days=event.duration.days) + 2 * _DAY
    for day in days(event, begin.date() - min(reach, begin.date() - date.min), end.date() + _DAY):
        if day not in event.exceptions:
            plain = occurrence(event, day)
            if plain.overlaps(begin, end):
                yield plain


def days(master: Event, after: date, before: date) -> Iterator[date]:
    """The days of the pattern that were not deleted."""
    if master.recurrence is None:
        return
    for day in master.recurrence.dates(after, before):
        if day not in master.cancelled:
            yield day


def check_neighbours(master: Event, moved: Event) -> None:
    """An occurrence may not be moved onto or past its neighbours."""
    day, pattern = moved.day, master.recurrence
    if day is None or pattern is None:
        return
    before = list(days(master, pattern.starts, day - _DAY))[-1:]
    after = next(days(master, day + _DAY, date.max), None)
    here = moved.start.astimezone(master.start.tzinfo).date()
    crossed = any(occurrence(master, one).start.date() >= here for one in before)
    if crossed or (after and occurrence(master, after).start.date() <= here):
        raise GraphError(
            400,
            "ErrorOccurrenceCrossingBoundary",
            "Modified occurrence is crossing or overlapping adjacent occurrence.",
        )


def _start(master: Event, day: date) -> datetime:
    return datetime.combine(day, master.start.time() or time(), master.start.tzinfo)


def _end(event: Event, start: datetime, length: timedelta) -> datetime:
    return start + length if event.is_all_day else later(start, length)
