"""Answering what waits for a decision."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from panel.domain.errors import AlreadyChanged
from panel.services import connections, questions
from panel.web.addresses import back
from panel.web.session import by, now

outlook_questions = Blueprint("outlook_questions", __name__)
DONE = {
    "back": "It is put back in Outlook.",
    "keep": "Both calendars keep that time.",
    "accept": "The time in Outlook counts now.",
    "cancel": "It is cancelled.",
}


@outlook_questions.post("/<int:question_id>/<answer>")
def answer(question_id: int, answer: str) -> ResponseReturnValue:
    """Carry out a decision, and lead back to the page it was asked on."""
    try:
        questions.answer(question_id, answer, by=by(), now=now())
        flash(DONE[answer], "toast")
    except AlreadyChanged as refused:
        flash(("Nothing has changed.", str(refused)), "work")
    return redirect(back(), 303)


@outlook_questions.post("/parked/<int:mirror_id>/retry")
def retry(mirror_id: int) -> ResponseReturnValue:
    """Try an entry again that could not be written."""
    connections.retry(mirror_id, by=by(), now=now())
    flash("Panel tries it again.", "toast")
    return redirect(back(), 303)
