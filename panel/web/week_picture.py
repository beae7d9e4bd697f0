"""A week of work hours as a picture: seven columns, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from panel.domain.schedule import Weekly
from panel.domain.week import WEEKDAYS
from panel.web.hours import on_the_hour, week_in_words, written

# A picture shows at least the usual day.
FIRST, LAST = 8, 18


@dataclass(frozen=True)
class Block:
    """Work hours or a break: where it stands (minutes after midnight), and what colours it.

    `tone` is that of the service it is limited to, 0 where it is not or to several.
    """

    kind: str
    at: int
    lasts: int
    tone: int
    limited: bool


@dataclass(frozen=True)
class Column:
    """One weekday."""

    name: str
    blocks: Sequence[Block]
    words: str


@dataclass(frozen=True)
class Picture:
    """The week between two hours of the day; `words` say the same shortly."""

    days: Sequence[Column]
    first_hour: int
    last_hour: int
    words: Sequence[tuple[str, str]]
    limits: Sequence[tuple[str, int]]

    @property
    def scale(self) -> list[tuple[int, str]]:
        """Return every other hour: minutes below the first, and its words."""
        hours = range(self.first_hour + 1, self.last_hour)
        return [((n - self.first_hour) * 60, on_the_hour(n)) for n in hours if n % 2 == 0]

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for who does not see it."""
        said = "; ".join(f"{days} {hours}" for days, hours in self.words)
        only = ", ".join(name for name, _ in self.limits)
        limits = f" Some hours are only for {only}." if only else ""
        return f"{said}.{limits}" if said else "No work hours."


def picture(periods: Iterable[Any], offered: Sequence[Any]) -> Picture:
    """Draw periods of a week; `offered` are services with id, name and tone."""
    drawn = [one for one in periods if one.starts < one.ends]
    tones = {one.id: one.tone for one in offered}
    names = {one.id: one.name for one in offered}
    limited = sorted({id for one in drawn for id in one.service_ids or () if id in names})
    return Picture(
        days=[_column(n, drawn, tones) for n in range(7)],
        first_hour=min([FIRST, *(one.starts // 60 for one in drawn)]),
        last_hour=max([LAST, *(-(-one.ends // 60) for one in drawn)]),
        words=week_in_words(drawn),
        limits=[(names[id], tones[id]) for id in limited],
    )


def _column(weekday: int, periods: Iterable[Weekly], tones: Mapping[int, int]) -> Column:
    mine = [one for one in periods if one.weekday == weekday]
    work = written((one.starts, one.ends) for one in mine if one.kind == "work")
    blocks = [_block(one, tones) for one in mine]
    # Breaks lie over the work hours that they interrupt.
    blocks.sort(key=lambda one: one.kind == "break")
    return Column(WEEKDAYS[weekday], blocks, work or "free")


def _block(one: Any, tones: Mapping[int, int]) -> Block:
    only = list(one.service_ids or ())
    tone = tones.get(only[0], 0) if len(only) == 1 else 0
    return Block(one.kind, one.starts, one.ends - one.starts, tone, bool(only))
