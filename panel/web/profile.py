"""My Profile: who one is here, when one works, what one offers."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, PasswordField, StringField, TelField
from wtforms.validators import EqualTo, InputRequired, Optional

from panel.services import company, employees, logins, offers, schedules, signing_in
from panel.services.employees import Details
from panel.web.addresses import came_from
from panel.web.forms import Form
from panel.web.hours import week_in_words
from panel.web.outlook.profile_card import outlook_of
from panel.web.schedule import is_to_come
from panel.web.session import by, enter, me, now
from panel.web.zones import ZoneSelectField

profile = Blueprint("profile", __name__, url_prefix="/panel/profile")
# What stands in the second column, each set by oneself with its permission, else by the owner.
OWNERS_OR_OWN = ("work_hours", "days_off", "special_days", "services")


class DetailsForm(Form):
    """What one may say about oneself."""

    name = StringField("Name", [InputRequired("Type your name.")])
    phone = TelField("Phone", [Optional()])
    email = EmailField("Email for signing in", [InputRequired("Type your address.")])
    zone = ZoneSelectField("Time zone")


class PasswordForm(Form):
    """Another password, typed twice so that it is the one that was meant."""

    current = PasswordField("Present password", [InputRequired("Type your present password.")])
    new = PasswordField("New password", [InputRequired("Choose a new password.")])
    repeat = PasswordField("New password, once more", [EqualTo("new", "The two are not the same.")])


@profile.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show and change one's details; all else is shown, with the way to where it is changed."""
    mine = me().employee_id
    if mine is None:
        return render_template("profile/nobody.html")
    employee = employees.about(mine, by=by())
    form = DetailsForm(obj=employee, data={"email": me().email})
    if form.sent(lambda: _save(form, employee)):
        flash("Saved.", "toast")
        return redirect(url_for(".show"))
    return render_template("profile/show.html", form=form, employee=employee, **_beside(employee))


@profile.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's password; every other session of this login ends."""
    form = PasswordForm()
    if person := form.sent(lambda: _change(form)):
        enter(person, remember=False)
        flash("Your password is changed. Everywhere else you are signed out.", "toast")
        return redirect(url_for(".show"))
    return render_template("profile/password.html", form=form)


@profile.post("/take-bookings")
def take_bookings() -> ResponseReturnValue:
    """Make an employee of an owner who was none."""
    here = by()
    here.must_own()
    if here.employee_id is None:
        details = Details(name=me().name, zone=company.current().zone, title="Owner")
        made = employees.create(details, by=here, now=now())
        employees.link_login(made.id, here.user_id, by=here)
        flash("You take bookings now. Choose your services and work hours next.", "ok")
    return redirect(came_from() or url_for(".show"))


def _save(form: DetailsForm, employee: employees.About) -> bool:
    typed = {"name": form.name.data, "zone": form.zone.data, "phone": form.phone.data or ""}
    details = replace(employees.details_of(employees.one(employee.id, by=by())), **typed)
    logins.set_email(me().user_id, form.email.data, by=by())
    employees.edit(employee.id, details, by=by())
    return True


def _change(form: PasswordForm) -> signing_in.Person:
    limited = current_app.config.get("RATE_LIMITS", True)
    return signing_in.change_password(
        me(), form.current.data, form.new.data, limited=limited, now=now()
    )


def _beside(employee: employees.About) -> dict[str, object]:
    """Return what stands in the second column."""
    mine, here = employee.id, by()
    asks_owner = not all(here.holds(one) for one in OWNERS_OR_OWN)
    return {
        "hours": week_in_words(schedules.week(mine, by=here)),
        "off": [one for one in schedules.days_off(mine, by=here) if is_to_come(one)],
        "special": [one for one in schedules.special_days(mine, by=here) if is_to_come(one)],
        "services": offers.of_employee(mine),
        "owner": logins.owner_name() if asks_owner else "",
        "outlook": outlook_of(employee),
    }
