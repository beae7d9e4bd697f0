"""Sync health: how every connection is, and what can be done about it from here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import RuleBroken
from panel.services import alerts, connections, installation, restoring, sync_health
from panel.web.backend.sync_words import entry, figures
from panel.web.lists import page_number, searched
from panel.web.outlook.summary import warning
from panel.web.post import goes_out, mail_outside
from panel.web.session import by, now
from panel.web.words import plural

backend_sync = Blueprint("backend_sync", __name__, url_prefix="/admin/sync")


@backend_sync.get("/")
def show() -> ResponseReturnValue:
    """Show who must act first, then the numbers, then everybody with the last day."""
    seen = sync_health.overview(by(), now=now(), search=searched(), page=page_number())
    entries = [entry(one) for one in seen.lines.rows]
    return render_template(
        "backend/sync/show.html",
        seen=seen, entries=entries, figures=figures(seen.figures, owner=by().is_owner),
        duties=[one for one in entries if one.duty], by_mail=goes_out(), as_of=now(),
        warning=warning(), held=installation.held(), orphans=restoring.orphans(),
        names=sync_health.names(),
    )  # fmt: skip


@backend_sync.post("/all")
def sync_all() -> ResponseReturnValue:
    """Have every calendar read at once."""
    count = connections.sync_all(by=by(), now=now())
    said = f"{plural(count, 'calendar is', 'calendars are')} being checked."
    flash(said if count else "All have been asked for within the last 30 seconds.", "toast")
    return _back()


@backend_sync.post("/<int:employee_id>/now")
def sync_now(employee_id: int) -> ResponseReturnValue:
    """Have one calendar read at once."""
    try:
        connections.sync_now(employee_id, by=by(), now=now())
        flash("The calendar is being checked.", "toast")
    except RuleBroken as refused:
        flash(str(refused), "late")
    return _back()


@backend_sync.post("/<int:employee_id>/retry")
def retry(employee_id: int) -> ResponseReturnValue:
    """Try everything of one employee again that could not be written."""
    count = connections.retry_parked(employee_id, by=by(), now=now())
    flash(f"{plural(count, 'change is', 'changes are')} tried again.", "toast")
    return _back()


@backend_sync.post("/<int:employee_id>/remind")
def remind(employee_id: int) -> ResponseReturnValue:
    """Tell an employee once more that their connection needs them."""
    try:
        told = alerts.remind(employee_id, by=by(), outside=mail_outside(), now=now())
        flash(f"A mail goes to {told}.", "toast")
    except RuleBroken as refused:
        flash(str(refused), "late")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for(".show"), 303)
