"""The forms about when somebody works, and what they offer."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from panel.domain.schedule import Off, Special, Weekly
from panel.services import offers
from panel.services.schedules import WEEKDAYS, WorkPeriod
from panel.web.forms import Day, Form, options
from panel.web.hours import HoursField


def _field(weekday: int, kind: str) -> str:
    return f"{WEEKDAYS[weekday].lower()}_{kind}"


class WeekForm(Form):
    """Work hours and breaks of each weekday; which two fields a day has, `days` says."""

    @property
    def days(self) -> list[tuple[str, Any, Any]]:
        """Return each weekday's name with its two fields."""
        return [
            (name, self[_field(n, "work")], self[_field(n, "break")])
            for n, name in enumerate(WEEKDAYS)
        ]

    def show(self, periods: list[WorkPeriod]) -> None:
        """Fill in what holds now, unless something was typed."""
        for weekday in range(7):
            for kind in ("work", "break"):
                field = self[_field(weekday, kind)]
                if not field.raw_data:
                    field.data = [
                        (one.starts, one.ends)
                        for one in periods
                        if (one.weekday, one.kind) == (weekday, kind)
                    ]

    def periods(self) -> list[Weekly]:
        """Return what was typed."""
        return [
            Weekly(weekday, kind, starts, ends)
            for weekday in range(7)
            for kind in ("work", "break")
            for starts, ends in self[_field(weekday, kind)].data or ()
        ]


for _weekday, _name in enumerate(WEEKDAYS):
    setattr(WeekForm, _field(_weekday, "work"), HoursField(f"{_name}, work"))
    setattr(WeekForm, _field(_weekday, "break"), HoursField(f"{_name}, break"))


class DatesForm(Form):
    """From one day to another; without a last day it is the one day."""

    first = Day("First day", [InputRequired("Choose a day.")])
    last = Day("Last day", [Optional()])
    note = StringField("Note", [Optional()])


class DayOffForm(DatesForm):
    """Days without work."""

    yearly = BooleanField("Every year")

    def off(self) -> Off:
        """Return what was typed."""
        last = self.last.data or self.first.data
        return Off(self.first.data, last, self.yearly.data, self.note.data or "")


class SpecialDayForm(DatesForm):
    """Days with other work hours."""

    hours = HoursField("Work hours", [InputRequired("Write the work hours, like 10:00–14:00.")])

    def periods(self) -> list[Special]:
        """Return what was typed, one for each period."""
        last = self.last.data or self.first.data
        return [Special(self.first.data, last, *hours) for hours in self.hours.data or ()]


class ServicesForm(Form):
    """What somebody offers."""

    services = SelectMultipleField("Services", coerce=int)

    def show(self, employee_id: int) -> None:
        """Put up all services, with those chosen that this employee offers."""
        self.services.choices = options((one.id, one.name) for one in offers.all_active())
        if not self.is_submitted():
            self.services.data = [one.id for one in offers.of_employee(employee_id)]
