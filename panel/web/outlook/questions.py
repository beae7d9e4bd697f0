"""Answering what waits for a decision: each has a page of its own, to which mails lead."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import AlreadyChanged
from panel.domain.questions import Asked
from panel.services import connections, questions
from panel.services.waiting import waiting
from panel.web.addresses import back, came_from, home
from panel.web.frame import in_back_end
from panel.web.outlook.asked import box
from panel.web.session import by, now, someone

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
        asked = questions.answer(question_id, answer, by=by(), now=now())
    except AlreadyChanged as refused:
        flash(("Nothing has changed.", str(refused)), "work")
        return redirect(back(), 303)
    flash(DONE[answer], "toast")
    return redirect(_after(asked), 303)


def _after(asked: Asked) -> str:
    """The page it was asked on; from its own page, which is done with, to what it was about."""
    prefix = "backend_" if in_back_end() else ""
    own, came = url_for(f"{prefix}outlook_questions.show", question_id=asked.id), came_from()
    if came and not came.startswith(own):
        return came
    if asked.subject == "appointment":
        return url_for(f"{prefix}appointments.show", appointment_id=asked.subject_id)
    return home(someone())


@outlook_questions.post("/deleted/<int:mirror_id>/again")
def again(mirror_id: int) -> ResponseReturnValue:
    """Add an entry again that somebody who helps has deleted from their Outlook."""
    connections.add_again(mirror_id, by=by(), now=now())
    flash("Panel adds it again.", "toast")
    return redirect(back(), 303)


@outlook_questions.post("/parked/<int:mirror_id>/retry")
def retry(mirror_id: int) -> ResponseReturnValue:
    """Try an entry again that could not be written."""
    connections.retry(mirror_id, by=by(), now=now())
    flash("Panel tries it again.", "toast")
    return redirect(back(), 303)
