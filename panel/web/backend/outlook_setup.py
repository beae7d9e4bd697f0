"""Settings, Integrations, Outlook Calendar: the registration at Microsoft."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import Optional

from panel.services import outlook_setup as services
from panel.services.integration import configured
from panel.services.outlook_setup import Setup
from panel.web.forms import Day, Form
from panel.web.outlook.microsoft import outside, redirect_address
from panel.web.outlook.registration_words import ready, verdict
from panel.web.session import by

backend_outlook_setup = Blueprint(
    "backend_outlook_setup", __name__, url_prefix="/admin/settings/integrations"
)


class SetupForm(Form):
    """The registration as the owner types it; a stored secret is never shown."""

    enabled = BooleanField("Let employees connect Outlook")
    client_id = StringField("Client ID")
    secret = PasswordField("Client secret")
    tenant = StringField("Tenant")
    secret_expires = Day("Secret expires on", [Optional()])

    def setup(self) -> Setup:
        """What was typed."""
        return Setup(
            self.enabled.data,
            self.client_id.data or "",
            self.tenant.data or "",
            self.secret.data or "",
            self.secret_expires.data,
        )


@backend_outlook_setup.get("/")
def index() -> ResponseReturnValue:
    """List what can be connected."""
    kept = services.kept(by())
    return render_template(
        "backend/outlook_setup/index.html", mark=ready(kept), connected=services.connected()
    )


@backend_outlook_setup.route("/outlook", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change the registration; who would have to sign in again is said first."""
    form = SetupForm(obj=services.kept(by()))
    again = _again(form) if form.validate_on_submit() else 0
    if not again and form.sent(lambda: _save(form)):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    return _page(form, again)


@backend_outlook_setup.post("/outlook/test")
def test() -> ResponseReturnValue:
    """Try the stored secret at Microsoft."""
    form = SetupForm()
    if _differs(form):
        flash(("Save first.", "The test tries what is stored."), "late")
        return _page(form, 0)
    if form.sent(
        lambda: services.test(redirect_uri=redirect_address(), by=by(), outside=outside())
    ):
        return redirect(url_for(".show", _anchor="test"))
    return _page(form, 0)


def _page(form: SetupForm, again: int) -> ResponseReturnValue:
    kept = services.kept(by())
    return render_template(
        "backend/outlook_setup/show.html",
        form=form,
        again=again,
        stored=kept.client_secret is not None,
        configured=configured(kept),
        mark=ready(kept),
        verdict=verdict(kept),
        redirect_address=redirect_address(),
        connected=services.connected(),
    )


def _again(form: SetupForm) -> int:
    """How many must sign in again and the owner has not been told so yet."""
    if "sure" in request.form:
        return 0
    return services.must_sign_in_again(form.client_id.data or "", form.tenant.data or "common")


def _save(form: SetupForm) -> bool:
    services.save(form.setup(), by=by(), outside=outside())
    return True


def _test() -> str:
    return services.test(redirect_uri=redirect_address(), by=by(), outside=outside())


def _differs(form: SetupForm) -> bool:
    kept, typed = services.kept(by()), form.setup()
    return bool(typed.secret) or (typed.client_id, typed.tenant) != (kept.client_id, kept.tenant)
