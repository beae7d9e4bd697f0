"""Settings, Integrations, Outlook Calendar: how the sync behaves."""

from __future__ import annotations

from dataclasses import fields

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField

from panel.domain import texts
from panel.services import outlook_options as services
from panel.services import outlook_setup
from panel.services.outlook_options import GRACES, KINDS, ON_DELETE, ON_MOVE, Options
from panel.web.forms import Form, options
from panel.web.outlook.preview import previews
from panel.web.outlook.registration_words import ready
from panel.web.outlook.saved import saved
from panel.web.session import by, now

backend_outlook_options = Blueprint(
    "backend_outlook_options", __name__, url_prefix="/admin/settings/integrations/outlook/general"
)


class OptionsForm(Form):
    """What the owner chooses, by the names of the settings."""

    appointment_title = StringField("Title of an appointment")
    appointment_text = TextAreaField("Text of an appointment")
    event_title = StringField("Title of an event")
    event_text = TextAreaField("Text of an event")
    insert_pending = BooleanField("Insert pending appointments")
    include_buffers = BooleanField("Include buffer time")
    customer_in_body = BooleanField("Put the customer’s name and contact into the entry")
    add_staff = BooleanField("Add events to the Outlook of all their staff")
    invite_customers = BooleanField("Send Outlook invitations to customers")
    show_attendees = BooleanField("Customers can see each other")
    teams_meeting = BooleanField("Add a Microsoft Teams meeting")
    block_busy = BooleanField("Busy time in Outlook blocks bookings")
    blocking_kinds = SelectMultipleField(
        "Nobody can book an employee who is", choices=options(KINDS.items())
    )
    block_all_day = BooleanField("All-day entries block as well")
    on_move = SelectField(
        "When an appointment is moved in Outlook", choices=options(ON_MOVE.items())
    )
    on_delete = SelectField(
        "When an appointment is deleted in Outlook", choices=options(ON_DELETE.items())
    )
    tell_moved = BooleanField("Tell the customer of a move in Outlook")
    grace_minutes = SelectField(
        "How long it can still be kept", coerce=int, choices=options(GRACES.items())
    )
    show_titles = SelectField(
        "Show other entries in the panel as",
        choices=options([("", "Busy"), ("1", "Busy, with their title")]),
    )

    def typed(self) -> Options:
        """What was typed. A text area sends its lines with carriage returns."""
        known = {one.name: self[one.name].data for one in fields(Options)}
        for name in services.TEMPLATES:
            known[name] = (known[name] or "").replace("\r\n", "\n")
        return Options(**{**known, "show_titles": bool(self.show_titles.data)})

    def templates(self) -> dict[str, str]:
        """The four texts as typed."""
        return {name: self[name].data or "" for name in services.TEMPLATES}


@backend_outlook_options.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change how the sync behaves."""
    kept = outlook_setup.kept(by())
    form = OptionsForm(obj=kept, data={"show_titles": "1" if kept.show_titles else ""})
    changed = form.sent(lambda: _save(form))
    if changed is not None:
        flash(saved(changed, mails=bool(form.invite_customers.data)), "toast")
        return redirect(url_for(".show"))
    return render_template(
        "backend/outlook_options/show.html",
        form=form,
        names=(texts.APPOINTMENT, texts.EVENT),
        mark=ready(kept),
        connected=outlook_setup.connected(),
        previews=_previews(form),
    )


@backend_outlook_options.post("/preview")
def preview() -> ResponseReturnValue:
    """The preview alone, as it changes while one types."""
    outlook_setup.kept(by())
    return render_template(
        "backend/outlook_options/preview.html", previews=_previews(OptionsForm())
    )


def _save(form: OptionsForm) -> int | None:
    wrong = services.refusals(form.templates())
    for name, words in wrong.items():
        form[name].errors = [words]
    return None if wrong else services.save(form.typed(), by=by(), now=now())


def _previews(form: OptionsForm) -> list[object]:
    shown = previews(
        form.templates(),
        customers=bool(form.customer_in_body.data),
        buffers=bool(form.include_buffers.data),
    )
    return list(shown)
