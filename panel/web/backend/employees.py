"""Employees: the list, somebody new, and the details of one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.services import (
    connection_health,
    employee_lists,
    employees,
    invitations,
    logins,
    pictures,
)
from panel.services.employees import Employee, User
from panel.web.backend.employee_forms import EditEmployeeForm, NewEmployeeForm
from panel.web.backend.roles import MAY
from panel.web.handed import hand, handed
from panel.web.lists import page_number, searched
from panel.web.outlook.summary import in_need, unconnected
from panel.web.post import goes_out
from panel.web.session import by, now

backend_employees = Blueprint("backend_employees", __name__, url_prefix="/admin/employees")
ACTIVE = {"": None, "bookable": True, "paused": False}


@backend_employees.get("/")
def index() -> ResponseReturnValue:
    """List who works here."""
    by().must_be_in_back_end()
    chosen, works = request.args.get("show", ""), employee_lists.activity()
    reports = connection_health.of_many(works, now=now())
    shown = {"unconnected": unconnected(reports), "action": in_need(reports)}
    page = employee_lists.listed(
        by(), search=searched(), active=ACTIVE.get(chosen), among=shown.get(chosen),
        page=page_number(), now=now(),
    )  # fmt: skip
    counts = {"": len(works), "bookable": sum(works.values())}
    counts |= {key: len(ids) for key, ids in shown.items()}
    return render_template(
        "backend/employees/index.html", page=page, chosen=chosen, reports=reports, counts=counts
    )


@backend_employees.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add somebody."""
    form = NewEmployeeForm()
    if made := form.sent(lambda: _create(form)):
        flash((f"{made.name} works here now.", "Choose services and work hours next."), "ok")
        # What becomes of their link is shown first.
        next_page = ".edit" if form.email.data else "backend_schedule.services"
        return redirect(url_for(next_page, employee_id=made.id))
    return render_template("backend/employees/new.html", form=form, roles=MAY, by_mail=goes_out())


@backend_employees.route("/<int:employee_id>", methods=["GET", "POST"])
def edit(employee_id: int) -> ResponseReturnValue:
    """Show and change somebody's details."""
    employee = employees.one(employee_id, by=by())
    form = EditEmployeeForm(employee)
    if form.sent(lambda: _save(form, employee)):
        flash("Saved.", "toast")
        return redirect(url_for(".edit", employee_id=employee_id))
    if form.is_submitted():
        # What was loaded before went with the change that was refused.
        employee = employees.one(employee_id, by=by())
    return _page(form, employee)


@backend_employees.post("/<int:employee_id>/new-link")
def new_link(employee_id: int) -> ResponseReturnValue:
    """Make a link by which somebody chooses a new password."""
    login = employees.one(employee_id, by=by()).user
    if login is not None:
        key = invitations.invite_again(login.id, by=by(), now=now(), by_mail=goes_out())
        hand(employee_id, key, login.email)
    return redirect(url_for(".edit", employee_id=employee_id))


@backend_employees.post("/<int:employee_id>/take-bookings")
def take_bookings(employee_id: int) -> ResponseReturnValue:
    """Let somebody take bookings again."""
    employee = employees.set_active(employee_id, True, by=by())
    words = "" if employee.user is None or employee.user.active else "Their login is still off."
    flash((f"{employee.name} takes bookings again.", words), "ok")
    return redirect(url_for(".edit", employee_id=employee_id))


def _page(form: EditEmployeeForm, employee: Employee) -> ResponseReturnValue:
    login = employee.user
    access = invitations.access(login, now=now()) if login and by().in_back_end else None
    return render_template(
        "backend/employees/edit.html",
        form=form, employee=employee, access=access, link=handed(employee.id),
        roles=MAY, by_mail=goes_out(), photo=pictures.digest_of(employee.photo_id),
    )  # fmt: skip


def _create(form: NewEmployeeForm) -> Employee:
    here, at = by(), now()
    if not form.email.data:
        return employees.create(form.details(), by=here, now=at)
    made, key = invitations.hire(
        form.details(), email=form.email.data, role=form.invited_as, by=here, now=at,
        by_mail=goes_out(),
    )  # fmt: skip
    hand(made.id, key, form.email.data)
    return made


def _save(form: EditEmployeeForm, employee: Employee) -> bool:
    here = by()
    employees.edit(employee.id, form.details(), by=here)
    if form.permissions is not None:
        employees.set_permissions(employee.id, form.permissions.data, by=here)
    if employee.user is not None:
        _save_login(form, employee.user)
    elif form.email.data:
        email, role = form.email.data, form.invited_as
        key = invitations.invite(
            employee.id, email=email, role=role, by=here, now=now(), by_mail=goes_out()
        )
        hand(employee.id, key, email)
    return True


def _save_login(form: EditEmployeeForm, login: User) -> None:
    if form.email.data and form.email.data.lower() != login.email:
        logins.set_email(login.id, form.email.data, by=by())
    if form.lets_in is not None and form.lets_in.data != login.active:
        logins.set_active(login.id, form.lets_in.data, by=by())
    if form.role is not None:
        logins.set_role(login.id, form.role.data, by=by())
