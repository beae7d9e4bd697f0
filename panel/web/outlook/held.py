"""Many entries are gone from an Outlook at once: was it meant?"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import AlreadyChanged
from panel.services import held, integration
from panel.web.session import by, now
from panel.web.words import plural

outlook_held = Blueprint("outlook_held", __name__)
# What happens to each of them when it was meant, by the setting.
EFFECT = {
    "ask": "Panel asks about each one, and nothing is cancelled before somebody answers.",
    "cancel": "each is cancelled after {minutes}, and its customer is told. Until then each can "
    "be kept on its own page.",
    "back": "the settings say that what is deleted in Outlook is put back, so that both answers "
    "do the same.",
}


@outlook_held.get("/<int:held_id>")
def show(held_id: int) -> ResponseReturnValue:
    """List what is gone, and ask."""
    asked, gone = held.one(held_id, by=by())
    kept = integration.settings()
    minutes = plural(kept.grace_minutes, "minute")
    return render_template(
        "outlook/held/show.html",
        asked=asked,
        gone=gone,
        mine=by().is_employee(asked.employee_id),
        effect=EFFECT[kept.on_delete].format(minutes=minutes),
    )


@outlook_held.post("/<int:held_id>/<answer>")
def say(held_id: int, answer: str) -> ResponseReturnValue:
    """Carry out the answer."""
    try:
        count = held.answer(held_id, answer, by=by(), now=now())
        entries = plural(count, "entry is", "entries are")
        done = {"back": f"{entries} put back in Outlook.", "meant": "Noted: it was meant."}
        flash(done[answer], "toast")
    except AlreadyChanged as refused:
        flash(("Nothing has changed.", str(refused)), "work")
    return redirect(url_for(".show", held_id=held_id), 303)
