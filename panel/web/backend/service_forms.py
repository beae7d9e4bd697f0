"""The forms about services."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as Part
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from panel.services import categories
from panel.services.givers import Giver, Terms, all_givers
from panel.services.offers import Offer, Service
from panel.services.service_questions import KINDS, Question, ServiceQuestion
from panel.web.forms import Form, Number, options
from panel.web.money import PriceField
from panel.web.tones import CHOICES

NOTICES = {
    0: "None",
    30: "30 minutes",
    60: "1 hour",
    120: "2 hours",
    240: "4 hours",
    720: "12 hours",
    1440: "1 day",
    2880: "2 days",
    4320: "3 days",
    10080: "1 week",
}


class GiverForm(Part):
    """Whether one employee offers the service, and on which terms of their own."""

    id = IntegerField(widget=HiddenInput())
    gives = BooleanField("Offers it")
    price = PriceField("Own price", [Optional()])
    capacity = Number("Own places", [Optional()])


class ServiceForm(Form):
    """What a service is, and who offers it."""

    name = StringField("Name", [InputRequired("Give the service a name.")])
    tone = SelectField("Colour", choices=CHOICES, coerce=int)
    category = SelectField("Category", coerce=str)
    duration = Number("Minutes", [InputRequired("Say how long it lasts.")])
    price = PriceField("Price", [Optional()])
    buffer_before = Number("Minutes to prepare", [Optional()])
    buffer_after = Number("Minutes to tidy up", [Optional()])
    place = StringField("Place", [Optional()])
    description = TextAreaField("Description", [Optional()])
    capacity = Number("Places", [Optional()])
    least = Number("Takes place from", [Optional()])
    notice = SelectField("Booked at the latest", coerce=str)
    horizon = Number("Days ahead", [Optional()])
    givers = FieldList(FormField(GiverForm), "Who offers it")
    shown = BooleanField("Customers see it", default=True)
    active = BooleanField("Can be booked", default=True)

    def __init__(self, service: Service | None, **given: Any) -> None:
        self.people = {one.id: one for one in all_givers(service.id if service else None)}
        super().__init__(data=_shown(service, list(self.people.values())), **given)
        own = service.notice_minutes if service else None
        notices = NOTICES if own is None else {own: f"{own} minutes"} | NOTICES
        before = ((str(minutes), f"{words} before") for minutes, words in sorted(notices.items()))
        self.notice.choices = options([("", "As everywhere in the business"), *before])
        headings = ((str(one.id), one.name) for one in categories.listed())
        self.category.choices = options([("", "No category"), *headings])

    def offer(self) -> Offer:
        """Return what was typed."""
        return Offer(
            name=self.name.data,
            duration=self.duration.data,
            tone=self.tone.data,
            description=self.description.data or "",
            buffer_before=self.buffer_before.data or 0,
            buffer_after=self.buffer_after.data or 0,
            price=self.price.data,
            place=self.place.data or "",
            shown=self.shown.data,
            category_id=int(self.category.data) if self.category.data else None,
            capacity=_or_one(self.capacity.data),
            least=_or_one(self.least.data),
            notice_minutes=int(self.notice.data) if self.notice.data else None,
            horizon_days=self.horizon.data,
        )

    def employees(self) -> dict[int, Terms]:
        """Return who offers it, with their own terms."""
        return {
            one.id.data: Terms(one.price.data, one.capacity.data)
            for one in (entry.form for entry in self.givers)
            if one.gives.data
        }


class QuestionForm(Form):
    """What is asked, and how it is answered."""

    label = StringField("Question", [InputRequired("Write the question.")])
    kind = SelectField("Answered with", choices=options(KINDS.items()))
    options = TextAreaField("Choices", [Optional()])
    required = BooleanField("Must be answered")

    def question(self) -> Question:
        """Return what was typed."""
        choices = tuple((self.options.data or "").splitlines())
        return Question(self.label.data, self.kind.data, choices, self.required.data)

    @staticmethod
    def shown(row: ServiceQuestion) -> dict[str, Any]:
        """Return a question as the form shows it."""
        kept = {"label": row.label, "kind": row.kind, "required": row.required}
        return kept | {"options": "\n".join(row.options)}


def _or_one(number: int | None) -> int:
    return 1 if number is None else number


def _shown(service: Service | None, givers: list[Giver]) -> dict[str, Any]:
    """Return a service as the form shows it; a new one is offered by nobody yet."""
    entries = [{"id": one.id, "gives": one.gives, **vars(one.terms)} for one in givers]
    if service is None:
        return {"givers": entries, "capacity": 1, "least": 1}
    same = (
        "name", "tone", "duration", "buffer_before", "buffer_after", "place", "description",
        "price", "capacity", "least", "shown", "active",
    )  # fmt: skip
    return {name: getattr(service, name) for name in same} | {
        "category": str(service.category_id or ""),
        "notice": "" if service.notice_minutes is None else str(service.notice_minutes),
        "horizon": service.horizon_days,
        "givers": entries,
    }
