"""What a calendar program reads: visits as iCalendar (RFC 5545, RFC 5546), times in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

PUBLISH, CANCEL = "PUBLISH", "CANCEL"


@dataclass(frozen=True)
class Visit:
    """One visit. `uid` stays the same for as long as it is the same booking.

    `sequence` grows with each change, so that a calendar program knows the newest.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    title: str
    place: str = ""


def write(visits: Sequence[Visit], method: str, *, now: datetime) -> str:
    """Return the visits as a calendar file; with CANCEL they are taken out again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Panel//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for one in visits:
        calendar.add_component(_event(one, method, now))
    return _text(calendar)


def method_of(text: str) -> str:
    """Return the method of a calendar file that `write` wrote."""
    return str(_read(text)["method"])


def organised(text: str, address: str, name: str) -> str:
    """Name the sender as the organizer, as RFC 5546 demands of both methods."""
    calendar = _read(text)
    organizer = vCalAddress(f"mailto:{address}")
    if name:
        organizer.params["CN"] = vText(name)
    for event in calendar.walk("VEVENT"):
        event["organizer"] = organizer
    return _text(calendar)


def _event(visit: Visit, method: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", visit.uid)
    event.add("sequence", visit.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", visit.starts.astimezone(UTC))
    event.add("dtend", visit.ends.astimezone(UTC))
    event.add("summary", visit.title)
    if visit.place:
        event.add("location", visit.place)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    return event


def _text(calendar: Calendar) -> str:
    written: bytes = calendar.to_ical()
    return written.decode()


def _read(text: str) -> Calendar:
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    return calendar
