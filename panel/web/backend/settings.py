"""Settings of the business; only the owner comes here."""

from __future__ import annotations

from calendar import day_name
from dataclasses import fields
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, SelectField, StringField, TelField, TextAreaField, URLField
from wtforms.validators import InputRequired, Optional

from panel.domain.currencies import CURRENCIES
from panel.services import company, schedules
from panel.services.company import FIRST_WEEKDAYS, Details
from panel.web.forms import Form, options
from panel.web.schedule import is_to_come
from panel.web.schedule_forms import DayOffForm
from panel.web.session import by, now
from panel.web.zones import ZoneSelectField

backend_settings = Blueprint("backend_settings", __name__, url_prefix="/admin/settings")


class CompanyForm(Form):
    """Who the business is, by the names of its details."""

    name = StringField("Name of the business", [InputRequired("Give the business a name.")])
    address = TextAreaField("Address", [Optional()])
    phone = TelField("Phone", [Optional()])
    email = EmailField("Email", [Optional()])
    zone = ZoneSelectField("Time zone")
    hour_format = SelectField(
        "Times are written like", choices=options([(24, "14:30"), (12, "2:30 pm")]), coerce=int
    )
    first_weekday = SelectField(
        "Weeks begin on", choices=options((n, day_name[n]) for n in FIRST_WEEKDAYS), coerce=int
    )
    currency = SelectField("Currency", choices=options((one, one) for one in CURRENCIES))
    terms_url = URLField("Terms of booking", [Optional()])
    privacy_url = URLField("Privacy notice", [Optional()])

    def details(self) -> Details:
        """Return what was typed."""
        typed = {one.name: self[one.name].data for one in fields(Details)}
        return Details(**{name: "" if data is None else data for name, data in typed.items()})


@backend_settings.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change who the business is."""
    former = company.current().zone
    form = CompanyForm(obj=company.current())
    if saved := form.sent(lambda: company.edit(form.details(), by=by(), now=now())):
        flash("Saved.", "toast")
        if saved.zone != former:
            flash(_moved(saved.zone), "ok")
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


def _moved(zone: str) -> tuple[str, str]:
    """Say what another zone does and what it does not."""
    return (
        f"The business is now in {zone}.",
        "The back end shows its times there. What is booked happens when it was to happen, and "
        "employees keep their own zone and work hours.",
    )
