"""Settings, Notifications: the mail server, and how each kind of mail is worded."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from panel.domain import texts
from panel.domain.errors import MailDelayed, MailRefused, MailServerWrong
from panel.services import mail_server, mail_templates
from panel.services.mail_rows import Wording
from panel.services.mail_server import Setup
from panel.web.forms import Form, Number, options, say
from panel.web.mail_words import standing
from panel.web.post import mail_outside
from panel.web.session import by, me, now

backend_notifications = Blueprint(
    "backend_notifications", __name__, url_prefix="/admin/settings/notifications"
)
SECURITY = [
    ("starttls", "STARTTLS, usually port 587"),
    ("tls", "TLS, usually port 465"),
    ("none", "None, only for a server on this machine"),
]
TRIAL = (
    "A test",
    "This is a test. Mails from %s arrive here.\n\nServer: %s\n\nNobody else has got this mail.",
)


class ServerForm(Form):
    """The mail server as the owner types it; a stored password is never shown."""

    host = StringField("Server", [Optional()])
    port = Number("Port", [InputRequired("Write a whole number, like 587.")])
    security = RadioField("Security", choices=options(SECURITY))
    username = StringField("User name", [Optional()])
    password = PasswordField("Password", [Optional()])
    from_address = EmailField("Sender’s address")
    from_name = StringField("Sender’s name", [Optional()])

    def setup(self) -> Setup:
        """What was typed."""
        typed = {name: self[name].data or "" for name in Setup.__dataclass_fields__}
        return Setup(**{**typed, "port": self.port.data})


class TemplateForm(Form):
    """How one kind of mail is worded."""

    on = BooleanField("Send this mail")
    title = StringField("Title")
    text = TextAreaField("Text")

    def wording(self) -> Wording:
        """What was typed."""
        return Wording(self.title.data or "", self.text.data or "", bool(self.on.data))


@backend_notifications.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change the mail server, and list the kinds of mail."""
    kept, state = mail_server.kept(by()), mail_server.state(mail_outside(), now=now())
    form = ServerForm(obj=kept)
    if form.sent(lambda: _save_server(form)):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    return render_template(
        "backend/notifications/show.html",
        form=form,
        stored=kept.has_password,
        state=state,
        said=standing(state),
        templates=mail_templates.listed(by()),
    )


@backend_notifications.post("/test")
def test() -> ResponseReturnValue:
    """Send the owner a mail by the stored server."""
    state = mail_server.state(mail_outside(), now=now())
    title, text = TRIAL
    _send_test(title, text % ("Panel", state.server))
    return redirect(url_for(".show"))


@backend_notifications.route("/<kind>", methods=["GET", "POST"])
def edit(kind: str) -> ResponseReturnValue:
    """Show and change how one kind of mail is worded."""
    template = mail_templates.one(kind, by=by())
    form = TemplateForm(obj=template.wording)
    if form.sent(lambda: _save_template(kind, form)):
        flash("Saved.", "toast")
        return redirect(url_for(".edit", kind=kind))
    return render_template(
        "backend/notifications/edit.html",
        form=form,
        template=template,
        preview=mail_templates.preview(kind, form.wording()),
        set_up=mail_server.is_set_up(mail_outside()),
    )


@backend_notifications.post("/<kind>/preview")
def preview(kind: str) -> ResponseReturnValue:
    """The preview alone, as it changes while one types."""
    mail_templates.one(kind, by=by())
    shown = mail_templates.preview(kind, TemplateForm().wording())
    return render_template("backend/notifications/preview.html", preview=shown)


@backend_notifications.post("/<kind>/test")
def test_kind(kind: str) -> ResponseReturnValue:
    """Send the owner this kind of mail as it is stored, with made-up people."""
    template = mail_templates.one(kind, by=by())
    title, text = mail_templates.filled(template.kind, template.wording, texts.SAMPLES)
    _send_test(title, text)
    return redirect(url_for(".edit", kind=kind))


@backend_notifications.post("/<kind>/reset")
def reset(kind: str) -> ResponseReturnValue:
    """Take our words again."""
    mail_templates.reset(kind, by=by(), now=now())
    flash("It is worded as at first again.", "toast")
    return redirect(url_for(".edit", kind=kind))


def _save_server(form: ServerForm) -> bool:
    mail_server.save(form.setup(), by=by(), outside=mail_outside())
    return True


def _save_template(kind: str, form: TemplateForm) -> bool:
    mail_templates.save(kind, form.wording(), by=by(), now=now())
    return True


def _send_test(title: str, text: str) -> None:
    """Send it now, and say what the mail server answered: no more is known."""
    to = me().email
    try:
        mail_server.send_test(title, text, to=to, by=by(), outside=mail_outside(), now=now())
    except (MailDelayed, MailRefused, MailServerWrong) as refused:
        say(refused)
    else:
        flash(("The mail server took it.", f"Look whether it arrives at {to}."), "ok")
