"""The order that people give to things: a place in a row, moved one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Whatever has a place in a row."""

    position: int


Row = TypeVar("Row", bound=Placed)


def step(rows: Sequence[Row], one: Row, *, up: bool) -> None:
    """Let one of the rows change places with the row above or below it; number all anew.

    At the end of the row it stays where it is.
    """
    ordered = list(rows)
    here = ordered.index(one)
    there = here - 1 if up else here + 1
    if 0 <= there < len(ordered):
        ordered[here], ordered[there] = ordered[there], ordered[here]
    number(ordered)


def number(rows: Sequence[Placed]) -> None:
    """Count the rows anew, in the order in which they come."""
    for position, row in enumerate(rows, 1):
        row.position = position
