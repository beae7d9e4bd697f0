"""What customers are asked when they book a service."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from panel.services import offers
from panel.services import service_questions as services
from panel.web.backend.service_forms import QuestionForm
from panel.web.session import by

backend_service_questions = Blueprint(
    "backend_service_questions",
    __name__,
    url_prefix="/admin/services/<int:service_id>/questions",
)


@backend_service_questions.route("/", methods=["GET", "POST"])
def index(service_id: int) -> ResponseReturnValue:
    """List what is asked, and ask one thing more."""
    service, form = offers.one(service_id), QuestionForm()
    if form.sent(lambda: services.add(service_id, form.question(), by=by())):
        flash("The question is added.", "toast")
        return redirect(url_for(".index", service_id=service_id))
    return render_template(
        "backend/service_questions/index.html",
        service=service,
        form=form,
        rows=services.of_service(service_id),
        kinds=services.KINDS,
    )


@backend_service_questions.route("/<int:question_id>", methods=["GET", "POST"])
def edit(service_id: int, question_id: int) -> ResponseReturnValue:
    """Ask something else."""
    service, row = offers.one(service_id), services.one(question_id, of=service_id)
    form = QuestionForm(data=QuestionForm.shown(row))
    if form.sent(lambda: services.edit(question_id, form.question(), of=service_id, by=by())):
        flash("Saved.", "toast")
        return redirect(url_for(".index", service_id=service_id))
    return render_template("backend/service_questions/edit.html", service=service, form=form)


@backend_service_questions.post("/<int:question_id>/<any(up, down):way>")
def move(service_id: int, question_id: int, way: str) -> ResponseReturnValue:
    """Ask it earlier or later."""
    services.move(question_id, of=service_id, up=way == "up", by=by())
    return redirect(url_for(".index", service_id=service_id, _anchor=f"question-{question_id}"))


@backend_service_questions.post("/<int:question_id>/remove")
def remove(service_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it no longer."""
    services.remove(question_id, of=service_id, by=by())
    flash("The question is removed. Answers that were given stay.", "toast")
    return redirect(url_for(".index", service_id=service_id))
