"""Free times: where a service can start, from open hours and from what is taken.

Everything here counts whole minutes since 1970 UTC: integers compare and add faster than
datetimes, and one sweep over sorted stretches answers for a whole month.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# From one minute to another, the end not included.
Stretch = tuple[int, int]
# The same as it is read: with whose it is.
Taken = tuple[int, int, int]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: how long it takes with its buffers, on which grid, from when to when.

    `duration`, `before`, `after` and `step` are minutes; it starts at `earliest` or later and
    before `latest`.
    """

    duration: int
    step: int
    earliest: int
    latest: int
    before: int = 0
    after: int = 0


def free_starts(
    pieces: Sequence[Stretch],
    taken: Sequence[Taken],
    wanted: Wanted,
    joinable: Mapping[int, Taken] | None = None,
) -> list[int]:
    """Return the minutes at which it can start, in order.

    `pieces` are the open hours in order, each with a grid of its own that counts from its
    start; what touches is one stretch to work in. `taken` is what stands in the way, with its
    buffers. `joinable` are group appointments with places left, by their start: what each has
    in `taken` does not stand in its own way.
    """
    ends = _ends(pieces)
    found = _swept(pieces, ends, _blocked(taken, wanted), wanted)
    if not joinable:
        return found
    joined = [
        start
        for start, own in joinable.items()
        if wanted.earliest <= start < wanted.latest
        and any(a <= start and start + wanted.duration <= end
                for (a, _), end in zip(pieces, ends, strict=True))
        and not _in_the_way(start, own, taken, wanted)
    ]  # fmt: skip
    return sorted({*found, *joined})


def _in_the_way(start: int, own: Taken, taken: Iterable[Taken], wanted: Wanted) -> bool:
    first, end = start - wanted.before, start + wanted.duration + wanted.after
    return sum(a < end and first < b for a, b, _ in taken) > (own[0] < end and first < own[1])


def _blocked(taken: Sequence[Taken], wanted: Wanted) -> tuple[list[int], list[int]]:
    """Return the stretches within which it cannot start, neither end included, made disjoint.

    As two lists, of their beginnings and of their ends: a start at either is free.
    """
    lead, tail = wanted.duration + wanted.after, wanted.before
    lows: list[int] = []
    highs: list[int] = []
    in_order = sorted(taken)
    reached = in_order[0][0] - lead if in_order else 0
    for start, end, _ in in_order:
        if start - lead >= reached:
            lows.append(start - lead)
            reached = end + tail
            highs.append(reached)
        elif end + tail > reached:
            highs[-1] = reached = end + tail
    return lows, highs


def _ends(pieces: Sequence[Stretch]) -> list[int]:
    """Return for each piece where the work that it begins must end: pieces that touch go on."""
    ends: list[int] = []
    first, reached = 0, -1
    for number, (start, end) in enumerate(pieces):
        if start > reached:
            ends += [reached] * (number - first)
            first, reached = number, end
        elif end > reached:
            reached = end
    return ends + [reached] * (len(pieces) - first)


def _swept(
    pieces: Sequence[Stretch],
    ends: Sequence[int],
    blocked: tuple[list[int], list[int]],
    wanted: Wanted,
) -> list[int]:
    lows, highs = blocked
    duration, step = wanted.duration, wanted.step
    found: list[int] = []
    for (origin, piece_end), end in zip(pieces, ends, strict=True):
        last = min(piece_end - 1, end - duration, wanted.latest - 1)
        here = max(origin, origin - (origin - wanted.earliest) // step * step)
        if here > last:
            continue
        for number in range(bisect_right(highs, here), len(lows)):
            low = lows[number]
            if low >= last:
                break
            if here <= low:
                found += range(here, low + 1, step)
            here = origin - (origin - highs[number]) // step * step
            if here > last:
                break
        found += range(here, last + 1, step)
    return found if _apart(pieces) else sorted(set(found))


def _apart(pieces: Sequence[Stretch]) -> bool:
    """Say that no two pieces overlap, so that no start was found twice."""
    reached = -1
    for start, end in pieces:
        if start < reached:
            return False
        reached = end
    return True
