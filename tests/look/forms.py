"""A field of every kind."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp


def _choices(**words: str) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


BUSY = _choices(busy="Busy", tentative="Tentative", oof="Out of office")
CALENDARS = _choices(main="Calendar", private="Private", rota="Team rota")
START = _choices(upcoming="Upcoming only", month="Upcoming and the last 30 days")


class SignIn(FlaskForm):
    """The form of the sign-in page."""

    email = EmailField("Email")
    password = PasswordField("Password")
    remember = BooleanField("Keep me signed in for 30 days")


class Parts(FlaskForm):
    """One field of each kind, with the studio's values."""

    secret = PasswordField("Client secret")
    name = StringField("Name", default="Anna Berg")
    phone = StringField("Phone", [Optional()], default="0117 496 0142")
    email = EmailField("Email for signing in", default="anna@panel.test")
    zone = SelectField(
        "Time zone", choices=["Europe/London", "Europe/Berlin"], validate_choice=False
    )
    start = StringField("Start", [Regexp("[0-2][0-9]:[0-5]", message="Write a time like 14:30.")])
    date = DateField("Date", [Optional()])
    time = TimeField("Time", [Optional()])
    minutes = IntegerField("Duration in minutes", [Optional()], default=60)
    note = TextAreaField("Text of an appointment", default="Phone: %customer_phone%")
    keep = BooleanField("Keep me signed in for 30 days", default=True)
    blocks = SelectMultipleField(
        "Busy time in these", choices=CALENDARS, default=["main", "private"]
    )
    busy = SelectMultipleField("Nobody can book", choices=BUSY, default=["busy", "oof"])
    first = RadioField(
        "Which appointments to add", choices=START, default="upcoming", validate_choice=False
    )
    pending = BooleanField("Insert pending appointments")
    contact = BooleanField("Put the customer’s name and contact into the entry", default=True)
    moved = SelectField(
        "When an appointment is moved in Outlook",
        choices=["Move it if allowed", "Ask first"],
        validate_choice=False,
    )
