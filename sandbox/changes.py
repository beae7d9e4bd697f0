"""What changed in one calendar: the latest change of each item, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.events import Event


@dataclass(slots=True)
class Entry:
    """The last change of one item. `first` is the number of its arrival in this calendar.

    Times are seconds since 1970 on the sandbox's clock.
    """

    key: int
    number: int
    first: int
    at: float
    first_at: float
    alive: bool
    moves: int  # of a default id, as it was here
    arrived: bool  # this change moved it here out of another calendar


class ChangeLog:
    """One entry per item that ever stood in the calendar, the latest change last."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}

    def note(self, number: int, event: Event, *, now: datetime, kind: str) -> None:
        """Remember a change: created, updated, deleted, arrived or left."""
        before = self.entries.pop(event.key, None)
        at = now.timestamp()
        first = (before.first, before.first_at) if before and before.alive else (number, at)
        alive = kind not in ("deleted", "left")
        self.entries[event.key] = Entry(
            event.key, number, first[0], at, first[1], alive, event.moves, kind == "arrived"
        )

    def known(self, newest: int, now: datetime, lag: timedelta) -> int:
        """The number of the newest change that is at least `lag` old."""
        if not lag:
            return newest
        seen = (now - lag).timestamp()
        number = 0
        for entry in reversed(self.entries.values()):
            if entry.at <= seen:
                return max(number, entry.number)
            # What changed since then was there before, if it came before.
            if entry.first_at <= seen:
                number = max(number, entry.first)
        return number

    def since(self, position: int, upto: int, *, initial: bool) -> Iterator[Entry]:
        """The entries after that position.

        A first round tells of all that is there; what changed since `upto` comes with its new
        face, and again in the next round. A later round tells of changes up to `upto`.
        """
        later: list[Entry] = []
        for entry in reversed(self.entries.values()):
            if entry.number <= position:
                break
            if (entry.alive and entry.first <= upto) if initial else entry.number <= upto:
                later.append(entry)
        return reversed(later)

    def to_list(self) -> list[list[Any]]:
        return [[getattr(one, name) for name in Entry.__slots__] for one in self.entries.values()]

    @classmethod
    def from_list(cls, rows: list[list[Any]]) -> "ChangeLog":
        log = cls()
        log.entries = {row[0]: Entry(*row) for row in rows}
        return log
