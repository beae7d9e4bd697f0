"""Employees: the list, somebody new, and the details of one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import RuleBroken
from panel.services import connection_health, employees, logins
from panel.services.employees import Employee
from panel.web.backend.employee_forms import EditEmployeeForm, NewEmployeeForm
from panel.web.backend.roles import MAY
from panel.web.lists import page_number, searched
from panel.web.outlook.summary import in_need, unconnected
from panel.web.session import by, now

backend_employees = Blueprint("backend_employees", __name__, url_prefix="/admin/employees")
ACTIVE = {"": None, "bookable": True, "paused": False}


@backend_employees.get("/")
def index() -> ResponseReturnValue:
    """List who works here."""
    by().must_be_in_back_end()
    chosen, reports = request.args.get("show", ""), connection_health.of_everybody(now=now())
    shown = {"unconnected": unconnected(reports), "action": in_need(reports)}
    page = employees.listed(
        by(), search=searched(), active=ACTIVE.get(chosen), among=shown.get(chosen),
        page=page_number(),
    )  # fmt: skip
    ids = [one.id for one in page.rows]
    return render_template(
        "backend/employees/index.html",
        page=page, chosen=chosen, reports=reports, counts=_counts(shown),
        services=employees.service_counts(ids),
        coming=employees.next_appointments(ids, now=now()),
    )  # fmt: skip


@backend_employees.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add somebody."""
    form = NewEmployeeForm()
    if made := form.sent(lambda: _create(form)):
        flash((f"{made.name} works here now.", "Choose services and work hours next."), "ok")
        return redirect(url_for("backend_schedule.services", employee_id=made.id))
    return render_template("backend/employees/new.html", form=form)


@backend_employees.route("/<int:employee_id>", methods=["GET", "POST"])
def edit(employee_id: int) -> ResponseReturnValue:
    """Show and change somebody's details."""
    employee = employees.one(employee_id, by=by())
    form = EditEmployeeForm(employee)
    if form.sent(lambda: _save(form, employee)):
        flash("Saved.", "toast")
        return redirect(url_for(".edit", employee_id=employee_id))
    return render_template("backend/employees/edit.html", form=form, employee=employee, roles=MAY)


def _counts(shown: dict[str, list[int]]) -> dict[str, int]:
    """How many stand under each filter."""
    totals = {key: employees.listed(by(), active=which).total for key, which in ACTIVE.items()}
    return totals | {key: len(ids) for key, ids in shown.items()}


def _create(form: NewEmployeeForm) -> Employee:
    if bool(form.email.data) != bool(form.password.data):
        missing = "password" if form.email.data else "email"
        raise RuleBroken("A login needs both an address and a password.", missing)
    made = employees.create(form.details(), by=by(), now=now())
    if form.email.data:
        _give_login(form, made)
    return made


def _give_login(form: NewEmployeeForm | EditEmployeeForm, employee: Employee) -> None:
    email, password = form.email.data, form.password.data or ""
    logins.create_for(employee.id, email=email, password=password, by=by(), now=now())


def _save(form: EditEmployeeForm, employee: Employee) -> bool:
    here = by()
    if employee.user is not None:
        _save_login(form, employee.user.id, employee.user.email)
    elif form.email.data:
        _give_login(form, employee)
    employees.edit(employee.id, form.details(), by=here)
    if form.active is not None and form.active.data != employee.active:
        employees.set_active(employee.id, form.active.data, by=here)
    if form.permissions is not None:
        employees.set_permissions(employee.id, form.permissions.data, by=here)
    return True


def _save_login(form: EditEmployeeForm, user_id: int, email: str) -> None:
    if form.email.data and form.email.data.lower() != email:
        logins.set_email(user_id, form.email.data, by=by())
    if form.password.data:
        logins.set_password(user_id, form.password.data, by=by())
    if form.lets_in is not None:
        logins.set_active(user_id, form.lets_in.data, by=by())
    if form.role is not None:
        logins.set_role(user_id, form.role.data, by=by())
