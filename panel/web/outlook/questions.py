"""Answering what waits for a decision: each has a page of its own, to which mails lead."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from panel.domain.errors import AlreadyChanged
from panel.services import connections, questions
from panel.services.waiting import waiting
from panel.web.addresses import back
from panel.web.outlook.asked import box
from panel.web.session import by, now

outlook_questions = Blueprint("outlook_questions", __name__)
DONE = {
    "back": "It is put back in Outlook.",
    "keep": "Both calendars keep that time.",
    "accept": "The time in Outlook counts now.",
    "cancel": "It is cancelled.",
    "undo": "It is back at its old time. Nobody is told.",
}


@outlook_questions.get("/<int:question_id>")
def show(question_id: int) -> ResponseReturnValue:
    """Ask one question; the answer that a mail led to comes first."""
    asked, is_open = questions.one(question_id, by=by())
    about = next((one for one in waiting(by()) if one.question_id == question_id), None)
    chosen = request.args.get("answer", "")
    return render_template(
        "outlook/questions/show.html",
        asked=asked,
        about=about,
        boxes=[box(asked, about.customer if about else "", chosen)] if is_open else [],
    )


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
