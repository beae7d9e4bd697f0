"""The forms about places at events."""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from panel.web.customers_typed import CustomerForm, offered
from panel.web.forms import Form
from panel.web.session import by


class PlacesForm(Form):
    """How many come."""

    places = IntegerField("Places", [InputRequired("Say how many come.")], default=1)


class NewAttendanceForm(CustomerForm, PlacesForm):
    """Who comes, and how many. The key makes a form that is sent twice book once."""

    note = TextAreaField("Note", [Optional()])
    key = HiddenField(validators=[Length(max=43)], default=lambda: secrets.token_urlsafe(16))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.names = offered(by())
