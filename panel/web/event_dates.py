"""The dates of an event: add, move and cancel them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import NotThere
from panel.services import event_dates, event_lists
from panel.services.events import Event
from panel.web.appointment_forms import anyway
from panel.web.event_forms import DateForm, when_of
from panel.web.events import events
from panel.web.session import by, now

DATE = "/<int:event_id>/dates/<int:occurrence_id>"


@events.route("/<int:event_id>/dates/new", methods=["GET", "POST"])
def add_date(event_id: int) -> ResponseReturnValue:
    """Add a date."""
    event = event_lists.one(event_id, by=by())
    form = DateForm(data={"revision": event.revision, "minutes": 60})
    if form.sent(lambda: _add(event_id, form)):
        flash("The date is added.", "toast")
        return redirect(url_for(".show", event_id=event_id))
    return render_template("events/date.html", form=form, event=event, title="Add a date")


@events.route(f"{DATE}/move", methods=["GET", "POST"])
def move_date(event_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Give a date another time."""
    event = event_lists.one(event_id, by=by())
    known = when_of(event, occurrence_id)
    if not known:
        raise NotThere("This event has no such date.")
    form = DateForm(data=known)
    if form.sent(lambda: _move(event_id, occurrence_id, form)):
        flash("The date is moved.", "toast")
        return redirect(url_for(".show", event_id=event_id))
    return render_template("events/date.html", form=form, event=event, title="Move a date")


@events.route(f"{DATE}/cancel", methods=["GET", "POST"])
def cancel_date(event_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Ask once more, then cancel one date."""
    event = event_lists.one(event_id, by=by())
    if request.method == "POST":
        event_dates.cancel_date(event_id, occurrence_id, by=by(), now=now())
        flash("The date is cancelled.", "toast")
        return redirect(url_for(".show", event_id=event_id))
    date = next((one for one in event.occurrences if one.id == occurrence_id), None)
    if date is None:
        raise NotThere("This event has no such date.")
    return render_template("events/cancel.html", event=event, date=date)


def _add(event_id: int, form: DateForm) -> Event:
    revision = form.revision.data
    return event_dates.add_date(
        event_id, form.as_date(), revision=revision, by=by(), now=now(), anyway=anyway()
    )


def _move(event_id: int, occurrence_id: int, form: DateForm) -> Event:
    return event_dates.move_date(
        event_id,
        occurrence_id,
        local_start=form.local_start,
        minutes=form.minutes.data,
        revision=form.revision.data,
        by=by(),
        now=now(),
        anyway=anyway(),
    )
