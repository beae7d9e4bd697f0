"""The last day of a connection in 48 half hours: checked, late or failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from panel.domain.health import GRACE, LONGEST

HALF_HOUR = timedelta(minutes=30)
HALF_HOURS = 48
CHECKED, LATE, FAILED, NONE = "checked", "late", "failed", "none"


def beats(
    known: Mapping[datetime, tuple[int, int]], *, since: datetime, now: datetime
) -> list[str]:
    """Say of each half hour how the calendar was read, the oldest first.

    `known` has rounds and failures by the start of the half hour; a day and a half of it says
    enough. `since` is when the account was connected. A half hour in which no round was due
    counts as checked.
    """
    first = started(now) - HALF_HOUR * (HALF_HOURS - 1)
    rounds = sorted(start for start, (read, _) in known.items() if read)
    found = []
    for number in range(HALF_HOURS):
        start = first + HALF_HOUR * number
        read, failed = known.get(start, (0, 0))
        last = max((one for one in rounds if one < start), default=None)
        if start + HALF_HOUR <= since:
            found.append(NONE)
        elif read:
            found.append(LATE if failed else CHECKED)
        elif failed:
            found.append(FAILED)
        else:
            found.append(_quiet(last or started(since), min(start + HALF_HOUR, now)))
    return found


def started(moment: datetime) -> datetime:
    """Return when the half hour of this moment began."""
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)


def _quiet(last: datetime, until: datetime) -> str:
    """How a half hour without any visit was, the last round having been in the one at `last`."""
    return CHECKED if until - last <= LONGEST + GRACE + HALF_HOUR else FAILED
