"""What the pages about appointments say and ask, in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for

from panel.domain.states import STATES
from panel.services import employees
from panel.services.appointment_lists import Filter
from panel.services.appointments import Appointment
from panel.web.frame import in_back_end
from panel.web.lists import searched
from panel.web.session import by, me
from panel.web.words import wall, zone

DONE = {
    "approve": "Approved.",
    "reject": "Rejected.",
    "no_show": "Marked as no-show.",
    "complete": "Completed.",
    "reopen": "Open again.",
}
WHEN = {"": "upcoming", "past": "past", "all": ""}


def wanted() -> Filter:
    """Read the filters out of the address; what means nothing narrows nothing."""
    status = request.args.get("status", "")
    return Filter(
        status=status if status in STATES else "",
        when=WHEN.get(request.args.get("when", ""), "upcoming"),
        employee_id=_whose(),
        on=_date(request.args.get("on", "")),
        zone=zone(),
        search=searched(),
    )


def choices(chosen: Filter) -> dict[str, Any]:
    """Return what the filters above the list can be set to."""
    return {"wanted": chosen, "staff": employees.active(by()) if in_back_end() else []}


def wall_of(appointment: Appointment) -> dict[str, Any]:
    """Return when an appointment begins, as a form shows it."""
    start = wall(appointment.starts)
    return {"date": start.date(), "time": start.time(), "revision": appointment.revision}


def content_of(appointment: Appointment) -> dict[str, Any]:
    """Return what an appointment is about, as a form shows it."""
    booking = next(iter(appointment.bookings), None)
    return {
        "service": str(appointment.service_id),
        "customer": booking.customer.name if booking else "",
        "note": booking.note if booking else "",
        "revision": appointment.revision,
    }


def after_giving(appointment: Appointment) -> str:
    """Return where to go on: a colleague's appointment is not one's own to see any more."""
    if by().sees(appointment.employee_id):
        return url_for(".show", appointment_id=appointment.id)
    return url_for(".index")


def _whose() -> int | None:
    """In the panel one's own; in the back end whoever is chosen, or everybody."""
    if in_back_end():
        return request.args.get("employee", type=int)
    return me().employee_id or 0


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
