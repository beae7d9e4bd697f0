"""Services: what can be booked."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.services import offers
from panel.services.offers import Line, Service
from panel.web.backend.service_forms import ServiceForm
from panel.web.lists import page_number, searched
from panel.web.session import by, now

backend_services = Blueprint("backend_services", __name__, url_prefix="/admin/services")
ACTIVE = {"": True, "all": None, "paused": False}


@backend_services.get("/")
def index() -> ResponseReturnValue:
    """List what can be booked, under its headings."""
    chosen, (bookable, paused) = request.args.get("show", ""), offers.counts()
    page = offers.listed(search=searched(), active=ACTIVE.get(chosen, True), page=page_number())
    return render_template(
        "backend/services/index.html",
        page=page,
        groups=_grouped(page.rows),
        counts={"": bookable, "all": bookable + paused, "paused": paused},
        chosen=chosen,
        movable=chosen != "all" and not searched(),
    )


@backend_services.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add a service."""
    form = ServiceForm(None)
    if made := form.sent(lambda: _create(form)):
        flash(f"{made.name} can be booked now.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/services/edit.html", form=form, service=None)


@backend_services.route("/<int:service_id>", methods=["GET", "POST"])
def edit(service_id: int) -> ResponseReturnValue:
    """Change a service."""
    service = offers.one(service_id)
    form = ServiceForm(service)
    if form.sent(lambda: _save(form, service_id)):
        flash("Saved.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/services/edit.html", form=form, service=service)


@backend_services.post("/<int:service_id>/<any(up, down):way>")
def move(service_id: int, way: str) -> ResponseReturnValue:
    """Put it above or below its neighbour."""
    service = offers.move(service_id, up=way == "up", by=by())
    show = "" if service.active else "paused"
    return redirect(url_for(".index", show=show or None, _anchor=f"service-{service_id}"))


def _create(form: ServiceForm) -> Service:
    return offers.create(form.offer(), by=by(), now=now(), employees=form.employees())


def _save(form: ServiceForm, service_id: int) -> Service:
    return offers.edit(
        service_id,
        form.offer(),
        by=by(),
        now=now(),
        employees=form.employees(),
        active=form.active.data,
    )


def _grouped(rows: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return them under their headings; those of no category under none."""
    return [
        (heading or "", [*group])
        for (_, heading), group in groupby(rows, key=lambda one: (one.category_id, one.category))
    ]
