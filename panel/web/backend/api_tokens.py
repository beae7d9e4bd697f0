"""Tokens with which sites and scripts use the API; only the owner comes here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired

from panel.services import api_tokens
from panel.web.forms import Form
from panel.web.session import by, now

backend_api_tokens = Blueprint("backend_api_tokens", __name__, url_prefix="/admin/settings/api")


class TokenForm(Form):
    """What a new token is for."""

    name = StringField("Name", [InputRequired("Give the token a name.")])


@backend_api_tokens.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """List the tokens, and make one, which is shown in this one answer."""
    form = TokenForm()
    token = form.sent(lambda: api_tokens.make(form.name.data, by=by(), now=now()))
    if token:
        name = form.name.data
        return render_template("backend/api_tokens/made.html", token=token, name=name)
    tokens = api_tokens.listed(by=by())
    return render_template("backend/api_tokens/index.html", form=form, tokens=tokens)


@backend_api_tokens.route("/<int:token_id>/revoke", methods=["GET", "POST"])
def revoke(token_id: int) -> ResponseReturnValue:
    """Ask, then let a token open nothing any more."""
    token = api_tokens.one(token_id, by=by())
    form = Form()
    if form.sent(lambda: api_tokens.revoke(token_id, by=by(), now=now())):
        flash(f"{token.name} is revoked.", "toast")
        return redirect(url_for(".index"))
    return render_template("backend/api_tokens/revoke.html", token=token)
