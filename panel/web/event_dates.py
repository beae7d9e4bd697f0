"""The dates of an event: add, move and cancel them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import RuleBroken
from panel.services import event_dates as services
from panel.services import event_lists, event_repeats
from panel.services.event_repeats import Foreseen
from panel.services.events import Event, Occurrence
from panel.web.appointment_forms import anyway
from panel.web.event_forms import DateForm, date_of, when_of
from panel.web.forms import say
from panel.web.frame import in_back_end
from panel.web.repeat_forms import RepeatForm, chosen, repeat_form
from panel.web.session import by, now
from panel.web.words import plural, promised

event_dates = Blueprint("event_dates", __name__)


@event_dates.route("/new", methods=["GET", "POST"])
def new(event_id: int) -> ResponseReturnValue:
    """Add a date."""
    event = event_lists.one(event_id, by=by())
    form = DateForm(data={"revision": event.revision, "minutes": 60})
    if form.sent(lambda: _add(event_id, form)):
        flash("The date is added.", "toast")
        return redirect(event_page(event_id))
    return render_template("event_dates/edit.html", form=form, event=event, title="Add a date")


@event_dates.route("/repeat", methods=["GET", "POST"])
def repeat(event_id: int) -> ResponseReturnValue:
    """Say what many dates would bring, and add those that are ticked."""
    event = event_lists.one(event_id, by=by())
    by().must("events", event.organizer_id)
    form = repeat_form(event)
    if request.method == "POST" and _added(event_id):
        return redirect(event_page(event_id))
    asked = "step" in request.args and form.validate()
    found = (asked and form.done(lambda: _foreseen(event_id, form))) or []
    return render_template("event_dates/repeat.html", form=form, event=event, found=found)


@event_dates.route("/<int:occurrence_id>/move", methods=["GET", "POST"])
def move(event_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Give a date another time."""
    event = event_lists.one(event_id, by=by())
    date = date_of(event, occurrence_id)
    form = DateForm(data=when_of(event, date))
    if form.sent(lambda: _move(date, form)):
        flash("The date is moved.", "toast")
        return redirect(event_page(event_id))
    return render_template("event_dates/edit.html", form=form, event=event, title="Move a date")


@event_dates.route("/<int:occurrence_id>/cancel", methods=["GET", "POST"])
def cancel(event_id: int, occurrence_id: int) -> ResponseReturnValue:
    """Ask once more, then cancel one date."""
    event = event_lists.one(event_id, by=by())
    if request.method == "POST":
        services.cancel_date(event_id, occurrence_id, by=by(), now=now())
        flash("The date is cancelled.", "toast")
        return redirect(event_page(event_id))
    date = date_of(event, occurrence_id)
    return render_template("event_dates/cancel.html", event=event, date=date)


def event_page(event_id: int) -> str:
    """Return the event's page, in the panel or in the back end as this one is."""
    return url_for(f"{'backend_' if in_back_end() else ''}events.show", event_id=event_id)


def _add(event_id: int, form: DateForm) -> Event:
    revision = form.revision.data
    return services.add_date(
        event_id, form.as_date(), revision=revision, by=by(), now=now(), anyway=anyway()
    )


def _foreseen(event_id: int, form: RepeatForm) -> list[Foreseen]:
    return event_repeats.foreseen(event_id, form.dates(), by=by(), now=now())


def _added(event_id: int) -> bool:
    """Add the dates that were ticked; what is refused is said above the same page."""
    dates, anyway = chosen()
    try:
        event_repeats.add_dates(event_id, dates, anyway=anyway, by=by(), now=now())
    except RuleBroken as refused:
        say(refused)
        return False
    flash(f"{plural(len(dates), 'date')} added.", "toast")
    return True


def _move(date: Occurrence, form: DateForm) -> Event:
    return services.move_date(
        date.event_id,
        date.id,
        local_start=promised(form.local_start, date.zone),
        minutes=form.minutes.data,
        revision=form.revision.data,
        by=by(),
        now=now(),
        anyway=anyway(),
    )
