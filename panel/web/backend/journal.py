"""The journal: what happened to whom, when and by which side."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from panel.services import employees
from panel.services.journal_lists import listed
from panel.web.happenings import steps
from panel.web.lists import number, page_number, searched
from panel.web.session import by

backend_journal = Blueprint("backend_journal", __name__, url_prefix="/admin/journal")
SIDES = {"": "Everything", "panel": "In Panel", "outlook": "In Outlook", "both": "Both agree"}


@backend_journal.get("/")
def index() -> ResponseReturnValue:
    """List it, the newest first."""
    side, whose = request.args.get("side", ""), number("employee")
    wanted = {"side": side if side in SIDES else "", "employee_id": whose}
    page = listed(by(), search=searched(), page=page_number(), **wanted)
    return render_template(
        "backend/journal/index.html",
        page=page,
        lines=list(zip(page.rows, steps(one.entry for one in page.rows), strict=True)),
        sides=SIDES,
        side=side,
        whose=whose,
        staff=employees.active(),
    )
