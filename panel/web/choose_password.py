"""The page behind a one-time link: somebody chooses their password and is signed in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from panel.services import invitations
from panel.web.forms import Form
from panel.web.session import enter, now

choose_password = Blueprint("choose_password", __name__)


class ChooseForm(Form):
    """A password, typed twice so that it is the one that was meant."""

    password = PasswordField("Password", [InputRequired("Choose a password.")])
    repeat = PasswordField(
        "Password, once more", [EqualTo("password", "The two are not the same.")]
    )


@choose_password.route("/choose-password/<key>", methods=["GET", "POST"])
def show(key: str) -> ResponseReturnValue:
    """Let whoever holds the link choose a password, once. Looking does not use it up."""
    invited, form = invitations.opened(key, now=now()), ChooseForm()
    if person := form.sent(lambda: invitations.choose_password(key, form.password.data, now=now())):
        enter(person, remember=False)
        flash("Your password is set. You are signed in.", "ok")
        return redirect(url_for("profile.show"))
    return render_template("choose_password/show.html", form=form, invited=invited)
