"""The first page of the panel: today, and what waits for a decision."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from panel.services import overview
from panel.services.overview import Today
from panel.web import words
from panel.web.agenda import coming_in, lines
from panel.web.appointment_lines import rows
from panel.web.outlook.decisions import waiting_for
from panel.web.session import by, me, now

today = Blueprint("today", __name__, url_prefix="/panel")


@today.get("/")
def show() -> ResponseReturnValue:
    """Show open questions first, then today, what is next, and what is to be approved."""
    mine = me().employee_id
    if mine is None:
        return render_template("errors/nobody.html")
    seen = overview.today(by(), zone=words.zone(), now=now(), employee_id=mine)
    coming = overview.coming(by(), now=now(), employee_id=mine)
    return render_template(
        "today/show.html", seen=seen, lead=_lead(seen), lines=lines(seen.window),
        next=coming_in(coming[0].starts, now()) if coming else "",
        soon=rows(coming), pending=rows(seen.pending), **waiting_for(mine),
    )  # fmt: skip


def _lead(seen: Today) -> str:
    visits = seen.window.visits
    left = sum(1 for one in visits if one.span.ends > now())
    if not visits:
        return "Nothing is booked today."
    said = words.plural(len(visits), "appointment")
    return f"{said} today, {left or 'none'} of them still to come."
