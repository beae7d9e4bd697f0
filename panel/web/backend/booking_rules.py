"""Settings, Booking: how and until when the business is booked."""

from __future__ import annotations

from dataclasses import fields

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.validators import InputRequired

from panel.services import company
from panel.services.company import STEPS, Rules
from panel.web.forms import Form, Number, options
from panel.web.lengths import LengthField
from panel.web.session import by, now

backend_booking_rules = Blueprint(
    "backend_booking_rules", __name__, url_prefix="/admin/settings/booking"
)
STATUSES = (("approved", "Approved at once"), ("pending", "Pending until approved"))


NEEDED = [InputRequired("Write a whole number, like 30.")]


class RulesForm(Form):
    """How the business is booked, by the names of its rules."""

    step_minutes = SelectField(
        "Times are offered every", choices=options((n, f"{n} minutes") for n in STEPS), coerce=int
    )
    default_status = SelectField("A new appointment is", choices=options(STATUSES))
    horizon_days = Number("Days that can be booked ahead", NEEDED)
    notice_minutes = LengthField("Notice to book")
    change_notice_minutes = LengthField("Notice to move")
    cancel_notice_minutes = LengthField("Notice to cancel")
    reminder_minutes = LengthField("Reminder before an appointment")
    offer_minutes = LengthField("A place from the waiting list is kept for")
    bookings_per_hour = Number("Bookings an hour", NEEDED)
    passwords_per_quarter = Number("Wrong passwords in a quarter of an hour", NEEDED)

    def rules(self) -> Rules:
        """Return what was typed."""
        return Rules(**{one.name: self[one.name].data for one in fields(Rules)})


@backend_booking_rules.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change the rules of booking."""
    form = RulesForm(obj=company.current())
    if form.sent(lambda: company.set_rules(form.rules(), by=by(), now=now())):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    return render_template("backend/booking_rules/show.html", form=form)
