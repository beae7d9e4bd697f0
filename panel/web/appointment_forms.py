"""The forms about appointments."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from flask import request
from wtforms import (
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from panel.domain.repeats import DAY, MONTH, WEEK, Repeat, repeated
from panel.services import employees, offers
from panel.services.appointments import Wish
from panel.web import lists
from panel.web.addresses import Id
from panel.web.customers_typed import CustomerForm, offered
from panel.web.forms import Clock, Day, Form, Number, options
from panel.web.frame import in_back_end
from panel.web.question_fields import StaffAsking, staff_asking
from panel.web.security import typed_before
from panel.web.session import by, me
from panel.web.words import promised

NOBODY = SelectChoice("", "Choose")
ID = re.compile(Id.regex, re.ASCII)
UNITS = options([("", "Never"), (DAY, "Every day"), (WEEK, "Every week"), (MONTH, "Every month")])
ENDS = options([("times", "After so many appointments"), ("until", "On a day")])


class WhenForm(Form):
    """When something begins, in wall time. `revision` is the one this form was opened with."""

    date = Day("Date", [InputRequired("Choose a date.")])
    time = Clock("Time", [InputRequired("Write a time like 14:30.")])
    revision = IntegerField(widget=HiddenInput())

    @property
    def local_start(self) -> str:
        """Return the promise as it is kept: YYYY-MM-DDTHH:MM."""
        return f"{self.date.data:%Y-%m-%d}T{self.time.data:%H:%M}"


class ServiceForm(CustomerForm, StaffAsking):
    """Which service for whom."""

    service = SelectField("Service", [InputRequired("Choose a service.")], coerce=str)
    note = TextAreaField("Their note", [Optional()])
    staff_note = TextAreaField("Internal note", [Optional()])
    revision = IntegerField(widget=HiddenInput())

    def offer(self, employee_id: int | None) -> None:
        """Put up what can be chosen: what this employee offers, or else every service."""
        found = offers.of_employee(employee_id) if employee_id else offers.all_active()
        self.service.choices = [
            NOBODY,
            *options((str(one.id), one.name) for one in found),
        ]
        self.names = offered(by())


class StaffNoteForm(Form):
    """What the staff say among themselves about an appointment."""

    staff_note = TextAreaField("Internal note", [Optional()])
    revision = IntegerField(widget=HiddenInput())


class RepeatForm(Form):
    """Whether an appointment comes again, how often and until when."""

    repeat = SelectField("Repeats", choices=UNITS, coerce=str)
    every = Number("Every", [Optional()], default=1)
    ends = RadioField("Ends", choices=ENDS, default="times")
    times = Number("Appointments in all", [Optional()], default=6)
    until = Day("Last possible day", [Optional()])

    def days(self, local_start: str) -> list[str]:
        """Return each wall time on which it is wanted, the given one first. Raises RuleBroken."""
        first, _, clock = local_start.partition("T")
        by_times = self.ends.data == "times"
        how = Repeat(
            self.repeat.data,
            self.every.data or 1,
            until=None if by_times else self.until.data,
            times=self.times.data if by_times else None,
        )
        return [f"{day}T{clock}" for day in repeated(date.fromisoformat(first), how)]


class AppointmentForm(ServiceForm, WhenForm, RepeatForm):
    """A new appointment, or a series. In the back end one says with whom."""

    persons = Number("Persons", [Optional()], default=1)
    form_key = StringField(widget=HiddenInput(), default=lambda: token_urlsafe(16))
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

    @classmethod
    def opened(cls) -> AppointmentForm:
        """Return the form, filled from the address, with what the chosen service asks."""
        typed = request.form or typed_before() or request.args
        known = {"date": lists.day("date"), "time": lists.clock("time")}
        for name in ("service", "employee", "customer"):
            known[name] = request.args.get(name)
        return staff_asking(cls, id_of(typed.get("service")))(data=known)

    @property
    def employee_id(self) -> int:
        """Return whose appointment it will be."""
        return int(self.employee.data) if self.employee else me().employee_id or 0

    def chosen(self, name: str) -> int | None:
        """Return the id that is chosen so far as service or employee, whether or not it is one."""
        if name == "employee" and not self.employee:
            return me().employee_id
        return id_of(self[name].data)

    def promised(self) -> str:
        """Return the wall time where the employee works, for the one typed here."""
        return promised(self.local_start, employees.one(self.employee_id, by=by()).zone)

    def wish(self, customer_id: int, *more: str) -> Wish:
        """Return what was typed; `more` tells one sending of the same form from another."""
        said = (self.form_key.data, self.service.data, self.employee_id, customer_id, *more)
        start = self.promised()
        return Wish(
            int(self.service.data),
            self.employee_id,
            customer_id,
            start,
            note=self.note.data or "",
            staff_note=self.staff_note.data or "",
            persons=1 if self.persons.data is None else self.persons.data,
            answers=self.answers(),
            form_key=sha256(repr((*said, start)).encode()).hexdigest()[:43],
        )


class GiveForm(Form):
    """Which colleague takes over."""

    employee = SelectField("Colleague", [InputRequired("Choose a colleague.")], coerce=str)

    def offer(self, service_id: int, employee_id: int) -> None:
        """Put up who else offers this service."""
        others = [one for one in offers.givers(service_id) if one.id != employee_id]
        self.employee.choices = [NOBODY, *options((str(one.id), one.name) for one in others)]


def id_of(typed: str | None) -> int | None:
    """Return what was sent as the id of something; what cannot be one is none."""
    return int(typed) if typed and ID.fullmatch(typed) else None


def anyway() -> bool:
    """Say whether the button was pressed that books over what stands in the way."""
    return "anyway" in request.form
