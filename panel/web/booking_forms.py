"""The forms about one customer's booking in an appointment."""

from __future__ import annotations

from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from panel.web.customers_typed import CustomerForm, offered
from panel.web.forms import Number
from panel.web.question_fields import StaffAsking
from panel.web.session import by


class PersonsForm(StaffAsking):
    """How many come, and what they answered."""

    persons = Number("Persons", [InputRequired("Say how many come.")], default=1)


class BookingForm(CustomerForm, PersonsForm):
    """Another customer, with how many."""

    note = TextAreaField("Their note", [Optional()])
    revision = IntegerField(widget=HiddenInput())

    @property
    def names(self) -> list[str]:
        """Return the customers one can choose from."""
        return offered(by())
