"""The forms about events."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from panel.domain.errors import NotThere
from panel.services import employees
from panel.services.events import Date, Details, Event, Occurrence
from panel.web.forms import Clock, Day, Form, options
from panel.web.frame import in_back_end
from panel.web.session import me
from panel.web.tones import CHOICES
from panel.web.words import minutes_to, wall, zone


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


class EventForm(Form):
    """What an event is, who organizes it and who helps."""

    name = StringField("Name", [InputRequired("Give the event a name.")])
    place = StringField("Place", [Optional()])
    capacity = IntegerField("Places", [InputRequired("Say how many can come.")], default=10)
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
        organizer = self.organizer.data if self.organizer else organizer_id or me().employee_id
        return Details(
            name=self.name.data,
            organizer_id=organizer or 0,
            staff=frozenset(self.staff.data or ()) - {organizer or 0},
            description=self.description.data or "",
            place=self.place.data or "",
            tone=self.tone.data,
            capacity=self.capacity.data,
        )


class NewEventForm(EventForm, DateForm):
    """A new event with its first date."""


def content_of(event: Event) -> dict[str, Any]:
    """Return what an event is, as a form shows it."""
    shown = ("name", "place", "capacity", "tone", "description", "revision")
    values = {name: getattr(event, name) for name in shown}
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
