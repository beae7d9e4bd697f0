"""What the pages about appointments say and ask, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from flask import request, url_for

from panel.domain.moments import clock_face, local
from panel.domain.states import STATES
from panel.services import categories, employees, offers
from panel.services.appointment_lists import Filter, Line
from panel.services.appointments import Appointment
from panel.web import day_names
from panel.web.addresses import numbered
from panel.web.appointment_forms import ServiceForm, StaffNoteForm, id_of
from panel.web.frame import in_back_end
from panel.web.hours import hour_format, joined
from panel.web.lists import clock, day, number, searched
from panel.web.question_fields import filled, staff_asking
from panel.web.session import by, me, now
from panel.web.words import today, wall, zone

DONE = {
    "approve": "Approved.",
    "reject": "Rejected.",
    "no_show": "Marked as no-show.",
    "complete": "Completed.",
    "reopen": "Open again.",
}
WHEN = {"upcoming": "upcoming", "past": "past", "all": ""}
# Any of these in the address opens the filters for service, category and dates.
NARROWER = ("more", "service", "category", "from", "to")


class Row(NamedTuple):
    """One appointment in the words of a list; `name` is that of the link at its end."""

    href: str
    iso: str
    day: str
    begins: str
    time: str
    service: str
    tone: int
    who: str
    employee: str
    state: str
    name: str


def rows(lines: Iterable[Line]) -> list[Row]:
    """Put a list of appointments into the reader's words."""
    reader = _Reader(zone(), today(), hour_format(), _before_number())
    return [_row(one, reader) for one in lines]


class _Reader(NamedTuple):
    """What each line depends on: where and when it is read, and what its address begins with."""

    zone: str
    today: date
    hours: int
    before: str


def _row(one: Line, reader: _Reader) -> Row:
    starts, ends = local(one.starts, reader.zone), local(one.ends, reader.zone)
    on, begins = starts.date(), clock_face(starts.hour, starts.minute, reader.hours)
    return Row(
        href=f"{reader.before}{one.id}",
        iso=starts.isoformat(timespec="seconds"),
        day=day_names.near_day(on, reader.today),
        begins=begins,
        time=joined(begins, clock_face(ends.hour, ends.minute, reader.hours)),
        service=one.service,
        tone=one.tone,
        who=one.customers,
        employee=one.employee,
        state=one.status,
        name=f"Open {one.customers}, {day_names.day(on, reader.today)}, {begins}",
    )


def _before_number() -> str:
    """Return the address of an appointment's page on this side of the house, but its number."""
    side = "backend_" if in_back_end() else ""
    return numbered(f"{side}appointments.show", "appointment_id")


def wanted() -> Filter:
    """Read the filters out of the address; what means nothing narrows nothing."""
    status = request.args.get("status", "")
    first, last = map(day, ("from", "to"))
    # Whoever names dates means those, whether they are to come or past.
    usual = "" if first or last else "upcoming"
    return Filter(
        status=status if status in STATES else "",
        when=WHEN.get(request.args.get("when", ""), usual),
        employee_id=_whose(),
        service_id=number("service"),
        category_id=number("category"),
        first=first,
        last=last,
        on=day("on"),
        zone=zone(),
        search=searched(),
    )


def choices(chosen: Filter) -> dict[str, Any]:
    """Return what the filters above the list can be set to."""
    return {
        "wanted": chosen,
        "staff": employees.active(by()) if in_back_end() else [],
        "narrower": _narrower() if any(map(request.args.get, NARROWER)) else None,
    }


def _narrower() -> dict[str, Any]:
    """Return what is only asked for now and then, so that no other page pays for it."""
    return {"services": offers.all_active(), "categories": categories.listed()}


def wall_of(appointment: Appointment) -> dict[str, Any]:
    """Return when an appointment begins, as a form shows it."""
    start = wall(appointment.starts)
    return {"date": start.date(), "time": start.time(), "revision": appointment.revision}


def wall_asked() -> dict[str, Any]:
    """Return the date and time that the address asks for, both or nothing."""
    on, at = day("date"), clock("time")
    return {"date": on, "time": at} if on and at else {}


def edit_form(appointment: Appointment) -> ServiceForm | StaffNoteForm:
    """Return the form about what it is; the customers of a group are changed one by one."""
    kept = {"staff_note": appointment.note, "revision": appointment.revision}
    if appointment.places > 1 or not appointment.bookings:
        return StaffNoteForm(data=kept)
    booking = appointment.bookings[0]
    chosen = id_of(request.form.get("service")) or appointment.service_id
    kind = staff_asking(ServiceForm, chosen)
    about = {
        "service": str(appointment.service_id),
        "customer": booking.customer.name,
        "note": booking.note,
    }
    form = kind(data=kept | about | filled(kind.asked, booking.answers))
    form.offer(appointment.employee_id)
    return form


def content_typed(form: ServiceForm | StaffNoteForm, appointment: Appointment) -> dict[str, Any]:
    """Return what was typed into it about service and customer."""
    if not isinstance(form, ServiceForm):
        return {}
    typed: dict[str, Any] = {"service_id": int(form.service.data), "note": form.note.data or ""}
    if form.was_asked():
        typed["asked"], typed["answers"] = {one.label for one in form.asked}, form.answers()
    # Whoever has it keeps it, also if they have namesakes or are on the lists no more.
    if not form.still_says(appointment.bookings[0].customer.name):
        typed["customer_id"] = form.customer_id(by=by(), now=now())
    return typed


def after_giving(appointment: Appointment) -> str:
    """Return where to go on: a colleague's appointment is not one's own to see any more."""
    if by().sees(appointment.employee_id):
        return url_for(".show", appointment_id=appointment.id)
    return url_for(".index")


def _whose() -> int | None:
    """In the panel one's own; in the back end whoever is chosen, or everybody."""
    if in_back_end():
        return number("employee")
    return me().employee_id or 0
