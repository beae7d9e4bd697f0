"""The calendar: a day, a week or a month of one's own time."""

from __future__ import annotations

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from panel.domain.moments import at_wall
from panel.services.calendar import Window, read
from panel.web import days as drawn
from panel.web import lists
from panel.web.frame import standing_here
from panel.web.hours import hour_format
from panel.web.session import by, me, now
from panel.web.words import clock, long_day, today, wall, zone

calendar = Blueprint("calendar", __name__, url_prefix="/panel/calendar")
VIEWS = {"day": "Day", "week": "Week", "month": "Month"}


@dataclass(frozen=True)
class Calendar:
    """Days side by side (parts/calendar.html); `now` in minutes after midnight and words.

    `step` is the grid of minutes to which an appointment can be dragged.
    """

    days: list[drawn.Day]
    first_hour: int
    last_hour: int
    now: tuple[int, str] | None
    zone: str
    step: int
    hour_format: int


@calendar.get("/")
def show() -> ResponseReturnValue:
    """Show the stretch of time that the address asks for."""
    if me().employee_id is None:
        return render_template("errors/nobody.html")
    view, day = _asked_for()
    shown = _days(_dates(view, day), day)
    return render_template(
        f"calendar/{view}.html" if view == "month" else "calendar/show.html",
        days=shown,
        month=day.month,
        # A month is drawn without the hours of its days.
        calendar=None if view == "month" else _calendar(shown),
        # A month has no strip of days: its own cells lead to them.
        strip=_week(day) if view == "day" else shown,
        title=_title(view, day),
        views=[(words, drawn.address(one, day), one == view) for one, words in VIEWS.items()],
        **_around(view, day),
    )


def _asked_for() -> tuple[str, date]:
    view = request.args.get("view", "week")
    return (view if view in VIEWS else "week"), lists.day("on") or today()


def _dates(view: str, day: date) -> list[date]:
    if view == "month":
        return list(Months(drawn.first_weekday()).itermonthdates(day.year, day.month))
    first = day if view == "day" else drawn.week_start(day)
    return [first + timedelta(days=n) for n in range(1 if view == "day" else 7)]


def _days(dates: list[date], shown: date) -> list[drawn.Day]:
    return drawn.days(_window(dates), dates, shown=shown, now=now())


def _window(dates: list[date]) -> Window:
    first, end = at_wall(dates[0], 0, zone()), at_wall(dates[-1] + timedelta(days=1), 0, zone())
    return read(by(), first, end, employee_id=me().employee_id)


def _week(day: date) -> list[drawn.Day]:
    return _days(_dates("week", day), day)


def _calendar(shown: list[drawn.Day]) -> Calendar:
    """Begin an hour before anything does, and end with the last hour that holds something."""
    places = [(at, lasts) for day in shown for at, lasts in day.open]
    places += [(one.at, one.lasts) for day in shown for one in day.entries]
    first = min([540, *(at for at, _ in places)])
    last = max([1080, *(at + lasts for at, lasts in places)])
    first_hour, last_hour = max(0, first // 60 - 1), min(24, -(-last // 60))
    minute = wall(now()).hour * 60 + wall(now()).minute
    return Calendar(
        days=shown,
        first_hour=first_hour,
        last_hour=last_hour,
        now=(minute, clock(now())) if first_hour * 60 <= minute <= last_hour * 60 else None,
        zone=zone(),
        step=standing_here().step,
        hour_format=hour_format(),
    )


def _title(view: str, day: date) -> str:
    if view == "day":
        return long_day(day)
    if view == "month":
        return f"{day:%B %Y}"
    first = drawn.week_start(day)
    last = first + timedelta(days=6)
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    year = "" if last.year == today().year else f" {last.year}"
    return f"{start} to {last.day} {last:%B}{year}"


def _around(view: str, day: date) -> dict[str, tuple[str, str] | str]:
    """Return the ways to what comes before and after, and to today."""
    before, after = _neighbours(view, day)
    return {
        "before": (f"The {view} before", drawn.address(view, before)),
        "after": (f"The {view} after", drawn.address(view, after)),
        "to_today": drawn.address(view, today()),
    }


def _neighbours(view: str, day: date) -> tuple[date, date]:
    if view == "month":
        first = day.replace(day=1)
        return first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    step = timedelta(days=1 if view == "day" else 7)
    return day - step, day + step
