"""The page behind the one-time link that sets a new panel up."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Email, InputRequired, Length

from panel.domain.errors import RuleBroken
from panel.services import owners
from panel.web.forms import Form
from panel.web.session import enter, now
from panel.web.zones import ZoneSelectField

first_owner = Blueprint("first_owner", __name__)


class OwnerForm(Form):
    """The business, and who owns it."""

    business = StringField("Business", [InputRequired("Type its name."), Length(max=120)])
    zone = ZoneSelectField("Time zone", default="Europe/London")
    name = StringField("Your name", [InputRequired("Type your name."), Length(max=120)])
    email = EmailField(
        "Email", [InputRequired("Type your address."), Email("That is not an address.")]
    )
    password = PasswordField("Password", [InputRequired("Choose a password.")])


@first_owner.route("/first-owner/<key>", methods=["GET", "POST"])
def choose(key: str) -> ResponseReturnValue:
    """Let whoever holds the link become the owner, once."""
    owners.check_key(key, now=now())
    form = OwnerForm()
    if form.validate_on_submit():
        wish = {name: value for name, value in form.data.items() if name != "csrf_token"}
        try:
            enter(owners.become_owner(key, **wish, now=now()), remember=False)
            flash(("Your panel is ready.", "You are signed in as its owner."), "ok")
            return redirect(url_for("backend_overview.show"))
        except RuleBroken as refused:
            form.blame(refused)
    return render_template("first_owner/choose.html", form=form)
