"""Settings of the business; only the owner comes here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField, RadioField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Optional

from panel.services import company, schedules
from panel.services.company import STEPS, Details
from panel.web.forms import Form, options
from panel.web.schedule import is_to_come
from panel.web.schedule_forms import DayOffForm
from panel.web.session import by, now
from panel.web.zones import ZoneSelectField

backend_settings = Blueprint("backend_settings", __name__, url_prefix="/admin/settings")
NUMBER = [InputRequired("Write a whole number.")]


class CompanyForm(Form):
    """What the business is called, and how it books."""

    name = StringField("Name of the business", [InputRequired("Give the business a name.")])
    phone = TelField("Phone", [Optional()])
    zone = ZoneSelectField("Time zone")
    default_status = RadioField(
        "A new appointment is",
        choices=options(
            [("approved", "Approved at once"), ("pending", "Pending until somebody approves")]
        ),
    )
    step_minutes = SelectField(
        "Times are offered every", choices=options((n, f"{n} minutes") for n in STEPS), coerce=int
    )
    notice_minutes = IntegerField("Shortest notice, in minutes", NUMBER)
    change_notice_minutes = IntegerField("Changes until, in minutes before", NUMBER)
    horizon_days = IntegerField("Can be booked ahead, in days", NUMBER)

    def details(self) -> Details:
        """Return what was typed."""
        names = Details.__dataclass_fields__
        empty = {"phone": ""}
        return Details(**{name: self[name].data or empty.get(name, 0) for name in names})


@backend_settings.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change the business."""
    form = CompanyForm(obj=company.current())
    if form.sent(lambda: company.edit(form.details(), by=by(), now=now())):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    return render_template("backend/settings/show.html", form=form)


@backend_settings.route("/days-off", methods=["GET", "POST"])
def days_off() -> ResponseReturnValue:
    """List the days on which nobody works, and add some."""
    form = DayOffForm()
    if form.sent(lambda: schedules.add_day_off(None, form.off(), by=by())):
        flash("Saved.", "toast")
        return redirect(url_for(".days_off"))
    days: list[Any] = [one for one in schedules.days_off(None, by=by()) if is_to_come(one)]
    return render_template("backend/settings/days_off.html", form=form, days=days)


@backend_settings.post("/days-off/<int:day_off_id>/remove")
def remove_day_off(day_off_id: int) -> ResponseReturnValue:
    """Let everybody work on those days again."""
    schedules.remove_day_off(day_off_id, by=by())
    flash("Removed.", "toast")
    return redirect(url_for(".days_off"))
