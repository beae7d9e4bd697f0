"""When somebody works and what they offer: one's own in My Profile, anybody's in the back end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import NotThere
from panel.domain.people import PERMISSIONS
from panel.services import employees, offers, schedules
from panel.services.employees import Employee
from panel.services.outside_hours import outside_hours
from panel.web.schedule_forms import DayOffForm, ServicesForm, SpecialDayForm
from panel.web.session import by, me, now
from panel.web.week_form import WeekForm
from panel.web.week_picture import picture
from panel.web.words import today

schedule = Blueprint("schedule", __name__)
# The pages that say when somebody works: each tells what lies outside.
HOURS = ("work_hours", "days_off", "special_days", "outside")


@schedule.route("/services", methods=["GET", "POST"])
def services(employee_id: int | None = None) -> ResponseReturnValue:
    """Say which services an employee offers."""
    employee, form = _whose(employee_id), ServicesForm()
    form.show(employee.id)
    if form.sent(lambda: _set_services(employee, form)):
        return _saved("services", employee_id)
    return _page("services", employee, form=form)


@schedule.route("/work-hours", methods=["GET", "POST"])
def work_hours(employee_id: int | None = None) -> ResponseReturnValue:
    """Set the hours and breaks of each weekday."""
    employee = _whose(employee_id)
    offered = offers.of_employee(employee.id)
    form = WeekForm(schedules.week(employee.id, by=by()), offered)
    said = form.arrange()
    if said is None and form.sent(lambda: _set_week(employee, form)):
        return _saved("work_hours", employee_id)
    drawn = picture(form.periods(), offered)
    return _page("work_hours", employee, form=form, said=said or "", picture=drawn)


@schedule.get("/outside-hours")
def outside(employee_id: int | None = None) -> ResponseReturnValue:
    """List the appointments that lie outside the work hours."""
    return _page("outside", _whose(employee_id))


@schedule.route("/days-off", methods=["GET", "POST"])
def days_off(employee_id: int | None = None) -> ResponseReturnValue:
    """List days off, and add some."""
    employee, form = _whose(employee_id), DayOffForm()
    if form.sent(lambda: schedules.add_day_off(employee.id, form.off(), by=by())):
        return _saved("days_off", employee_id)
    days = [one for one in schedules.days_off(employee.id, by=by()) if is_to_come(one)]
    return _page("days_off", employee, form=form, days=days)


@schedule.post("/days-off/<int:day_off_id>/remove")
def remove_day_off(day_off_id: int, employee_id: int | None = None) -> ResponseReturnValue:
    """Take days off back."""
    schedules.remove_day_off(day_off_id, by=by())
    return _saved("days_off", employee_id)


@schedule.route("/special-days", methods=["GET", "POST"])
def special_days(employee_id: int | None = None) -> ResponseReturnValue:
    """List days with other work hours, and add some."""
    employee = _whose(employee_id)
    offered = offers.of_employee(employee.id)
    form = SpecialDayForm(offered)
    if form.sent(lambda: _add_special_days(employee, form)):
        return _saved("special_days", employee_id)
    rows = schedules.special_days(employee.id, by=by())
    days = together([one for one in rows if is_to_come(one)])
    names = {one.id: one.name for one in offered}
    return _page("special_days", employee, form=form, days=days, names=names)


@schedule.post("/special-days/<int:special_day_id>/remove")
def remove_special_day(special_day_id: int, employee_id: int | None = None) -> ResponseReturnValue:
    """Let a special day be as any other again."""
    schedules.remove_special_day(special_day_id, by=by())
    return _saved("special_days", employee_id)


def together(days: Sequence[Any]) -> list[tuple[Any, list[tuple[int, int]]]]:
    """Join the periods of special days that were given together: the first, and all hours."""
    found: dict[Any, tuple[Any, list[tuple[int, int]]]] = {}
    for one in days:
        given = (one.first, one.last, one.note)
        found.setdefault(given, (one, []))[1].append((one.starts, one.ends))
    return list(found.values())


def is_to_come(off: Any) -> bool:
    """Say whether a day off or special day is still of interest."""
    return getattr(off, "yearly", False) or off.last >= today()


def _whose(employee_id: int | None) -> Employee:
    wanted = me().employee_id if employee_id is None else employee_id
    if wanted is None:
        raise NotThere("You take no bookings yet, so you have no work hours.")
    return employees.one(wanted, by=by())


def _set_services(employee: Employee, form: ServicesForm) -> bool:
    employees.set_services(employee.id, form.services.data, by=by())
    return True


def _set_week(employee: Employee, form: WeekForm) -> bool:
    schedules.set_week(employee.id, form.periods(), by=by())
    return True


def _add_special_days(employee: Employee, form: SpecialDayForm) -> bool:
    note = form.note.data or ""
    schedules.add_special_days(employee.id, form.periods(), note=note, by=by())
    return True


def _saved(page: str, employee_id: int | None) -> ResponseReturnValue:
    flash("Saved.", "toast")
    return redirect(url_for(f".{page}", employee_id=employee_id))


def _page(tab: str, employee: Employee, **more: Any) -> ResponseReturnValue:
    mine = employee.id
    return render_template(
        f"schedule/{tab}.html",
        # A change that was refused has let go of what was loaded before.
        employee=employees.one(mine, by=by()) if request.method == "POST" else employee,
        may=tab in PERMISSIONS and by().may(tab, mine),
        outside=outside_hours(mine, by=by(), now=now()) if tab in HOURS else [],
        **more,
    )
