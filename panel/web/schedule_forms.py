"""The forms about when somebody works, and what they offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from panel.domain.schedule import Off, Special
from panel.services import offers
from panel.web.forms import Day, Form, options
from panel.web.hours import HoursField


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
    services = SelectMultipleField("Only for", [Optional()], coerce=int)

    def __init__(self, offered: Sequence[Any]) -> None:
        super().__init__()
        self.services.choices = options((one.id, one.name) for one in offered)

    def periods(self) -> list[Special]:
        """Return what was typed, one for each period."""
        last = self.last.data or self.first.data
        only = frozenset(self.services.data or ()) or None
        return [Special(self.first.data, last, *hours, only) for hours in self.hours.data or ()]


class ServicesForm(Form):
    """What somebody offers."""

    services = SelectMultipleField("Services", coerce=int)

    def show(self, employee_id: int) -> None:
        """Put up all services, with those chosen that this employee offers."""
        self.services.choices = options((one.id, one.name) for one in offers.all_active())
        if not self.is_submitted():
            self.services.data = [one.id for one in offers.of_employee(employee_id)]
