"""The forms about appointments."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from panel.services import employees, offers
from panel.web.customers_typed import CustomerForm, offered
from panel.web.forms import Clock, Day, Form, options
from panel.web.frame import in_back_end
from panel.web.session import by, me
from panel.web.words import promised

NOBODY = SelectChoice("", "Choose")


class WhenForm(Form):
    """When something begins, in wall time. `revision` is the one this form was opened with."""

    date = Day("Date", [InputRequired("Choose a date.")])
    time = Clock("Time", [InputRequired("Write a time like 14:30.")])
    revision = IntegerField(widget=HiddenInput())

    @property
    def local_start(self) -> str:
        """Return the promise as it is kept: YYYY-MM-DDTHH:MM."""
        return f"{self.date.data:%Y-%m-%d}T{self.time.data:%H:%M}"


class ServiceForm(CustomerForm):
    """Which service for whom."""

    service = SelectField("Service", [InputRequired("Choose a service.")], coerce=str)
    note = TextAreaField("Note", [Optional()])
    revision = IntegerField(widget=HiddenInput())

    def offer(self, employee_id: int | None) -> None:
        """Put up what can be chosen: what this employee offers, or else every service."""
        found = offers.of_employee(employee_id) if employee_id else offers.all_active()
        self.service.choices = [
            NOBODY,
            *options((str(one.id), one.name) for one in found),
        ]
        self.names = offered(by())


class AppointmentForm(ServiceForm, WhenForm):
    """A new appointment. In the back end one says with whom."""

    employee = SelectField("Employee", [InputRequired("Choose an employee.")], coerce=str)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        if in_back_end():
            found = employees.active(by())
            self.employee.choices = [NOBODY, *options((str(e.id), e.name) for e in found)]
            self.offer(None)
        else:
            del self.employee
            self.offer(me().employee_id)

    @property
    def employee_id(self) -> int:
        """Return whose appointment it will be."""
        return int(self.employee.data) if self.employee else me().employee_id or 0

    def promised(self) -> str:
        """Return the wall time where the employee works, for the one typed here."""
        return promised(self.local_start, employees.one(self.employee_id, by=by()).zone)


class GiveForm(Form):
    """Which colleague takes over."""

    employee = SelectField("Colleague", [InputRequired("Choose a colleague.")], coerce=str)

    def offer(self, service_id: int, employee_id: int) -> None:
        """Put up who else offers this service."""
        others = [one for one in offers.givers(service_id) if one.id != employee_id]
        self.employee.choices = [NOBODY, *options((str(one.id), one.name) for one in others)]


def anyway() -> bool:
    """Say whether the button was pressed that books over what stands in the way."""
    return "anyway" in request.form
