"""Hours of a day as people write them: 09:00–12:00, 13:00–17:00."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from flask import g
from wtforms import StringField

from panel.domain.moments import clock_face
from panel.domain.week import DAY, WEEKDAYS

Hours = list[tuple[int, int]]
TIME = r"(\d{1,2})[:.](\d{2})\s*([ap]m)?"
ONE = re.compile(rf"{TIME}\s*(?:[-–—]|to)\s*{TIME}", re.IGNORECASE)
HOW = "Write times like 09:00–17:00 or 9:00 am–5:00 pm, several with a comma between them."
WALL = re.compile(r"(\d{1,2})(?:[:.]?([0-5]\d))?\s*([ap]m)?", re.IGNORECASE)


class HoursField(StringField):
    """Hours of one day, in minutes after midnight; empty means none."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return written(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError with a sentence."""
        if valuelist:
            self.data = read(valuelist[0])


class WallTimeField(StringField):
    """One time of a day, in minutes after midnight: 9, 930, 9.30, 09:30 or 9:30 am.

    24:00 is the midnight that ends a day.
    """

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else clock(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed. Raises ValueError with a sentence."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = _wall(text)
        if text and self.data is None:
            raise ValueError("Write a time like 14:30.")


def _wall(text: str) -> int | None:
    found = WALL.fullmatch(text)
    try:
        minutes = _minutes(found[1], found[2] or "0", found[3]) if found else -1
    except ValueError:
        return None
    return minutes if 0 <= minutes <= DAY else None


def read(text: str) -> Hours:
    """Read hours. Raises ValueError with a sentence that says how to write them."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [ONE.fullmatch(part) for part in parts]
    if not all(found):
        raise ValueError(HOW)
    return [_span(one) for one in found if one]


def _span(one: re.Match[str]) -> tuple[int, int]:
    hour, minute, half, last_hour, last_minute, last_half = one.groups()
    # 9:00–11:00 am: said once, it holds for both; and 12:00 am ends a day as well as it begins it.
    starts = _minutes(hour, minute, half or last_half)
    ends = _minutes(last_hour, last_minute, last_half) or DAY
    if ends > DAY or starts >= ends:
        raise ValueError(HOW)
    return starts, ends


def _minutes(hour: str, minute: str, half: str | None) -> int:
    """Return the minutes after midnight, with am or pm where it was said. Raises ValueError."""
    if int(minute) > 59 or (half and not 1 <= int(hour) <= 12):
        raise ValueError(HOW)
    hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
    return hours * 60 + int(minute)


def written(hours: Iterable[tuple[int, int]]) -> str:
    """Write hours as they are read."""
    face, counts = clock_face, hour_format()
    return ", ".join(
        joined(face(*divmod(starts, 60), counts), face(*divmod(ends, 60), counts))
        for starts, ends in hours
    )


def clock(minutes: int) -> str:
    """09:00, and 24:00 for the midnight that ends a day; or 9:00 am"""
    return clock_face(minutes // 60, minutes % 60, hour_format())


def on_the_hour(hour: int) -> str:
    """09:00, or 9 am, for the edge of a calendar"""
    return clock(hour * 60).replace(":00\u00a0", "\u00a0")


def joined(starts: str, ends: str) -> str:
    """Join two times of day: 09:00–10:00, 9:00–10:00 am, 9:00 am–1:00 pm."""
    first, _, half = starts.partition("\u00a0")
    once = half and ends.endswith(half) and starts != ends
    return f"{first if once else starts}–{ends}"


def hour_format() -> int:
    """Return up to where the business counts the hours: 12 or 24."""
    known = g.get("standing")
    return known.hour_format if known else 24


def week_in_words(periods: Iterable[Any]) -> list[tuple[str, str]]:
    """Say a week shortly: days with the same hours together, then the breaks."""
    kept: dict[tuple[str, int], Hours] = defaultdict(list)
    for one in periods:
        kept[one.kind, one.weekday].append((one.starts, one.ends))
    return [
        *_together(kept, "work"),
        *(("Break" if same else f"Break {days}", hours) for days, hours, same in _breaks(kept)),
    ]


def _together(periods: Mapping[tuple[str, int], Hours], kind: str) -> list[tuple[str, str]]:
    """Join neighbouring days that have the same hours: Mon–Wed 09:00–17:00."""
    runs: list[tuple[int, int, Hours]] = []
    for weekday in range(7):
        hours = periods.get((kind, weekday))
        if runs and runs[-1][2] == hours and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday, hours)
        elif hours:
            runs.append((weekday, weekday, hours))
    return [(_days(first, last), written(hours)) for first, last, hours in runs]


def _breaks(periods: Mapping[tuple[str, int], Hours]) -> list[tuple[str, str, bool]]:
    runs = _together(periods, "break")
    same = len({hours for _, hours in runs}) == 1
    return [(days, hours, same) for days, hours in (runs[:1] if same else runs)]


def _days(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first]
    return f"{WEEKDAYS[first][:3]}–{WEEKDAYS[last][:3]}"
