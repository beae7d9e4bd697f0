"""The first steps of a new owner, on the first page of the back end."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from panel.services import checklist as services
from panel.services.checklist import Evidence
from panel.web.addresses import address
from panel.web.frame import standing_here
from panel.web.session import by
from panel.web.words import plural

backend_checklist = Blueprint("backend_checklist", __name__, url_prefix="/admin/checklist")


@dataclass(frozen=True)
class Step:
    """One step: its title, what to do or what is there, and a way to it.

    What `can_wait` may be skipped. `myself` offers the owner to take bookings in person.
    """

    title: str
    sentence: str
    verb: str
    href: str
    done: bool
    can_wait: bool = False
    myself: bool = False


def checklist(*, mails_leave: bool) -> list[Step]:
    """Return the steps; nothing once all are done, or put away, or for anybody but the owner."""
    if not by().is_owner:
        return []
    seen = services.evidence(by())
    steps = [] if seen.hidden else [*_people(seen), *_outside(seen, mails_leave), _booking(seen)]
    return [] if all(one.done for one in steps) else steps


@backend_checklist.post("/put-away")
def put_away() -> ResponseReturnValue:
    """Do without the list."""
    services.put_away(True, by=by())
    flash(("The first steps are put away.", url_for(".bring_back")), "toast")
    return redirect(url_for("backend_overview.show"))


@backend_checklist.post("/bring-back")
def bring_back() -> ResponseReturnValue:
    """Show the list again."""
    services.put_away(False, by=by())
    return redirect(url_for("backend_overview.show"))


def _people(seen: Evidence) -> list[Step]:
    """The business, who works there, when, and what they offer."""
    here = standing_here()
    named = f"{here.business}, in {here.zone}."
    settings = address("backend_settings.show")
    return [
        Step("Your business", named if seen.named else "Say what it is called and where it is.",
             "Open Settings", settings, seen.named),
        Step("Who takes bookings",
             f"{plural(seen.employees, 'employee')}." if seen.employees
             else "Add who works here. You may be one of them, or the only one.",
             "New employee", address("backend_employees.new"), bool(seen.employees),
             myself=by().employee_id is None),
        _hours(seen),
        _service(seen),
    ]  # fmt: skip


def _hours(seen: Evidence) -> Step:
    if seen.working:
        words = f"{plural(seen.working, 'employee')} with work hours."
        return Step("When they work", words, "Employees", address("backend_employees.index"), True)
    words = "Say on which days, and from when to when. Outside of that nobody can book."
    href = address("backend_employees.index")
    if seen.idle_id is not None:
        href = address("backend_schedule.work_hours", employee_id=seen.idle_id)
    return Step("When they work", words, "Set work hours", href, False)


def _service(seen: Evidence) -> Step:
    if seen.offered:
        words = f"{plural(seen.offered, 'service')} can be booked."
        return Step("What is booked", words, "Services", address("backend_services.index"), True)
    if seen.unoffered_id is not None:
        href = address("backend_services.edit", service_id=seen.unoffered_id)
        words = "Nobody offers it yet. Choose who does."
        return Step("What is booked", words, "Choose who offers it", href, False)
    words = "Name a service, how long it takes, and who offers it."
    return Step("What is booked", words, "New service", address("backend_services.new"), False)


def _outside(seen: Evidence, mails_leave: bool) -> list[Step]:
    """What joins Panel with the world. Each may wait."""
    outlook = Step(
        "Outlook",
        "Set up. Employees find Connect in My Profile." if seen.outlook
        else "Register Panel with Microsoft, once. Then everybody connects with one button.",
        "Set up Outlook", address("backend_outlook_setup.show"), seen.outlook, can_wait=True,
    )  # fmt: skip
    mail = Step(
        "Mails",
        "A mail server is named." if mails_leave
        else "Name a mail server. Until then confirmations and reminders wait.",
        "Set up mails", address("backend_notifications.show"), mails_leave, can_wait=True,
    )  # fmt: skip
    return [outlook, mail]


def _booking(seen: Evidence) -> Step:
    words = "Book yourself once, to see that everything is as it should be."
    href = address("backend_appointments.new")
    return Step("The first booking", words, "New appointment", href, seen.booked)
