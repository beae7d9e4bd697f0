"""The customers of a group appointment, one by one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import NotThere
from panel.services import appointment_lists
from panel.services import bookings as services
from panel.services.appointments import Appointment, Booking
from panel.web.appointment_forms import anyway
from panel.web.booking_forms import BookingForm, PersonsForm
from panel.web.frame import in_back_end
from panel.web.question_fields import filled, staff_asking
from panel.web.session import by, now

bookings = Blueprint("bookings", __name__)
DONE = {
    "approve": "{} is approved.",
    "reject": "{} is rejected.",
    "no_show": "{} is marked as no-show.",
    "complete": "{} came.",
    "reopen": "{} is open again.",
}


@bookings.route("/new", methods=["GET", "POST"])
def new(appointment_id: int) -> ResponseReturnValue:
    """Add a customer."""
    appointment = appointment_lists.one(appointment_id, by=by())
    kind = staff_asking(BookingForm, appointment.service_id)
    form = kind(data={"revision": appointment.revision, "persons": 1})
    if made := form.sent(lambda: _add(appointment_id, form)):
        flash(f"{made.customer.name} is added.", "toast")
        return redirect(_page(appointment_id))
    return render_template("bookings/new.html", form=form, appointment=appointment)


@bookings.route("/<int:booking_id>", methods=["GET", "POST"])
def edit(appointment_id: int, booking_id: int) -> ResponseReturnValue:
    """Say how many come with one customer, and what they answered."""
    appointment, booking = _found(appointment_id, booking_id)
    kind = staff_asking(PersonsForm, appointment.service_id)
    form = kind(data={"persons": booking.persons} | filled(kind.asked, booking.answers))
    if form.sent(lambda: _edit(booking_id, form)):
        flash("Saved.", "toast")
        return redirect(_page(appointment_id))
    return render_template(
        "bookings/edit.html", form=form, appointment=appointment, booking=booking
    )


@bookings.route("/<int:booking_id>/cancel", methods=["GET", "POST"])
def cancel(appointment_id: int, booking_id: int) -> ResponseReturnValue:
    """Ask once more, then cancel one booking."""
    appointment, booking = _found(appointment_id, booking_id)
    if request.method == "POST":
        services.cancel_booking(booking_id, by=by(), now=now())
        flash(f"The booking of {booking.customer.name} is cancelled.", "toast")
        return redirect(_page(appointment_id))
    return render_template("bookings/cancel.html", appointment=appointment, booking=booking)


@bookings.post("/<int:booking_id>/<action>")
def act(appointment_id: int, booking_id: int, action: str) -> ResponseReturnValue:
    """Approve or reject one customer, or say whether they came."""
    if action not in DONE:
        raise NotThere("This page cannot do that.")
    _, booking = _found(appointment_id, booking_id)
    services.act(booking_id, action, by=by(), now=now())
    flash(DONE[action].format(booking.customer.name), "toast")
    return redirect(_page(appointment_id))


def _found(appointment_id: int, booking_id: int) -> tuple[Appointment, Booking]:
    appointment = appointment_lists.one(appointment_id, by=by())
    for booking in appointment.bookings:
        if booking.id == booking_id:
            return appointment, booking
    raise NotThere("There is no such booking.")


def _page(appointment_id: int) -> str:
    """Return the appointment's page, in the panel or in the back end as this one is."""
    place = "backend_" if in_back_end() else ""
    return url_for(f"{place}appointments.show", appointment_id=appointment_id)


def _add(appointment_id: int, form: BookingForm) -> Booking:
    return services.add(
        appointment_id,
        customer_id=form.customer_id(by=by(), now=now()),
        persons=form.persons.data,
        note=form.note.data or "",
        answers=form.answers(),
        revision=form.revision.data,
        by=by(),
        now=now(),
        anyway=anyway(),
    )


def _edit(booking_id: int, form: PersonsForm) -> Booking:
    return services.edit(
        booking_id,
        form.persons.data,
        asked={one.label for one in form.asked},
        answers=form.answers(),
        by=by(),
        now=now(),
        anyway=anyway(),
    )
