"""The first page of the back end: what waits, and what today brings."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from panel.services import installation, mail_server, overview
from panel.web.agenda import lines
from panel.web.appointment_lines import rows
from panel.web.backend.checklist import checklist
from panel.web.mail_words import alarm
from panel.web.outlook.decisions import waiting_for
from panel.web.outlook.summary import Person, summary
from panel.web.post import mail_outside
from panel.web.session import by, now
from panel.web.words import zone

backend_overview = Blueprint("backend_overview", __name__)


@backend_overview.get("/admin")
def show() -> ResponseReturnValue:
    """Show what needs somebody first, then today and what is to be approved."""
    seen = overview.today(by(), zone=zone(), now=now())
    today, staff = lines(seen.window, back_end=True), seen.window.people
    return render_template(
        "backend/overview/show.html",
        **waiting_for(),
        seen=seen,
        lines=today,
        pending=rows(seen.pending),
        coming=[] if today else rows(overview.coming(by(), now=now())),
        staff=staff,
        **_outlook(staff),
        **_set_up(),
    )


def _outlook(staff: Sequence[Person]) -> dict[str, object]:
    """How the connections are, and whether all of them are held."""
    sync = summary(staff)
    return {"sync": sync, "withheld": installation.held() if sync and sync.withheld else None}


def _set_up() -> dict[str, object]:
    """What is still to be done before people can be booked and told so."""
    mails = mail_server.state(mail_outside(), now=now())
    return {"steps": checklist(mails_leave=bool(mails.server)), "mail_trouble": alarm(mails)}
