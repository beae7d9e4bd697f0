"""Customers: who books, and what they booked."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, EmailField, StringField, TelField, TextAreaField
from wtforms.validators import InputRequired, Optional

from panel.services import appointment_lists, customers
from panel.services.appointment_lists import Filter
from panel.services.customers import Customer
from panel.web.appointment_lines import rows
from panel.web.forms import Form
from panel.web.lists import page_number, searched
from panel.web.session import by, now

backend_customers = Blueprint("backend_customers", __name__, url_prefix="/admin/customers")
ACTIVE = {"": True, "hidden": False}


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


@backend_customers.get("/")
def index() -> ResponseReturnValue:
    """List who books."""
    chosen = request.args.get("show", "")
    active = ACTIVE.get(chosen, True)
    return render_template(
        "backend/customers/index.html",
        page=customers.listed(by(), search=searched(), active=active, page=page_number()),
        counts={key: customers.listed(by(), active=which).total for key, which in ACTIVE.items()},
        chosen=chosen,
    )


@backend_customers.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add somebody by hand."""
    form = CustomerForm()
    if made := form.sent(lambda: customers.create(**form.typed(), by=by(), now=now())):
        flash(f"{made.name} is a customer now.", "toast")
        return redirect(url_for(".show", customer_id=made.id))
    return render_template("backend/customers/edit.html", form=form, customer=None)


@backend_customers.get("/<int:customer_id>")
def show(customer_id: int) -> ResponseReturnValue:
    """Show somebody with all they booked, the latest first."""
    customer = customers.one(customer_id, by=by())
    booked = Filter(customer_id=customer_id)
    page = appointment_lists.listed(by(), booked, now=now(), page=page_number())
    return render_template(
        "backend/customers/show.html",
        customer=customer,
        page=page,
        rows=rows(page.rows),
    )


@backend_customers.route("/<int:customer_id>/edit", methods=["GET", "POST"])
def edit(customer_id: int) -> ResponseReturnValue:
    """Change somebody."""
    customer = customers.one(customer_id, by=by())
    form = CustomerForm(obj=customer)
    if form.sent(lambda: _save(form, customer_id)):
        flash("Saved.", "toast")
        return redirect(url_for(".show", customer_id=customer_id))
    return render_template("backend/customers/edit.html", form=form, customer=customer)


def _save(form: CustomerForm, customer_id: int) -> Customer:
    customers.set_active(customer_id, form.active.data, by=by())
    return customers.edit(customer_id, **form.typed(), by=by(), now=now())
