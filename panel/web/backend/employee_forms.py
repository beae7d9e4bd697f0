"""The forms about an employee."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
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
    """Who somebody is, and how they sign in."""

    name = StringField("Name", [InputRequired("Type a name.")])
    title = StringField("Title", [Optional()])
    phone = TelField("Phone", [Optional()])
    zone = ZoneSelectField("Time zone")
    tone = SelectField("Colour", choices=CHOICES, coerce=int)
    email = EmailField("Email for signing in", [Optional()])
    password = PasswordField("Password", [Optional()])

    def details(self, *, shown: bool = True) -> Details:
        """Return what was typed about the person."""
        return Details(
            name=self.name.data,
            zone=self.zone.data,
            title=self.title.data or "",
            phone=self.phone.data or "",
            tone=self.tone.data,
            shown=shown,
        )


class NewEmployeeForm(EmployeeForm):
    """Somebody who starts to work here."""

    def __init__(self, **given: Any) -> None:
        super().__init__(data={"zone": company.current().zone}, **given)


class EditEmployeeForm(EmployeeForm):
    """The same of somebody who works here already, with what the owner alone decides."""

    active = BooleanField("Takes bookings")
    shown = BooleanField("Shown on the booking page")
    lets_in = BooleanField("May sign in")
    role = role_field()
    permissions = SelectMultipleField("May in the panel", choices=options(MAY.items()))

    def __init__(self, employee: Employee) -> None:
        login = employee.user
        given = {"email": login.email if login else "", "lets_in": bool(login and login.active)}
        given["role"] = login.role if login else ""
        super().__init__(obj=employee, data=given)
        if not by().is_owner or (login and login.role != "employee"):
            del self.permissions
        if not by().in_back_end:
            del self.title, self.tone, self.active, self.shown
        if not login or by().user_id == login.id or not by().in_back_end:
            del self.lets_in
        if not login or not by().is_owner:
            del self.role

    def details(self, *, shown: bool = True) -> Details:
        """Return what was typed; what one may not set is left to the service."""
        if self.shown is None:
            return Details(self.name.data, self.zone.data, phone=self.phone.data or "")
        return super().details(shown=self.shown.data)
