"""People who sign in, whether they are employees or not; only the owner comes here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from panel.services import logins
from panel.services.logins import User
from panel.web.backend.roles import MAY, role_field
from panel.web.forms import Form
from panel.web.lists import page_number, searched
from panel.web.session import by

backend_logins = Blueprint("backend_logins", __name__, url_prefix="/admin/settings/logins")


class LoginForm(Form):
    """What somebody may do, and whether they may come in at all."""

    role = role_field()
    lets_in = BooleanField("May sign in")

    def __init__(self, user: User) -> None:
        super().__init__(data={"role": user.role, "lets_in": user.active})
        if user.id == by().user_id:
            del self.lets_in


@backend_logins.get("/")
def index() -> ResponseReturnValue:
    """List who signs in."""
    page = logins.listed(by(), search=searched(), page=page_number())
    return render_template("backend/logins/index.html", page=page)


@backend_logins.route("/<int:user_id>", methods=["GET", "POST"])
def edit(user_id: int) -> ResponseReturnValue:
    """Show one login, and change what it may do."""
    user = logins.one(user_id, by=by())
    form = LoginForm(user)
    if form.sent(lambda: _save(form, user_id)):
        flash(f"Saved. {user.name} signs in again to go on.", "toast")
        return redirect(url_for(".index"))
    holder = logins.holders([user_id]).get(user_id)
    return render_template("backend/logins/edit.html", form=form, user=user, holder=holder, may=MAY)


def _save(form: LoginForm, user_id: int) -> User:
    asks = by()
    if form.lets_in is not None:
        logins.set_active(user_id, form.lets_in.data, by=asks)
    return logins.set_role(user_id, form.role.data, by=asks)
