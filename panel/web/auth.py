"""Signing in and out, and what to do about a forgotten password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import InputRequired

from panel.domain.errors import RuleBroken, TooOften
from panel.services import invitations, signing_in
from panel.web.addresses import home, local
from panel.web.errors import status_of
from panel.web.forms import Form
from panel.web.post import goes_out
from panel.web.session import enter, now, someone

auth = Blueprint("auth", __name__)


class SignInForm(Form):
    """What one signs in with."""

    email = EmailField("Email", [InputRequired("Type your address.")])
    password = PasswordField("Password", [InputRequired("Type your password.")])
    remember = BooleanField("Keep me signed in for 30 days")


class ForgottenForm(Form):
    """Whose password it is."""

    email = EmailField("Email", [InputRequired("Type your address.")])


@auth.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask who is there, then lead to the page that was asked for."""
    form, status = SignInForm(), 200
    asked_for = local(request.args.get("next"))
    if person := someone():
        return redirect(asked_for or home(person))
    if form.validate_on_submit():
        try:
            enter(_identify(form), remember=form.remember.data)
            return redirect(asked_for or home(someone()))
        except (RuleBroken, TooOften) as refused:
            form.blame(refused)
            status = status_of(refused) if isinstance(refused, TooOften) else 200
    return render_template("auth/sign_in.html", form=form), status


@auth.route("/forgotten-password", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Note who has forgotten their password; the answer is the same for every address."""
    form, status, done = ForgottenForm(), 200, False
    if form.validate_on_submit():
        try:
            _note_forgotten(form)
            done = True
        except TooOften as refused:
            form.blame(refused)
            status = status_of(refused)
    return render_template("auth/forgotten.html", form=form, done=done, by_mail=goes_out()), status


@auth.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session here; other devices stay signed in."""
    logout_user()
    flash("You are signed out.", "ok")
    return redirect(home(None))


def _identify(form: SignInForm) -> signing_in.Person:
    return signing_in.sign_in(form.email.data, form.password.data, **_slowed())


def _note_forgotten(form: ForgottenForm) -> None:
    invitations.forgotten(form.email.data, by_mail=goes_out(), **_slowed())


def _slowed() -> dict[str, Any]:
    """Return by what tries are counted."""
    limited = current_app.config.get("RATE_LIMITS", True)
    return {"network": request.remote_addr, "limited": limited, "now": now()}
