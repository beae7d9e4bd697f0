"""How often a mailbox is read, and how long it waits after a failure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

TOLD = timedelta(minutes=30)
# Microsoft tells of a change before its list of changes holds it, at times (unconfirmed).
SECOND_LOOK = timedelta(seconds=30)
SOON, USUAL, NIGHT = timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60)
FIRST_WAIT, LONGEST_WAIT = 10.0, 600.0
BACK, AHEAD, MARGIN, LONGEST = (
    timedelta(days=7),
    timedelta(days=90),
    timedelta(days=30),
    timedelta(days=360),
)


def until_next_round(
    now: datetime,
    zone: str,
    *,
    busy_day: bool,
    poll_seconds: int,
    chance: float,
    told: bool = False,
) -> timedelta:
    """How long until a mailbox is read again.

    `busy_day`: its owner is at work and has bookings in the next 24 hours. `zone` is the
    employee's; nights last from 22 to 6 there. `poll_seconds` overrides it all, where it is
    not 0. `told`: Microsoft tells of changes in all its calendars. `chance` from 0 to 1
    spreads the rounds by 20 % to either side.
    """
    if poll_seconds:
        return timedelta(seconds=poll_seconds)
    hour = now.astimezone(ZoneInfo(zone)).hour
    plain = NIGHT if hour >= 22 or hour < 6 else SOON if busy_day else USUAL
    return (TOLD if told else plain) * _spread(chance)


def wait_after(failures: int, retry_after: float | None, chance: float) -> timedelta:
    """How long a mailbox waits after so many failures in a row (1 is the first).

    Microsoft's own wish counts in full; else 10 s, doubled up to 10 minutes, spread by 20 %.
    """
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    seconds = min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    return timedelta(seconds=seconds) * _spread(chance)


def window(
    now: datetime, horizon_days: int, last_copy: datetime | None
) -> tuple[datetime, datetime]:
    """The time that a calendar is read for: whole UTC days, at most 360 of them."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = max(now + timedelta(days=horizon_days), last_copy or now)
    end = ahead.replace(hour=0, minute=0, second=0, microsecond=0) + MARGIN + timedelta(days=1)
    start = today - BACK
    return start, min(end, start + LONGEST)


def _spread(chance: float) -> float:
    return 0.8 + 0.4 * chance
