"""A recurrence as Graph writes it, read with all its refusals."""

from datetime import date, datetime, tzinfo
from typing import Any

from sandbox.moments import refused, unreadable
from sandbox.recurrence import INDEXES, PERIODS, WEEKDAYS, Recurrence
from sandbox.values import strings, text
from sandbox.zones import zone

RANGES = ("endDate", "noEnd", "numbered")
NEEDS = {
    "daily": (),
    "weekly": ("daysOfWeek",),
    "absoluteMonthly": ("dayOfMonth",),
    "relativeMonthly": ("daysOfWeek",),
    "absoluteYearly": ("dayOfMonth", "month"),
    "relativeYearly": ("daysOfWeek", "month"),
}


def read_recurrence(body: Any, start: datetime, zone_name: str) -> Recurrence:
    """A patternedRecurrence of an event that starts then, written in that zone.

    The series counts its days in recurrenceTimeZone, else in the zone of the start.
    """
    if not isinstance(body, dict):
        raise unreadable("A recurrence needs a pattern and a range.")
    pattern, span = body.get("pattern"), body.get("range")
    if not isinstance(pattern, dict) or not isinstance(span, dict):
        raise refused("A recurrence needs a pattern and a range.")
    name = text(span.get("recurrenceTimeZone")) or zone_name
    read = Recurrence(**_pattern(pattern), **_range(span, start, zone(name)), zone=name)
    if next(read.dates(read.starts, read.until or date.max), None) is None:
        raise refused("The recurrence has no occurrence.")
    return read


def _pattern(pattern: dict[str, Any]) -> dict[str, Any]:
    kind = text(pattern.get("type"))
    if kind not in PERIODS:
        raise refused(f"Recurrence pattern type '{kind}' is not known.")
    if missing := [need for need in NEEDS[kind] if not pattern.get(need)]:
        raise refused(f"A {kind} recurrence needs {' and '.join(missing)}.")
    first_day = _word(pattern.get("firstDayOfWeek") or "sunday", WEEKDAYS)
    days = tuple(_word(day, WEEKDAYS) for day in strings(pattern.get("daysOfWeek")))
    return {
        "type": kind,
        "interval": _number(pattern.get("interval", 1), 1, 999),
        "days": days if "daysOfWeek" in NEEDS[kind] else (),
        "day_of_month": _number(pattern.get("dayOfMonth") or 1, 1, 31),
        "month": _number(pattern.get("month") or 1, 1, 12),
        "index": INDEXES[_word(pattern.get("index") or "first", INDEXES)],
        "first_day": first_day,
    }


def _range(span: dict[str, Any], start: datetime, home: tzinfo) -> dict[str, Any]:
    kind = text(span.get("type"))
    if kind not in RANGES:
        raise refused(f"Recurrence range type '{kind}' is not known.")
    begins = start.astimezone(home).date()
    said = _date(span["startDate"]) if span.get("startDate") else begins
    if said > max(begins, start.date()):
        raise refused("The range's startDate must not be after the event's start.")
    # The pattern may fit for the first time after the day on which the range begins.
    begins = begins if said == start.date() else said
    until = _date(span.get("endDate")) if kind == "endDate" else None
    if until and until < begins:
        raise refused("The range ends before it starts.")
    number = _number(span.get("numberOfOccurrences"), 1, 999) if kind == "numbered" else 0
    return {"range_type": kind, "starts": begins, "until": until, "number": number}


def write_recurrence(series: Recurrence) -> dict[str, Any]:
    """The recurrence as Graph shows it: what does not apply is zero."""
    kind = series.type
    pattern = {
        "type": kind,
        "interval": series.interval,
        "month": series.month if kind.endswith("Yearly") else 0,
        "dayOfMonth": series.day_of_month if kind.startswith("absolute") else 0,
        "daysOfWeek": [WEEKDAYS[day] for day in series.days],
        "firstDayOfWeek": WEEKDAYS[series.first_day],
        "index": series.index,
    }
    span = {
        "type": series.range_type,
        "startDate": series.starts.isoformat(),
        "endDate": series.until.isoformat() if series.until else "0001-01-01",
        "recurrenceTimeZone": series.zone,
        "numberOfOccurrences": series.number,
    }
    return {"pattern": pattern, "range": span}


def _word(value: Any, words: tuple[str, ...]) -> int:
    if not isinstance(value, str) or value.lower() not in words:
        raise refused(f"'{value}' is none of {', '.join(words)}.")
    return words.index(value.lower())


def _number(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise refused(f"{value!r} is not a number from {least} to {most}.")
    return value


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise refused(f"{value!r} is not a date.") from None
