"""Making and changing one event. Nothing is half done: a refusal leaves the old event as it was."""

from copy import copy
from dataclasses import replace
from datetime import datetime

from sandbox import meetings
from sandbox.calendars import Calendar
from sandbox.events import Event
from sandbox.moments import refused
from sandbox.patterns import read_recurrence
from sandbox.series import anchor, check_neighbours
from sandbox.wishes import Wish, check_times, fold
from sandbox.zones import zone


def made(home: bytes, key: int, calendar: Calendar, wish: Wish, now: datetime) -> Event:
    """A new event of this calendar."""
    if wish.start is None or wish.end is None:
        raise refused("An event needs a start and an end.")
    (start, start_zone), (end, end_zone) = wish.start, wish.end
    event = Event(
        home, key, calendar.id, start, end, start_zone, end_zone, now, now, now,
        transaction_id=wish.transaction_id,
    )  # fmt: skip
    _times(event, wish)
    _fields(event, None, wish, calendar)
    return event


def changed(before: Event, wish: Wish, calendar: Calendar) -> Event:
    """The event after a merge: what the wish does not mention keeps its value.

    A master whose times change loses its exceptions, and its occurrences get new ids.
    """
    event = copy(before)
    event.fields = dict(before.fields)
    event.properties = dict(before.properties)
    event.extensions = dict(before.extensions)
    _times(event, wish)
    _fields(event, before, wish, calendar)
    if (before.recurrence or event.recurrence) and not _same_times(before, event):
        event.exceptions, event.cancelled = {}, set()
        event.schedule = before.schedule + 1
    elif event.exceptions:
        _pass_on(before, event, wish)
    return event


def changed_occurrence(master: Event, before: Event, wish: Wish, calendar: Calendar) -> Event:
    """An exception: one date of a series that differs from now on."""
    if wish.recurrence:
        raise refused("An occurrence cannot have a recurrence of its own.")
    event = changed(before, wish, calendar)
    event.is_exception = True
    check_neighbours(master, event)
    return event


def copied(source: Event, key: int, target: Calendar, now: datetime) -> Event:
    """A copy in that calendar; of one date of a series it is a single event."""
    event = copy(source)
    event.key, event.calendar_id = key, target.id
    event.created = event.placed = now
    event.transaction_id, event.fingerprint, event.moves = None, "", 0
    event.properties, event.extensions = dict(source.properties), dict(source.extensions)
    event.day, event.original, event.is_exception = None, None, False
    event.cancelled = set(source.cancelled)
    event.exceptions = {day: copy(one) for day, one in source.exceptions.items()}
    for one in event.exceptions.values():
        one.key, one.calendar_id, one.moves = key, target.id, 0
    return event


def _times(event: Event, wish: Wish) -> None:
    before = event.start
    if wish.start:
        event.start, event.start_zone = wish.start
    if wish.end:
        event.end, event.end_zone = wish.end
    if "isAllDay" in wish.said:
        event.is_all_day = wish.is_all_day
    if not event.is_all_day:
        event.end = event.end.astimezone(event.start.tzinfo)
    elif event.start.tzinfo is not event.end.tzinfo:
        raise refused("An all-day event starts and ends in the same time zone.")
    check_times(event)
    if "recurrence" in wish.said:
        _recur(event, wish)
    elif event.recurrence and event.start != before:
        starts = event.start.astimezone(zone(event.recurrence.zone)).date()
        event.recurrence = replace(event.recurrence, starts=starts)
        if event.recurrence.last() is None and event.recurrence.range_type != "noEnd":
            raise refused("The series would end before it starts.")
    anchor(event)


def _recur(event: Event, wish: Wish) -> None:
    if wish.recurrence is None:
        event.recurrence = None
    else:
        event.recurrence = read_recurrence(wish.recurrence, event.start, event.start_zone)


def _fields(event: Event, before: Event | None, wish: Wish, calendar: Calendar) -> None:
    event.fields = event.fields | wish.fields
    if before and "attendees" in wish.fields:
        _keep_answers(before, event)
    meetings.settle(event, before, calendar)
    event.fields = fold(event.fields)
    event.properties.update(wish.properties)
    event.properties = {name: one for name, one in event.properties.items() if one is not None}
    event.extensions.update(wish.extensions)


def _keep_answers(before: Event, event: Event) -> None:
    answers = {address(one): one["status"] for one in before["attendees"]}
    event.fields["attendees"] = [
        one | {"status": answers.get(address(one), one["status"])} for one in event["attendees"]
    ]


def address(attendee: dict[str, dict[str, str]]) -> str:
    """The address of an attendee in the spelling that compares."""
    return attendee["emailAddress"]["address"].lower()


def _same_times(before: Event, event: Event) -> bool:
    return (
        before.start == event.start
        and before.end == event.end
        and before.is_all_day == event.is_all_day
        and before.recurrence == event.recurrence
    )


def _pass_on(before: Event, event: Event, wish: Wish) -> None:
    """What an exception still shared with its series, it goes on sharing."""
    for day, old in before.exceptions.items():
        exception = copy(old)
        shared = {name: event[name] for name in wish.fields if old[name] == before[name]}
        exception.fields = fold(old.fields | shared)
        event.exceptions = event.exceptions | {day: exception}
