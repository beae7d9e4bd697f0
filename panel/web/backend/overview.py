"""The first page of the back end: what waits, and what today brings."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from panel.services import appointment_lists, employees
from panel.services.appointment_lists import Filter
from panel.services.waiting import waiting
from panel.web.session import by, now
from panel.web.words import today, zone

backend_overview = Blueprint("backend_overview", __name__)


@backend_overview.get("/admin")
def show() -> ResponseReturnValue:
    """Show what needs somebody first, then today and what is to be approved."""
    here, at = by(), now()
    todays = Filter(on=today(), zone=zone())
    return render_template(
        "backend/overview/show.html",
        questions=waiting(here),
        today=appointment_lists.listed(here, todays, now=at, size=50),
        pending=appointment_lists.listed(here, Filter("pending", "upcoming"), now=at, size=10),
        staff=employees.active(),
    )
