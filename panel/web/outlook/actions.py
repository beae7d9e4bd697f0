"""The buttons of the Outlook card: one's own in the panel, an employee's in the back end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from panel.domain.errors import AlreadyChanged, RuleBroken
from panel.services import (
    calendar_choices,
    comparing,
    confirming,
    connecting,
    connection_health,
    connections,
    employees,
)
from panel.web.forms import say
from panel.web.outlook.callback import say_connected
from panel.web.outlook.card import NOTE, card_of
from panel.web.outlook.leaving import leaving, say_goodbye
from panel.web.outlook.microsoft import outside, redirect_address, session_key
from panel.web.outlook.moves import said_moved
from panel.web.outlook.place import here
from panel.web.outlook.saved import saved
from panel.web.session import by, now

outlook_actions = Blueprint("outlook_actions", __name__)


@outlook_actions.get("/card")
def card(employee_id: int | None = None) -> ResponseReturnValue:
    """The card alone, as it refreshes itself."""
    place = here(employee_id)
    employee = employees.one(place.employee_id, by=by())
    report = connection_health.of_one(employee.id, now=now())
    return render_template("outlook/actions/card.html", outlook=card_of(employee, place, report))


@outlook_actions.post("/connect")
def connect(employee_id: int | None = None) -> ResponseReturnValue:
    """Begin a sign-in and lead to Microsoft."""
    place, redirect_uri = here(employee_id), redirect_address()
    try:
        address = connecting.begin(
            place.employee_id, by=by(), session_key=session_key(), page=place.name,
            redirect_uri=redirect_uri, outside=outside(),
            backfill=request.form.get("backfill") == "month",
        )  # fmt: skip
    except RuleBroken as refused:
        flash(("Not connected.", str(refused)), "act")
        return redirect(place.address, 303)
    return redirect(address, 303)


@outlook_actions.post("/confirm")
def confirm(employee_id: int | None = None) -> ResponseReturnValue:
    """Link the account that waited for a yes."""
    place = here(employee_id)
    try:
        waits = request.form.get("sign_in", 0, type=int)
        address = confirming.confirm(waits, by=by(), outside=outside())
        say_connected(address, place.employee_id)
    except RuleBroken as refused:
        flash(("Not connected.", str(refused)), "act")
    return redirect(place.address, 303)


@outlook_actions.post("/decline")
def decline(employee_id: int | None = None) -> ResponseReturnValue:
    """Forget the account that waited."""
    waits = request.form.get("sign_in", 0, type=int)
    confirming.decline(waits, by=by(), outside=outside())
    flash(("Nothing has changed.", "That account was not linked."), "work")
    return redirect(here(employee_id).address, 303)


@outlook_actions.route("/disconnect", methods=["GET", "POST"])
@outlook_actions.route("/disconnect/<int:connection_id>", methods=["GET", "POST"])
def disconnect(
    employee_id: int | None = None, connection_id: int | None = None
) -> ResponseReturnValue:
    """Ask once, then disconnect one account."""
    place = here(employee_id)
    employee = employees.one(place.employee_id, by=by())
    asked = leaving(employee, connection_id)
    if request.method == "POST":
        say_goodbye(asked, left=asked.leave(remove=request.form.get("entries") == "remove"))
        return redirect(place.address, 303)
    return render_template("outlook/actions/disconnect.html", asked=asked, place=place)


@outlook_actions.post("/rest/<int:connection_id>")
def see_to_the_rest(connection_id: int, employee_id: int | None = None) -> ResponseReturnValue:
    """Say no more of what could not be removed."""
    place = here(employee_id)
    connections.see_to_the_rest(connection_id, place.employee_id, by=by())
    return redirect(place.address, 303)


@outlook_actions.post("/sync")
def sync(employee_id: int | None = None) -> ResponseReturnValue:
    """Have the calendar read at once."""
    place = here(employee_id)
    try:
        connections.sync_now(place.employee_id, by=by(), now=now())
    except RuleBroken as refused:
        session[NOTE] = str(refused)
    return redirect(place.address, 303)


@outlook_actions.post("/calendars")
def calendars(employee_id: int | None = None) -> ResponseReturnValue:
    """Choose which calendar is written and which block."""
    place = here(employee_id)
    write = request.form.get("write_calendar", type=int)
    blocking = request.form.getlist("blocking_calendars", type=int)
    try:
        moved = calendar_choices.choose_calendars(
            place.employee_id, write_id=write, blocking=blocking, by=by(), now=now()
        )
        flash(said_moved(moved), "toast")
    except RuleBroken as refused:
        say(refused)
    return redirect(place.address, 303)


@outlook_actions.post("/resync")
def resync(employee_id: int | None = None) -> ResponseReturnValue:
    """Have everything compared, to show what writing it again would do."""
    place = here(employee_id)
    comparing.ask_for(place.employee_id, by=by(), now=now())
    return redirect(place.address, 303)


@outlook_actions.post("/write-again")
def write_again(employee_id: int | None = None) -> ResponseReturnValue:
    """Write what the comparison found."""
    place = here(employee_id)
    try:
        flash(saved(comparing.carry_out(place.employee_id, by=by(), now=now())), "toast")
    except AlreadyChanged as over:
        flash(("Nothing was written.", str(over)), "work")
    return redirect(place.address, 303)


@outlook_actions.post("/drop-comparison")
def drop_comparison(employee_id: int | None = None) -> ResponseReturnValue:
    """Leave everything as it is."""
    place = here(employee_id)
    comparing.drop(place.employee_id, by=by())
    return redirect(place.address, 303)


@outlook_actions.post("/put-back")
def put_back(employee_id: int | None = None) -> ResponseReturnValue:
    """After a reconnect: let the panel's values count."""
    place = here(employee_id)
    connections.put_back_held(place.employee_id, by=by(), now=now())
    return redirect(place.address, 303)


@outlook_actions.post("/retry")
def retry(employee_id: int | None = None) -> ResponseReturnValue:
    """Try everything again that could not be written."""
    place = here(employee_id)
    connections.retry_parked(place.employee_id, by=by(), now=now())
    return redirect(place.address, 303)
