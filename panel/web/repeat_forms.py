"""The form that repeats the dates of an event."""

from __future__ import annotations

from calendar import day_name
from datetime import date, timedelta
from typing import Any

from flask import request
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from panel.domain.repeats import DAY, MONTH, WEEK, Repeat, repeated
from panel.services.events import Date, Event
from panel.web.event_forms import DateForm, when_of
from panel.web.forms import Day, options
from panel.web.session import now
from panel.web.words import today, wall, zone

UNITS = options([(DAY, "days"), (WEEK, "weeks"), (MONTH, "months")])
WEEKDAYS = options(enumerate(day_name))
ENDS = options([("times", "After so many dates"), ("until", "On a day")])


class RepeatForm(DateForm):
    """From which date on, how often, and until when."""

    step = IntegerField("Every", [InputRequired("Say how often it repeats.")], default=1)
    unit = SelectField("Unit", choices=UNITS, default=WEEK)
    weekdays = SelectMultipleField("On", choices=WEEKDAYS, coerce=int)
    ends = RadioField("Ends", choices=ENDS, default="times")
    times = IntegerField("Dates in all", [Optional()], default=6)
    until = Day("Last possible day", [Optional()])

    def dates(self) -> list[Date]:
        """Return the dates that were asked for. Raises RuleBroken."""
        by_times = self.ends.data == "times"
        how = Repeat(
            self.unit.data, self.step.data, frozenset(self.weekdays.data or ()),
            until=None if by_times else self.until.data,
            times=self.times.data if by_times else None,
        )  # fmt: skip
        return [
            Date(f"{day}T{self.time.data:%H:%M}", self.minutes.data, zone())
            for day in repeated(self.date.data, how)
        ]


def repeat_form(event: Event) -> RepeatForm:
    """Return the form as it was asked for in the address, or as it goes on from the last date."""
    asked = request.args if "step" in request.args else None
    return RepeatForm(formdata=asked, data=_going_on(event), meta={"csrf": False})


def chosen() -> tuple[list[Date], list[str]]:
    """Return the dates that were ticked, and the starts of those that were in the way."""
    minutes = request.form.get("minutes", 0, type=int)
    anyway = request.form.getlist("anyway")
    starts = sorted({*request.form.getlist("take"), *anyway})
    return [Date(one, minutes, zone()) for one in starts], anyway


def _going_on(event: Event) -> dict[str, Any]:
    """A week after its last date, at the same time; else tomorrow."""
    open_ = [one for one in event.occurrences if one.status == "open"]
    if not open_:
        return {"date": today() + timedelta(days=1)}
    last = when_of(event, open_[-1])
    following: date = wall(open_[-1].starts).date() + timedelta(days=7)
    return last | {"date": max(following, wall(now()).date())}
