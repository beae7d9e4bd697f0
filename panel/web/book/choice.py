"""What a visitor has chosen so far, kept in the address alone: no session, no cookie."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import request, url_for

from panel.domain.moments import local
from panel.domain.open_hours import instant_of, minute_of
from panel.web.session import now
from panel.web.words import today
from panel.web.words import zone as visitors_zone

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
MOST_PERSONS = 20


@dataclass(frozen=True)
class Choice:
    """A service, and what else is known: with whom, for how many, the month shown, the day, the
    start (minutes since 1970 UTC), and the zone that the visitor named."""

    service_id: int
    employee: int | None = None
    persons: int = 1
    month: date | None = None
    day: date | None = None
    at: int | None = None
    zone: str = ""

    def to(self, endpoint: str = "book_times.show", **changes: Any) -> str:
        """Return the address of a page with this choice, or with some of it changed."""
        chosen = {**asdict(replace(self, **changes))}
        chosen["month"] = f"{chosen['month']:%Y-%m}" if chosen["month"] else None
        if chosen["persons"] == 1:
            del chosen["persons"]
        return url_for(endpoint, **{name: value for name, value in chosen.items() if value})

    @property
    def starts(self) -> datetime | None:
        """The chosen start as an instant (aware UTC)."""
        return None if self.at is None else instant_of(self.at)


def chosen(service_id: int) -> Choice:
    """Read it from the address; what makes no sense there counts as not chosen."""
    at = _number("at")
    at = at if at is not None and at >= minute_of(now()) else None
    day = _day(request.args.get("day", ""))
    if at is not None:
        chosen_day = local(instant_of(at), visitors_zone()).date()
        day, at = (chosen_day, at) if _is_near(chosen_day) else (None, None)
    month = _month(request.args.get("month", "")) or (day.replace(day=1) if day else None)
    return Choice(
        service_id,
        employee=_number("employee"),
        persons=min(_number("persons") or 1, MOST_PERSONS),
        month=month,
        day=day,
        at=at,
        zone=request.args.get("zone", ""),
    )


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 9 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and _is_near(day) else None


def _month(text: str) -> date | None:
    return _day(f"{text}-01") if MONTH.fullmatch(text) else None


def _is_near(day: date) -> bool:
    """Say whether a day may be looked at: nothing can be booked beyond a year from now."""
    return abs((day - today()).days) < 2 * 366
