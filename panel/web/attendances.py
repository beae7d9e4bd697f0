"""Places at events: booked by staff, changed, cancelled, written out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from panel.domain.attendance import STATES
from panel.domain.errors import NotThere
from panel.services import attendance_lists as lists
from panel.services import attendances as services
from panel.services import event_lists, waiting_list
from panel.services.attendances import Attendance, Wish
from panel.services.events import Event
from panel.web.appointment_forms import anyway
from panel.web.attendance_forms import NewAttendanceForm, PlacesForm
from panel.web.attendees import HEADS, cells, chosen_date
from panel.web.event_dates import event_page
from panel.web.session import by, now
from panel.web.spreadsheets import spreadsheet

attendances = Blueprint("attendances", __name__)
DONE = {
    "no_show": "Marked as no-show.",
    "reopen": "Booked again.",
    "accept": "The place is booked.",
}


@attendances.route("/new", methods=["GET", "POST"])
def new(event_id: int) -> ResponseReturnValue:
    """Book places for a customer, or put them on the waiting list."""
    by().must_hold("events")
    event = event_lists.one(event_id, by=by())
    form, date = NewAttendanceForm(), chosen_date(event)
    if made := form.sent(lambda: _attend(event, form)):
        flash(f"{made.customer.name} is {STATES[made.status]}.", "toast")
        return redirect(back_to(made))
    return render_template("attendances/new.html", form=form, event=event, date=date)


@attendances.route("/<int:attendance_id>", methods=["GET", "POST"])
def edit(event_id: int, attendance_id: int) -> ResponseReturnValue:
    """Show what somebody has booked, and change how many places."""
    row = lists.one(event_id, attendance_id, by=by())
    event = event_lists.one(event_id, by=by())
    form = PlacesForm(data={"places": row.places})
    if form.sent(lambda: _change(row, form)):
        flash("Saved.", "toast")
        return redirect(back_to(row))
    may, back = lists.may_change(event, by()), back_to(row)
    return render_template(
        "attendances/edit.html", form=form, event=event, row=row, may=may, back=back
    )


@attendances.route("/<int:attendance_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int, attendance_id: int) -> ResponseReturnValue:
    """Ask once more, then give the places back."""
    row = lists.one(event_id, attendance_id, by=by())
    if request.method == "POST":
        services.cancel(attendance_id, by=by(), now=now())
        flash("The places are free again.", "toast")
        return redirect(back_to(row))
    event = event_lists.one(event_id, by=by())
    return render_template("attendances/cancel.html", event=event, row=row, back=back_to(row))


@attendances.post("/<int:attendance_id>/<action>")
def act(event_id: int, attendance_id: int, action: str) -> ResponseReturnValue:
    """Say whether somebody came, or take up an offer for them."""
    if action not in DONE:
        raise NotThere("This page cannot do that.")
    row = lists.one(event_id, attendance_id, by=by())
    if action == "accept":
        waiting_list.accept_offer(row.reference, by=by(), now=now())
    else:
        services.set_no_show(row.id, action == "no_show", by=by(), now=now())
    flash(DONE[action], "toast")
    return redirect(back_to(row))


@attendances.get("/export")
def export(event_id: int) -> ResponseReturnValue:
    """Hand out the attendees of the chosen date as CSV."""
    event = event_lists.one(event_id, by=by())
    date = chosen_date(event)
    found = lists.attending(event, date.id if date else None, by=by())
    return spreadsheet("attendees", HEADS, map(cells, found.rows))


def back_to(row: Attendance) -> str:
    """Return the event's page at the date of this attendance."""
    date = f"?date={row.occurrence_id}" if row.occurrence_id else ""
    return f"{event_page(row.event_id)}{date}#attendees"


def _attend(event: Event, form: NewAttendanceForm) -> Attendance:
    date = chosen_date(event)
    wish = Wish(
        event.id, date.id if date else None, form.customer_id(by=by(), now=now()),
        form.places.data, form.note.data or "", form_key=form.key.data or None,
    )  # fmt: skip
    return services.attend(wish, by=by(), now=now(), anyway=anyway())


def _change(row: Attendance, form: PlacesForm) -> Attendance:
    return services.set_places(row.id, form.places.data, by=by(), now=now(), anyway=anyway())
