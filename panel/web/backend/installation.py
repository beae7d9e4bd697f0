"""A database that was restored or copied: the owner says which, and sees what differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import RuleBroken
from panel.services import installation, restoring
from panel.services.installation import Held, Place
from panel.web.session import by, now

backend_installation = Blueprint(
    "backend_installation", __name__, url_prefix="/admin/sync/installation"
)
WHY = {
    "missing": "The file that says whose database this is, instance in DATA_DIR, is missing or "
    "belongs to another one.",
    "machine": "This database last worked on another machine.",
    "ahead": "This database is older than what Panel has already done: a backup was put back.",
}


@backend_installation.get("/")
def show() -> ResponseReturnValue:
    """Ask which it is; after a restore show what would be written."""
    by().must_own()
    held = installation.held()
    found = restoring.preview() if held and held.comparing else None
    return render_template("backend/installation/show.html", held=held, why=why(held), found=found)


@backend_installation.post("/restored")
def restored() -> ResponseReturnValue:
    """Compare with every calendar; nothing is written yet."""
    return _said(lambda: restoring.restored(_place(), by=by(), now=now()))


@backend_installation.post("/go-on")
def go_on() -> ResponseReturnValue:
    """Write again."""
    return _said(
        lambda: restoring.go_on(by=by(), now=now()), "Panel writes to Outlook again.",
        "What differs waits for a decision.",
    )  # fmt: skip


@backend_installation.post("/copied")
def copied() -> ResponseReturnValue:
    """Make an installation of its own of a copy."""
    return _said(
        lambda: restoring.copied(_place(), by=by(), now=now()),
        "This is an installation of its own now.", "No Outlook account is connected to it.",
    )  # fmt: skip


def why(held: Held | None) -> str:
    """Say what was found, in a sentence."""
    return WHY[held.why.value] if held and held.why else ""


def _said(deed: Callable[[], object], *words: str) -> ResponseReturnValue:
    try:
        deed()
        if words:
            flash(words, "ok")
    except RuleBroken as refused:
        flash(str(refused), "late")
    return redirect(url_for(".show"), 303)


def _place() -> Place:
    return cast(Place, current_app.extensions["panel"].place)
