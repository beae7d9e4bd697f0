"""Times, counts and prices in the words of the pages, in the reader's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask, g

from panel.domain import moments, words
from panel.domain.states import TAKING
from panel.web import day_names
from panel.web.hours import hour_format, joined, on_the_hour, written
from panel.web.session import now, someone


def init_app(app: Flask) -> None:
    """Give every template these words as filters."""
    for word in (
        clock,
        day,
        long_day,
        near_day,
        day_time,
        stamp,
        aged,
        minutes,
        money,
        who,
        places_left,
        plural,
        wall,
        wall_iso,
        minutes_to,
        lower_first,
        date_range,
        ahead,
    ):
        app.add_template_filter(word)
    app.add_template_filter(written, "hours")
    app.add_template_filter(on_the_hour)
    app.add_template_global(span)
    app.add_template_global(places_taken)
    app.add_template_global(day_span)
    app.add_template_global(zone, "reader_zone")
    app.add_template_global(currency)


def zone() -> str:
    """Return the zone in which the reader thinks: their own as an employee, else the company's."""
    known: str | None = g.get("zone")
    if known is None:
        person = someone()
        known = g.zone = (person and person.zone) or g.standing.zone
    return known


def wall(instant: datetime) -> datetime:
    """Return the instant as the reader's clock shows it."""
    return moments.local(instant, zone())


def wall_iso(instant: datetime) -> str:
    """2026-11-25T10:00:00+01:00, for the attribute of a time"""
    return wall(instant).isoformat(timespec="seconds")


def promised(typed: str, place: str) -> str:
    """Say a wall time that the reader typed as it is in the zone of another place.

    Raises RuleBroken where the reader's clock never shows that time.
    """
    return moments.local_text(moments.promise(typed, zone()), place)


def today() -> date:
    """Return the date on which the reader lives at this moment."""
    return wall(now()).date()


def clock(instant: datetime) -> str:
    """10:00, or 10:00 am where the business counts to 12"""
    return moments.clock(instant, zone(), hour_format())


def span(starts: datetime, ends: datetime) -> str:
    """09:00–10:00, or 9:00–10:00 am"""
    return joined(clock(starts), clock(ends))


def _date(value: date | datetime) -> date:
    return wall(value).date() if isinstance(value, datetime) else value


def _year(value: date) -> str:
    return day_names.year(value, today())


def day(value: date | datetime) -> str:
    """Wed 25 Nov, with the year only where it is another one"""
    return day_names.day(_date(value), today())


def long_day(value: date | datetime) -> str:
    """Wednesday 25 November"""
    return day_names.long_day(_date(value), today())


def date_range(first: date, last: date) -> str:
    """23 to 31 December, or Friday 15 January"""
    if first == last:
        return long_day(first)
    start = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else ""
    return f"{start or f'{first.day} {first:%B}'} to {last.day} {last:%B}{_year(last)}"


def day_time(instant: datetime) -> str:
    """Wed 25 Nov, 10:00"""
    return f"{day(instant)}, {clock(instant)}"


def day_span(starts: datetime, ends: datetime) -> str:
    """Wed 25 Nov, 10:00–11:00"""
    return f"{day(starts)}, {span(starts, ends)}"


def near_day(value: date | datetime) -> str:
    """Today, Tomorrow, Thursday within a week, else Wed 25 Nov"""
    return day_names.near_day(_date(value), today())


def stamp(instant: datetime) -> str:
    """Today 14:02, or 18 Nov 09:41"""
    return stamping()(instant)


def stamping() -> Callable[[datetime], str]:
    """Return what a long list calls for each of its stamps: it asks once for whom and when."""
    on, here, counts = today(), zone(), hour_format()

    def said(instant: datetime) -> str:
        value = moments.local(instant, here)
        time = moments.clock_face(value.hour, value.minute, counts)
        return f"{day_names.short_day(value.date(), on)} {time}"

    return said


def aged(instant: datetime) -> str:
    """14:02, 2 minutes ago"""
    seconds = int((now() - instant).total_seconds())
    if seconds < 60:
        return f"{clock(instant)}, just now"
    if seconds < 3600:
        return f"{clock(instant)}, {plural(seconds // 60, 'minute')} ago"
    if seconds < 86400:
        return f"{clock(instant)}, {plural(seconds // 3600, 'hour')} ago"
    return f"{day_time(instant)}, {plural(seconds // 86400, 'day')} ago"


def minutes(count: int, *, short: bool = False) -> str:
    """60 minutes, or 60 min"""
    return f"{count} min" if short else plural(count, "minute")


def ahead(count: int) -> str:
    """when it starts, 90 minutes before, 2 hours before, 3 days before"""
    if count == 0:
        return "when it starts"
    for size, word in ((1440, "day"), (60, "hour")):
        if count % size == 0:
            return f"{plural(count // size, word)} before"
    return f"{minutes(count)} before"


def places_taken(taken: int, capacity: int, waiting: int) -> str:
    """12 of 20 places, 3 waiting"""
    said = f"{taken:,} of {plural(capacity, 'place')}"
    return f"{said}, {waiting:,} waiting" if waiting else said


def minutes_to(starts: datetime, ends: datetime) -> int:
    """Count the minutes between two instants."""
    return int((ends - starts).total_seconds()) // 60


def money(hundredths: int | None) -> str:
    """£58.00 in the currency of the business, or nothing where no price is named"""
    return "" if hundredths is None else words.money(hundredths, currency())


def currency() -> str:
    """Return the currency of the business as its ISO code."""
    known: str = g.standing.currency
    return known


def who(appointment: Any) -> str:
    """Lea Roth, or Lea Roth and 3 more; of what is over, whoever had booked"""
    bookings = appointment.bookings
    names = [one.customer.name for one in bookings if one.status in TAKING] or [
        one.customer.name for one in bookings
    ]
    return words.and_more(names)


def places_left(count: int) -> str:
    """2 places are left."""
    if count < 1:
        return "No place is left."
    return f"{plural(count, 'place')} {'is' if count == 1 else 'are'} left."


def plural(count: int, word: str, words: str = "") -> str:
    """1 change, 3 changes"""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def lower_first(text: str) -> str:
    """massage therapist; what begins with two capitals stays"""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
