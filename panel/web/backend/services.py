"""Services: what can be booked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
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

from panel.services import employees, offers
from panel.services.offers import Offer, Service
from panel.web.forms import Form, options
from panel.web.lists import page_number, searched
from panel.web.session import by, now
from panel.web.tones import CHOICES

backend_services = Blueprint("backend_services", __name__, url_prefix="/admin/services")
ACTIVE = {"": True, "all": None, "paused": False}


class ServiceForm(Form):
    """What a service is, and who offers it."""

    name = StringField("Name", [InputRequired("Give the service a name.")])
    tone = SelectField("Colour", choices=CHOICES, coerce=int)
    duration = IntegerField("Minutes", [InputRequired("Say how long it lasts.")])
    price = DecimalField("Price", [Optional()], places=2)
    buffer_before = IntegerField("Minutes to prepare", [Optional()])
    buffer_after = IntegerField("Minutes to tidy up", [Optional()])
    place = StringField("Place", [Optional()])
    description = TextAreaField("Description", [Optional()])
    people = SelectMultipleField("Offered by", coerce=int)
    active = BooleanField("Can be booked", default=True)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.people.choices = options((one.id, one.name) for one in employees.active())

    def offer(self) -> Offer:
        """Return what was typed."""
        price = self.price.data
        return Offer(
            name=self.name.data,
            duration=self.duration.data,
            tone=self.tone.data,
            description=self.description.data or "",
            buffer_before=self.buffer_before.data or 0,
            buffer_after=self.buffer_after.data or 0,
            price=None if price is None else int(price.quantize(Decimal("0.01")) * 100),
            place=self.place.data or "",
        )


@backend_services.get("/")
def index() -> ResponseReturnValue:
    """List what can be booked."""
    chosen = request.args.get("show", "")
    return render_template(
        "backend/services/index.html",
        page=offers.listed(search=searched(), active=ACTIVE.get(chosen, True), page=page_number()),
        counts={key: offers.listed(active=which).total for key, which in ACTIVE.items()},
        chosen=chosen,
    )


@backend_services.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a service."""
    form = ServiceForm()
    if made := form.sent(lambda: _create(form)):
        flash(f"{made.name} can be booked now.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/services/edit.html", form=form, service=None)


@backend_services.route("/<int:service_id>", methods=["GET", "POST"])
def edit(service_id: int) -> ResponseReturnValue:
    """Change a service."""
    service = offers.one(service_id)
    form = ServiceForm(data=_shown(service))
    if form.sent(lambda: _save(form, service_id)):
        flash("Saved.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/services/edit.html", form=form, service=service)


def _create(form: ServiceForm) -> Service:
    return offers.create(form.offer(), by=by(), now=now(), employees=form.people.data or ())


def _save(form: ServiceForm, service_id: int) -> Service:
    offers.set_active(service_id, form.active.data, by=by())
    return offers.edit(
        service_id, form.offer(), by=by(), now=now(), employees=form.people.data or ()
    )


def _shown(service: Service) -> dict[str, Any]:
    shown = ("name", "tone", "duration", "buffer_before", "buffer_after", "place", "description")
    price = None if service.price is None else Decimal(service.price) / 100
    people = [one.id for one in offers.givers(service.id)]
    values = {name: getattr(service, name) for name in (*shown, "active")}
    return values | {"price": price, "people": people}
