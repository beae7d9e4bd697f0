"""Graph's ways of saying when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from panel.outlook.zones import zone

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)


def read_instant(raw: Any) -> datetime:
    """The UTC instant of a dateTimeTimeZone, as `{"dateTime": "…", "timeZone": "UTC"}`.

    Years 0001 and 9999 stand for "no limit" at Microsoft; what an offset would push out of
    the calendar stays at its edge. Raises ValueError where it cannot be understood.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("dateTime"), str):
        raise ValueError("a time is missing")
    wall = datetime.fromisoformat(raw["dateTime"])
    if wall.tzinfo is None:
        wall = wall.replace(tzinfo=zone(str(raw.get("timeZone") or "UTC")))
    try:
        return wall.astimezone(UTC)
    except OverflowError:
        return EARLIEST if wall.year == 1 else LATEST


def read_stamp(raw: Any) -> datetime | None:
    """The UTC instant of a plain time stamp with a Z, as in lastModifiedDateTime."""
    try:
        stamp = datetime.fromisoformat(raw)
        return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def read_days(start: Any, end: Any) -> tuple[date, date]:
    """First day and the day after the last one, of an all-day entry.

    Graph labels the midnights of an all-day entry with whatever zone was preferred, so
    only their date parts mean anything (graph-docs issues 1802 and 16798).
    """
    first, behind = _day(start), _day(end)
    if behind <= first:
        behind = first + timedelta(days=1) if first < date.max else first
    return first, behind


def write_instant(instant: datetime) -> dict[str, str]:
    """An aware instant in UTC, the one zone that every mailbox understands."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone")
    return {
        "dateTime": instant.astimezone(UTC).replace(tzinfo=None).isoformat(),
        "timeZone": "UTC",
    }


def query_instant(instant: datetime) -> str:
    """An aware instant as the bounds of a calendar view are written."""
    return f"{write_instant(instant)['dateTime']}Z"


def _day(raw: Any) -> date:
    if not isinstance(raw, dict) or not isinstance(raw.get("dateTime"), str):
        raise ValueError("a date is missing")
    return date.fromisoformat(raw["dateTime"][:10])
