"""Somebody stops taking bookings: the page asks what becomes of what is booked."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, Optional

from panel.services import employees, handing_over
from panel.services.employees import Employee
from panel.services.handing_over import CANCEL, GIVE, KEEP, Handover, Outcome
from panel.web.forms import Form, options
from panel.web.session import by, now
from panel.web.words import plural

backend_leaving = Blueprint(
    "backend_leaving", __name__, url_prefix="/admin/employees/<int:employee_id>/stop"
)


class LeavingForm(Form):
    """What becomes of upcoming appointments, and of the login."""

    upcoming = RadioField("Upcoming appointments", [InputRequired("Choose one.")])
    cancel_rest = BooleanField("Cancel what nobody can take")
    login_off = BooleanField("May not sign in any more", [Optional()])

    def __init__(self, employee: Employee, handovers: Sequence[Handover]) -> None:
        total = len(handovers)
        takers = sum(one.colleague is not None for one in handovers)
        super().__init__(data={"upcoming": GIVE if takers else KEEP})
        self.upcoming.choices = options(_choices(employee, takers, total))
        if takers == total or not takers:
            del self.cancel_rest
        if employee.user is None or employee.user_id == by().user_id or not employee.user.active:
            del self.login_off

    def wish(self) -> dict[str, object]:
        """Return what was chosen, as the service takes it."""
        rest = CANCEL if self.cancel_rest and self.cancel_rest.data else KEEP
        off = bool(self.login_off and self.login_off.data)
        return {"upcoming": self.upcoming.data, "rest": rest, "login_off": off}


@backend_leaving.route("/", methods=["GET", "POST"])
def show(employee_id: int) -> ResponseReturnValue:
    """Ask, with the list of who would take over what."""
    employee = employees.one(employee_id, by=by())
    handovers = handing_over.preview(employee_id, by=by(), now=now())
    form = LeavingForm(employee, handovers)
    if outcome := form.sent(
        lambda: handing_over.stop(employee_id, **form.wish(), by=by(), now=now())
    ):
        flash((f"{employee.name} takes no bookings any more.", _told(outcome)), "ok")
        return redirect(url_for("backend_employees.edit", employee_id=employee_id))
    return render_template(
        "backend/leaving/show.html", form=form, employee=employee, handovers=handovers
    )


def _choices(employee: Employee, takers: int, total: int) -> list[tuple[str, str]]:
    first = employee.name.split()[0]
    if not total:
        return [(KEEP, "Nothing is booked, so nothing changes")]
    give = f"Give {takers} of {total} to colleagues" if takers < total else "Give to colleagues"
    return [
        *([(GIVE, give)] if takers else []),
        (CANCEL, f"Cancel {plural(total, 'appointment')}"),
        (KEEP, f"Keep with {first}, who still sees to them"),
    ]


def _told(outcome: Outcome) -> str:
    counts = {
        "given to colleagues": outcome.given,
        "cancelled": outcome.cancelled,
        "kept": outcome.kept,
    }
    said = [f"{plural(count, 'appointment')} {what}" for what, count in counts.items() if count]
    return f"{', '.join(said)}." if said else ""
