"""Customers who are there twice: found, looked at side by side, made one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import RuleBroken
from panel.services import customers, merging
from panel.services.customers import Customer
from panel.web.customers_typed import name_of
from panel.web.forms import say
from panel.web.frame import in_back_end
from panel.web.lists import searched
from panel.web.session import by, now

customer_merging = Blueprint("customer_merging", __name__)
# How many are offered as the other one; whoever is not among them is found by the search.
OFFERED = 10


@customer_merging.get("/")
def index() -> ResponseReturnValue:
    """Show who is likely the same: an address or a number that two have."""
    return render_template("customer_merging/index.html", pairs=merging.pairs(by=by()))


@customer_merging.get("/<int:customer_id>")
def choose(customer_id: int) -> ResponseReturnValue:
    """Search for the customer with whom this one is to be made one."""
    one = customers.one(customer_id, by=by())
    rows = customers.listed(by(), search=searched(), active=None, size=OFFERED).rows
    found = [row for row in rows if row.id != one.id and row.erased_at is None]
    return render_template("customer_merging/choose.html", one=one, found=found)


@customer_merging.route("/<int:customer_id>/<int:other_id>", methods=["GET", "POST"])
def show(customer_id: int, other_id: int) -> ResponseReturnValue:
    """Show both side by side, and merge them as chosen."""
    pair = [customers.one(id, by=by()) for id in (customer_id, other_id)]
    if request.method == "POST" and (kept := _merged(*pair)):
        return redirect(url_for(f"{place()}.show", customer_id=kept.id))
    return render_template("customer_merging/show.html", pair=pair, fields=merging.FIELDS)


def place() -> str:
    """Return the blueprint of customers, in the panel or in the back end as this page is."""
    return f"{'backend_' if in_back_end() else ''}customers"


def _merged(one: Customer, other: Customer) -> Customer | None:
    """Merge them as the form says; what is refused is said above the same page."""
    taking = [name for name in merging.FIELDS if request.form.get(name) == str(other.id)]
    said = name_of(other.name, other.email or other.phone, 2)
    try:
        kept = merging.merge(one.id, other.id, taking=taking, by=by(), now=now())
    except RuleBroken as refused:
        say(refused)
        return None
    flash(f"{said} and {one.name} are one customer now.", "toast")
    return kept
