"""An employee's integrations: the tab, the page of their Outlook, what differs for them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from panel.domain.health import State
from panel.services import connecting, connection_health, employees, integration, outlook_overrides
from panel.services.upcoming import upcoming
from panel.web.forms import Form, options
from panel.web.outlook.card import card_of, short
from panel.web.outlook.coming_back import say_if_back
from panel.web.outlook.place import here
from panel.web.outlook.saved import saved
from panel.web.session import by, now

backend_integrations = Blueprint(
    "backend_integrations", __name__, url_prefix="/admin/employees/<int:employee_id>/integrations"
)
FOLLOW, ON, OFF = "", "on", "off"


class OverridesForm(Form):
    """What follows the business unless it is set here."""

    insert_pending = RadioField("Insert pending appointments")
    block_busy = RadioField("Busy time blocks bookings")

    def offer(self) -> None:
        """Put up the choices, with what the business does."""
        kept = integration.settings()
        for field in (self.insert_pending, self.block_busy):
            usual = "on" if getattr(kept, field.name) else "off"
            field.choices = options(
                [(FOLLOW, f"As the business: {usual}"), (ON, "On"), (OFF, "Off")]
            )


@backend_integrations.get("/")
def show(employee_id: int) -> ResponseReturnValue:
    """Show the card that leads to the next page, and what differs for this person."""
    employee = employees.one(employee_id, by=by())
    report = connection_health.of_one(employee_id, now=now())
    off = report.health.state is State.OFF
    return render_template(
        "backend/integrations/show.html",
        employee=employee,
        report=report,
        said=None if off else short(report, employee),
        rows=_rows(employee),
        may_change=by().in_back_end,
    )


@backend_integrations.get("/outlook")
def outlook(employee_id: int) -> ResponseReturnValue:
    """Show the Outlook card, and before Connect what will happen."""
    employee = employees.one(employee_id, by=by())
    report = connection_health.of_one(employee_id, now=now())
    say_if_back(employee_id, report)
    return render_template(
        "backend/integrations/outlook.html",
        employee=employee,
        outlook=card_of(employee, here(employee_id), report),
        report=report,
        upcoming=upcoming(employee_id, now=now()),
        may_connect=connecting.may_connect(by(), employee_id),
        own=by().is_employee(employee_id),
    )


@backend_integrations.route("/change", methods=["GET", "POST"])
def change(employee_id: int) -> ResponseReturnValue:
    """Let this person differ from the business, or follow it again."""
    by().must_be_in_back_end()
    employee = employees.one(employee_id, by=by())
    form = OverridesForm(data=_typed(employee))
    form.offer()
    if form.validate_on_submit():
        changed = outlook_overrides.set_for(employee_id, **_wishes(form), by=by(), now=now())
        flash(saved(changed), "toast")
        return redirect(url_for(".show", employee_id=employee_id))
    return render_template("backend/integrations/change.html", form=form, employee=employee)


def _typed(employee: employees.Employee) -> dict[str, str]:
    words = {None: FOLLOW, True: ON, False: OFF}
    return {name: words[getattr(employee, name)] for name in ("insert_pending", "block_busy")}


def _wishes(form: OverridesForm) -> dict[str, bool | None]:
    values = {FOLLOW: None, ON: True, OFF: False}
    return {one.name: values[one.data] for one in (form.insert_pending, form.block_busy)}


def _rows(employee: employees.Employee) -> list[tuple[str, str]]:
    kept = integration.settings()
    lines = (
        ("Insert pending appointments", "insert_pending"),
        ("Busy time blocks bookings", "block_busy"),
    )
    return [(words, _value(getattr(employee, name), getattr(kept, name))) for words, name in lines]


def _value(own: bool | None, usual: bool) -> str:
    if own is None:
        return "On" if usual else "Off"
    return f"{'On' if own else 'Off'}, set here"
