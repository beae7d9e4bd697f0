"""The forms about an employee."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from panel.services import company
from panel.services.employees import Details, Employee
from panel.web.backend.roles import role_field
from panel.web.forms import Form, options
from panel.web.session import by
from panel.web.tones import CHOICES
from panel.web.zones import ZoneSelectField

MAY = {
    "services": "Choose their services",
    "work_hours": "Set their work hours",
    "days_off": "Set their days off",
    "special_days": "Set their special days",
    "appointments": "Book, move and cancel appointments",
    "events": "Make and change events",
    "customers": "See and change customers",
}


class EmployeeForm(Form):
    """Who somebody is, and the address by which they sign in."""

    name = StringField("Name", [InputRequired("Type a name.")])
    title = StringField("Title", [Optional()])
    phone = TelField("Phone", [Optional()])
    zone = ZoneSelectField("Time zone")
    tone = SelectField("Colour", choices=CHOICES, coerce=int)
    email = EmailField("Email for signing in", [Optional()])
    role = role_field()

    def details(self) -> Details:
        """Return what was typed about the person."""
        return Details(
            name=self.name.data,
            zone=self.zone.data,
            title=self.title.data or "",
            phone=self.phone.data or "",
            tone=self.tone.data,
        )

    @property
    def invited_as(self) -> str:
        """Return the role of the login that is to be made."""
        return str(self.role.data) if self.role else "employee"


class NewEmployeeForm(EmployeeForm):
    """Somebody who starts to work here."""

    def __init__(self, **given: Any) -> None:
        super().__init__(data={"zone": company.current().zone, "role": "employee"}, **given)
        if not by().is_owner:
            del self.role


class EditEmployeeForm(EmployeeForm):
    """The same of somebody who works here already, with what the owner alone decides."""

    description = TextAreaField("About them", [Optional()])
    most_a_day = IntegerField("Most appointments a day", [Optional()])
    shown = BooleanField("Shown on the booking page")
    lets_in = BooleanField("May sign in")
    permissions = SelectMultipleField("May in the panel", choices=options(MAY.items()))

    def __init__(self, employee: Employee) -> None:
        login, here = employee.user, by()
        given = {"email": login.email if login else "", "lets_in": bool(login and login.active)}
        given["role"] = login.role if login else "employee"
        super().__init__(obj=employee, data=given)
        if not here.is_owner:
            del self.role
        if not here.is_owner or (login and login.role != "employee"):
            del self.permissions
        if not here.in_back_end:
            del self.title, self.tone, self.shown, self.description, self.most_a_day
        if not login or here.user_id == login.id or not here.in_back_end:
            del self.lets_in

    def details(self) -> Details:
        """Return what was typed; what one may not set is left to the service."""
        if self.shown is None:
            return Details(self.name.data, self.zone.data, phone=self.phone.data or "")
        return replace(
            super().details(),
            shown=self.shown.data,
            description=self.description.data or "",
            most_a_day=self.most_a_day.data,
        )
