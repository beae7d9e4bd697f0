"""The first page of the panel: today, and what waits for a decision."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from panel.services import appointment_lists
from panel.services.appointment_lists import Filter
from panel.services.waiting import waiting
from panel.web import words
from panel.web.session import by, me, now

today = Blueprint("today", __name__, url_prefix="/panel")


@today.get("/")
def show() -> ResponseReturnValue:
    """Show open questions first, then today, then what is next."""
    mine, zone = me().employee_id, words.zone()
    if mine is None:
        return render_template("today/nobody.html")
    todays = Filter(on=words.today(), employee_id=mine, zone=zone)
    pending = Filter("pending", "upcoming", mine)
    return render_template(
        "today/show.html",
        questions=waiting(by(), employee_id=mine),
        today=appointment_lists.listed(by(), todays, now=now(), size=50),
        pending=appointment_lists.listed(by(), pending, now=now(), size=10),
        coming=appointment_lists.listed(by(), Filter("", "upcoming", mine), now=now(), size=5),
        date=words.today(),
    )
