"""The forms about events."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from panel.domain.errors import NotThere
from panel.domain.moments import promise
from panel.services import employees
from panel.services.event_details import Details
from panel.services.events import Date, Event, Occurrence
from panel.web.forms import Clock, Day, Form, options
from panel.web.frame import in_back_end
from panel.web.session import me
from panel.web.tones import CHOICES
from panel.web.words import ahead, minutes_to, wall, zone

# When booking closes, in minutes before the start.
CLOSES = (0, 30, 60, 120, 240, 720, 1440, 2880, 4320, 10080)
SAME = ("name", "place", "description", "tone", "capacity", "shown", "whole", "most_places",
        "closes_minutes", "waiting_list")  # fmt: skip


class DateForm(Form):
    """One date of an event, in wall time."""

    date = Day("Date", [InputRequired("Choose a date.")])
    time = Clock("Time", [InputRequired("Write a time like 18:00.")])
    minutes = IntegerField("Minutes", [InputRequired("Say how long it lasts.")], default=60)
    revision = IntegerField(widget=HiddenInput())

    @property
    def local_start(self) -> str:
        """Return the promise as it is kept: YYYY-MM-DDTHH:MM."""
        return f"{self.date.data:%Y-%m-%d}T{self.time.data:%H:%M}"

    def as_date(self) -> Date:
        """Return the date in the zone in which the reader typed it."""
        return Date(self.local_start, self.minutes.data, zone())


class BookingForm(Form):
    """How places at an event are booked."""

    capacity = IntegerField("Places", [InputRequired("Say how many can come.")], default=10)
    most_places = IntegerField(
        "Most places at once", [InputRequired("Say how many one booking takes.")], default=1
    )
    price = DecimalField("Price of a place", [Optional()], places=2)
    whole = BooleanField("Booked with all its dates")
    shown = BooleanField("Customers can book it", default=True)
    opens_date = Day("Booking opens on", [Optional()])
    opens_time = Clock("At", [Optional()])
    closes_minutes = SelectField("Booking closes", coerce=int, default=0)
    waiting_list = BooleanField("Keep a waiting list")

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        kept = (given.get("data") or {}).get("closes_minutes", 0)
        self.closes_minutes.choices = options((n, ahead(n)) for n in sorted({*CLOSES, kept}))

    def opens_at(self) -> datetime | None:
        """Return when booking opens, or None for at once."""
        if self.opens_date.data is None:
            return None
        at = self.opens_time.data or time()
        return promise(f"{self.opens_date.data:%Y-%m-%d}T{at:%H:%M}", zone())


class EventForm(BookingForm):
    """What an event is, who organizes it and who helps."""

    name = StringField("Name", [InputRequired("Give the event a name.")])
    place = StringField("Place", [Optional()])
    tone = SelectField("Colour", choices=CHOICES, coerce=int, default=2)
    organizer = SelectField("Organizer", coerce=int)
    staff = SelectMultipleField("Staff", coerce=int)
    description = TextAreaField("Description", [Optional()])
    revision = IntegerField(widget=HiddenInput())

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        everybody = options((one.id, one.name) for one in employees.active())
        self.staff.choices = everybody
        self.organizer.choices = everybody
        if not in_back_end():
            del self.organizer

    def details(self, organizer_id: int | None = None) -> Details:
        """Return what was typed; in the panel one organizes oneself."""
        organizer = (
            self.organizer.data if self.organizer else organizer_id or me().employee_id
        ) or 0
        price = self.price.data
        return Details(
            organizer_id=organizer,
            staff=frozenset(self.staff.data or ()) - {organizer},
            price=None if price is None else int(price.quantize(Decimal("0.01")) * 100),
            opens_at=self.opens_at(),
            **{name: self[name].data for name in SAME if name in self},
        )


class NewEventForm(EventForm, DateForm):
    """A new event with its first date."""


def content_of(event: Event) -> dict[str, Any]:
    """Return what an event is, as a form shows it."""
    values = {name: getattr(event, name) for name in (*SAME, "revision")}
    if event.opens_at is not None:
        opens = wall(event.opens_at)
        values |= {"opens_date": opens.date(), "opens_time": opens.time()}
    if event.price is not None:
        values["price"] = Decimal(event.price) / 100
    return values | {"organizer": event.organizer_id, "staff": [one.id for one in event.staff]}


def date_of(event: Event, occurrence_id: int) -> Occurrence:
    """Return one date of an event. Raises NotThere."""
    for one in event.occurrences:
        if one.id == occurrence_id:
            return one
    raise NotThere("This event has no such date.")


def when_of(event: Event, date: Occurrence) -> dict[str, Any]:
    """Return when a date of an event is, as a form shows it."""
    start = wall(date.starts)
    length = minutes_to(date.starts, date.ends)
    return {"date": start.date(), "time": start.time(), "minutes": length,
            "revision": event.revision}  # fmt: skip
