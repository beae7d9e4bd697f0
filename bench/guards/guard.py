"""One guard of the sync, and how to break it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """`text` stands exactly once in `file`; with `broken` in its place the guard is gone.

    Then at least one of `tests` must fall. They are named as pytest names them, below `tests/`.
    """

    name: str
    file: str
    text: str
    broken: str
    tests: tuple[str, ...]
