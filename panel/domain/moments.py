"""Instants, wall times and zones: what was promised, and when that is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from zoneinfo import ZoneInfo

from panel.domain.errors import RuleBroken

# The release of the zone data that every promise is worked out with. Our own pinned copy,
# not the machine's: two machines must never disagree about one promise.
TZDATA = version("tzdata")
WALL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
AREAS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia",
    "Atlantic", "Australia", "Europe", "Indian", "Pacific",
}  # fmt: skip
_ZONES = files("tzdata") / "zoneinfo"
_MIDNIGHT = 24 * 60
_KEPT = 5000


@cache
def zone_names() -> tuple[str, ...]:
    """Return the zones one can choose from: each with a place, and UTC.

    Source: zone.tab of the IANA time zone database, third column.
    """
    lines = (_ZONES / "zone.tab").read_text(encoding="utf-8").splitlines()
    places = {line.split("\t")[2] for line in lines if not line.startswith("#")}
    return ("UTC", *sorted(places))


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the zone of this IANA name. Only names with a place, and UTC.

    Raises RuleBroken: `Etc/GMT+2` and `+02:00` know no summer time, so a promise made
    in them would move against the wall clock.
    """
    parts = name.split("/")
    known = name == "UTC" or (len(parts) > 1 and parts[0] in AREAS)
    if not known or not all(re.fullmatch(r"[A-Za-z0-9_+-]+", part) for part in parts):
        raise RuleBroken(f"{name} is not a time zone with a place, like Europe/London.", "zone")
    try:
        with _ZONES.joinpath(*parts).open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except OSError as error:
        raise RuleBroken(f"There is no time zone {name}. Europe/London is one.", "zone") from error


def promise(local_start: str, zone: str) -> datetime:
    """Return the instant of a wall time, YYYY-MM-DDTHH:MM, in a zone.

    A time that happens twice means the first. Raises RuleBroken for what is not a time,
    and for one that does not happen that day, because the clocks go forward.
    """
    place = zone_named(zone)
    wall = _wall(local_start)
    instant = wall.replace(tzinfo=place).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None, fold=0) != wall:
        raise RuleBroken(
            f"{wall:%H:%M} does not exist on {long_date(wall.date())}: the clocks go forward then. "
            "Choose another time.",
            "time",
        )
    return instant


def _wall(text: str) -> datetime:
    """Read a wall time; naive on purpose, for it has no meaning without its zone."""
    try:
        if not WALL.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken(
            f"{text or 'Nothing'} is not a date and time. Write them like 2026-11-25 and 10:00.",
            "time",
        ) from error


def local(instant: datetime, zone: str) -> datetime:
    """Return the instant as the clock on the wall shows it in a zone (aware)."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant!r} has no time zone.")
    return instant.astimezone(zone_named(zone))


def local_text(instant: datetime, zone: str) -> str:
    """Return the wall time of an instant as a promise is kept: YYYY-MM-DDTHH:MM."""
    return f"{local(instant, zone):%Y-%m-%dT%H:%M}"


def promised_at(instant: datetime, zone: str) -> str:
    """Return the wall time that promises exactly this instant, as `promise` reads it back.

    Raises RuleBroken for parts of a minute, and for the second of two equal wall times when
    the clocks go back: neither can be promised.
    """
    wall = local_text(instant, zone)
    if instant.second or instant.microsecond:
        raise RuleBroken("Give whole minutes.", "time")
    if promise(wall, zone) != instant:
        raise RuleBroken(
            f"{wall[-5:]} happens twice that day, because the clocks go back. "
            "Only the first of them can be booked.",
            "time",
        )
    return wall


def at_wall(day: date, minutes: int, zone: str, *, ending: bool = False) -> datetime:
    """Return the instant at which the clock shows so many minutes after midnight.

    For work hours and whole days, which hold on every date: a time that the clocks skip is
    counted on from before the change (01:30 becomes 02:30); of one that happens twice, the
    first is meant, or where something ends (`ending`) the second.
    """
    first, second = _both_at_wall(day, minutes, zone)
    # In a gap `second` is the earlier one: read with the offset after the change.
    return max(first, second) if ending else first


@lru_cache(_KEPT)
def _both_at_wall(day: date, minutes: int, zone: str) -> tuple[datetime, datetime]:
    """Return the instants of a wall time before and after a change of the clocks.

    Kept, for they never change, and a month of work hours asks for a hundred of them.
    """
    days, rest = divmod(minutes, _MIDNIGHT)
    wall = datetime.combine(
        day + timedelta(days=days), time(rest // 60, rest % 60), zone_named(zone)
    )
    return wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def day_span(day: date, zone: str, *, days: int = 1) -> tuple[datetime, datetime]:
    """Return the first instant of a day in a zone, and the first after `days` days."""
    return at_wall(day, 0, zone), at_wall(day + timedelta(days=days), 0, zone)


def iso_span(starts: datetime, ends: datetime) -> str:
    """Write two instants as the journal keeps them: ISO in UTC, joined by a slash."""
    return f"{_iso(starts)}/{_iso(ends)}"


def read_span(text: str) -> tuple[datetime, datetime] | None:
    """Read what `iso_span` wrote; None where the journal holds words instead."""
    if "/" not in text:
        return None
    try:
        starts, ends = (datetime.fromisoformat(part) for part in text.split("/"))
    except ValueError:
        return None
    return (starts, ends) if starts.tzinfo and ends.tzinfo else None


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def clock(instant: datetime, zone: str, hour_format: int = 24) -> str:
    """Return the wall time in words: 13:30, or 1:30 pm where hours go to 12."""
    wall = local(instant, zone)
    return clock_face(wall.hour, wall.minute, hour_format)


def clock_face(hour: int, minute: int, hour_format: int = 24) -> str:
    """Write a time of day: 13:30, or 1:30 pm where hours go to 12. Hour 24 ends a day."""
    if hour_format == 24:
        return f"{hour:02d}:{minute:02d}"
    return f"{hour % 12 or 12}:{minute:02d}\u00a0{'pm' if 12 <= hour < 24 else 'am'}"


def long_date(day: date) -> str:
    """Return a date in words: Wednesday 25 November."""
    return f"{day:%A} {day.day} {day:%B}"
