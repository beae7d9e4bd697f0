"""What makes sense as somebody's week of work hours and breaks."""

from __future__ import annotations

from collections.abc import Sequence

from panel.domain.errors import RuleBroken
from panel.domain.schedule import Weekly

DAY = 24 * 60
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KINDS = ("work", "break")


def check_week(periods: Sequence[Weekly]) -> None:
    """Raise RuleBroken for the first period that makes no sense.

    Its `field` is the period's place in the sequence and the end at fault: "3.starts".
    """
    for place, one in enumerate(periods):
        if one.weekday not in range(7) or one.kind not in KINDS:
            raise RuleBroken("Choose a weekday, and work or break.", f"{place}.starts")
        said = said_of_period(one.starts, one.ends)
        if said:
            raise RuleBroken(said, f"{place}.ends")
        _check_apart(periods, place)
    for place, one in enumerate(periods):
        if one.kind == "break" and not any(_holds(other, one) for other in periods):
            raise RuleBroken(
                f"This break lies outside the work hours of {WEEKDAYS[one.weekday]}.",
                f"{place}.starts",
            )


def said_of_period(starts: int, ends: int) -> str:
    """Say what is wrong with a period of a day, in minutes after midnight; "" if nothing is."""
    if 0 <= starts < ends <= DAY:
        return ""
    return "The end must come after the start, on the same day."


def clock(minutes: int) -> str:
    """09:00, and 24:00 for the midnight that ends a day"""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _check_apart(periods: Sequence[Weekly], place: int) -> None:
    one = periods[place]
    for other in periods[:place]:
        same = (other.weekday, other.kind) == (one.weekday, one.kind)
        if same and one.starts < other.ends and other.starts < one.ends:
            between = f"{clock(other.starts)} to {clock(other.ends)}"
            raise RuleBroken(
                f"On {WEEKDAYS[one.weekday]} this overlaps with {between}.", f"{place}.starts"
            )


def _holds(work: Weekly, pause: Weekly) -> bool:
    return (
        (work.weekday, work.kind) == (pause.weekday, "work")
        and work.starts <= pause.starts
        and pause.ends <= work.ends
    )
