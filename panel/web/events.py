"""Events: one's own in the panel, everybody's in the back end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.services import attendance_lists, event_lists, questions
from panel.services import events as services
from panel.web.appointment_forms import anyway
from panel.web.attendees import attendees_of
from panel.web.copies import Copied, copied
from panel.web.event_forms import EventForm, NewEventForm, content_of
from panel.web.frame import in_back_end
from panel.web.happenings import steps
from panel.web.lists import page_number, searched
from panel.web.outlook.asked import box
from panel.web.session import by, me, now

events = Blueprint("events", __name__)
WHEN = {"": "upcoming", "past": "past", "cancelled": "cancelled", "all": ""}


@events.get("/")
def index() -> ResponseReturnValue:
    """List them under the filter that stands in the address."""
    if not in_back_end() and me().employee_id is None:
        return render_template("errors/nobody.html")
    chosen = request.args.get("when", "")
    page = event_lists.listed(
        by(),
        now=now(),
        when=WHEN.get(chosen, "upcoming"),
        search=searched(),
        employee_id=None if in_back_end() else me().employee_id,
        page=page_number(),
    )
    return render_template(
        "events/index.html", page=page, chosen=chosen, now=now(), **_around(page.rows)
    )


@events.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Add an event with its first date."""
    by().must_hold("events")
    form = NewEventForm()
    if made := form.sent(lambda: _create(form)):
        flash(f"{made.name} is in the calendar.", "toast")
        return redirect(_after_making(made))
    return render_template("events/new.html", form=form)


@events.get("/<int:event_id>")
def show(event_id: int) -> ResponseReturnValue:
    """Show one with its dates and what happened to it."""
    opened = event_lists.opened(event_id, by=by())
    dates = [one.id for one in opened.event.occurrences]
    boxes = [box(one) for one in questions.about("occurrence", *dates)]
    return render_template(
        "events/show.html", **vars(opened), marks=_marks(opened), boxes=boxes,
        steps=steps(opened.journal), now=now(), **attendees_of(opened.event),
    )  # fmt: skip


@events.route("/<int:event_id>/edit", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    """Change what it is and who gives it."""
    event = event_lists.one(event_id, by=by())
    form = EventForm(data=content_of(event))
    if form.sent(lambda: _edit(form, event)):
        flash("Saved.", "toast")
        return redirect(url_for(".show", event_id=event_id))
    return render_template("events/edit.html", form=form, event=event)


@events.route("/<int:event_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int) -> ResponseReturnValue:
    """Ask once more, then cancel it with all its dates to come."""
    event = event_lists.one(event_id, by=by())
    if request.method == "POST":
        services.cancel(event_id, by=by(), now=now())
        flash("The event is cancelled.", "toast")
        return redirect(url_for(".show", event_id=event_id))
    return render_template("events/cancel.html", event=event)


def _around(rows: list[event_lists.Line]) -> dict[str, object]:
    """Return what a list tells of its events: who helps, their dates, and how full they are."""
    ids = [one.id for one in rows]
    return {
        "staff": event_lists.staff_of(ids),
        "dates": event_lists.dates_of(ids),
        "full": attendance_lists.tallies(ids, now=now()),
    }


def _marks(opened: event_lists.Opened) -> dict[tuple[int, int], list[Copied]]:
    """How each date stands in the Outlook of each person, by (date, employee)."""
    return {
        (one.subject_id, one.employee_id): copied(
            one, [asked for asked in opened.questions if asked.mirror_id == one.id]
        )
        for one in opened.mirrors
    }


def _after_making(event: services.Event) -> str:
    """Return where to go on: to its page, or to more dates if that is what was pressed."""
    if "repeat" in request.form:
        dates = f"{'backend_' if in_back_end() else ''}event_dates"
        return url_for(f"{dates}.repeat", event_id=event.id)
    return url_for(".show", event_id=event.id)


def _create(form: NewEventForm) -> services.Event:
    return services.create(form.details(), [form.as_date()], by=by(), now=now(), anyway=anyway())


def _edit(form: EventForm, event: services.Event) -> services.Event:
    return services.edit(
        event.id,
        form.details(event.organizer_id),
        revision=form.revision.data,
        by=by(),
        now=now(),
        anyway=anyway(),
    )
