"""Hours of a day as people write them: 09:00–12:00, 13:00–17:00."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import StringField

from panel.services.schedules import WEEKDAYS

Hours = list[tuple[int, int]]
ONE = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:[-–—]|to)\s*(\d{1,2})[:.](\d{2})")
HOW = "Write times like 09:00–17:00, several with a comma between them."


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


def read(text: str) -> Hours:
    """Read hours. Raises ValueError with a sentence that says how to write them."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [ONE.fullmatch(part) for part in parts]
    if not all(found):
        raise ValueError(HOW)
    return [_minutes(*(int(group) for group in one.groups())) for one in found if one]


def _minutes(hour: int, minute: int, last_hour: int, last_minute: int) -> tuple[int, int]:
    starts, ends = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or ends > 24 * 60 or starts >= ends:
        raise ValueError(HOW)
    return starts, ends


def written(hours: Iterable[tuple[int, int]]) -> str:
    """Write hours as they are read."""
    return ", ".join(f"{clock(starts)}–{clock(ends)}" for starts, ends in hours)


def clock(minutes: int) -> str:
    """09:00, and 24:00 for the midnight that ends a day"""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def week_in_words(periods: Iterable[Any]) -> list[tuple[str, str]]:
    """Say a week shortly: days with the same hours together, then the breaks."""
    kept = list(periods)
    return [
        *_together(kept, "work"),
        *(("Break" if same else f"Break {days}", hours) for days, hours, same in _breaks(kept)),
    ]


def _together(periods: list[Any], kind: str) -> list[tuple[str, str]]:
    """Join neighbouring days that have the same hours: Mon–Wed 09:00–17:00."""
    runs: list[tuple[int, int, str]] = []
    for weekday in range(7):
        hours = _of(periods, weekday, kind)
        if runs and runs[-1][2] == hours and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday, hours)
        elif hours:
            runs.append((weekday, weekday, hours))
    return [(_days(first, last), hours) for first, last, hours in runs]


def _breaks(periods: list[Any]) -> list[tuple[str, str, bool]]:
    runs = _together(periods, "break")
    same = len({hours for _, hours in runs}) == 1
    return [(days, hours, same) for days, hours in (runs[:1] if same else runs)]


def _of(periods: list[Any], weekday: int, kind: str) -> str:
    return written(
        (one.starts, one.ends) for one in periods if one.weekday == weekday and one.kind == kind
    )


def _days(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first]
    return f"{WEEKDAYS[first][:3]}–{WEEKDAYS[last][:3]}"
