"""Customers: who books, and what they booked. In the panel for whoever may see to them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, EmailField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from panel.services import customers as services
from panel.services.customer_history import history
from panel.services.customers import Customer, Line
from panel.web.forms import Form
from panel.web.lists import page_number, searched
from panel.web.session import by, now
from panel.web.spreadsheets import spreadsheet
from panel.web.words import wall

customers = Blueprint("customers", __name__)
ACTIVE = {"": True, "hidden": False}
HEADS = ("Name", "Email", "Phone", "Note", "On the lists", "Since")
MOST_EXPORTED = 100_000


class CustomerForm(Form):
    """Who somebody is, and how to reach them."""

    name = StringField("Name", [InputRequired("Type a name.")])
    email = EmailField("Email", [Optional()])
    phone = TelField("Phone", [Optional()])
    note = TextAreaField("Note", [Optional()])
    active = BooleanField("On the lists", default=True)

    def typed(self) -> dict[str, str]:
        """Return what was typed about the person."""
        return {name: self[name].data or "" for name in ("name", "email", "phone", "note")}


@customers.before_request
def _let_in() -> None:
    by().must_hold("customers")


@customers.get("/")
def index() -> ResponseReturnValue:
    """List who books."""
    chosen = request.args.get("show", "")
    active = ACTIVE.get(chosen, True)
    return render_template(
        "customers/index.html",
        page=services.listed(by(), search=searched(), active=active, page=page_number()),
        counts=dict(zip(ACTIVE, services.counts(by()), strict=True)),
        chosen=chosen,
    )


@customers.get("/export")
def export() -> ResponseReturnValue:
    """Hand out the list as it is searched and filtered, all its pages, as CSV."""
    active = ACTIVE.get(request.args.get("show", ""), True)
    page = services.listed(by(), search=searched(), active=active, size=MOST_EXPORTED)
    return spreadsheet("customers", HEADS, map(_cells, page.rows))


@customers.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add somebody by hand."""
    form = CustomerForm()
    if made := form.sent(lambda: services.create(**form.typed(), by=by(), now=now())):
        flash(f"{made.name} is a customer now.", "toast")
        return redirect(url_for(".show", customer_id=made.id))
    return render_template("customers/edit.html", form=form, customer=None)


@customers.get("/<int:customer_id>")
def show(customer_id: int) -> ResponseReturnValue:
    """Show somebody with all they booked, what is to come first."""
    found = history(customer_id, by=by(), now=now(), page=page_number())
    return render_template("customers/show.html", **vars(found))


@customers.route("/<int:customer_id>/edit", methods=["GET", "POST"])
def edit(customer_id: int) -> ResponseReturnValue:
    """Change somebody."""
    customer = services.one(customer_id, by=by())
    form = CustomerForm(obj=customer)
    if form.sent(lambda: _save(form, customer_id)):
        flash("Saved.", "toast")
        return redirect(url_for(".show", customer_id=customer_id))
    return render_template("customers/edit.html", form=form, customer=customer)


def _save(form: CustomerForm, customer_id: int) -> Customer:
    services.set_active(customer_id, form.active.data, by=by())
    return services.edit(customer_id, **form.typed(), by=by(), now=now())


def _cells(one: Line) -> tuple[object, ...]:
    listed = "yes" if one.active else "no"
    since = f"{wall(one.created_at):%Y-%m-%d}"
    return one.name, one.email, one.phone, one.note, listed, since
