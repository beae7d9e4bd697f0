"""Appointments: one's own in the panel, everybody's in the back end."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.errors import NotThere
from panel.services import (
    appointment_edits,
    appointment_export,
    appointment_lists,
    appointment_page,
    mail_history,
    series,
)
from panel.services import appointments as services
from panel.web import appointment_lines as lines
from panel.web import day_times, sequences
from panel.web.appointment_forms import (
    AppointmentForm,
    GiveForm,
    ServiceForm,
    StaffNoteForm,
    WhenForm,
    anyway,
)
from panel.web.copies import placed
from panel.web.frame import in_back_end
from panel.web.happenings import Step, newest_first, steps
from panel.web.lists import page_number
from panel.web.mail_words import letters
from panel.web.outlook.asked import box, first_customer
from panel.web.outlook.decisions import decisions
from panel.web.session import by, me, now
from panel.web.spreadsheets import spreadsheet
from panel.web.words import day_time, plural, promised, today

appointments = Blueprint("appointments", __name__)


@appointments.get("/")
def index() -> ResponseReturnValue:
    """List them under the filters that stand in the address."""
    if not in_back_end() and me().employee_id is None:
        return render_template("errors/nobody.html")
    wanted = lines.wanted()
    page = appointment_lists.listed(by(), wanted, now=now(), page=page_number())
    return render_template(
        "appointments/index.html",
        page=page,
        rows=lines.rows(page.rows),
        questions=decisions(wanted.employee_id),
        **lines.choices(wanted),
    )


@appointments.get("/export")
def export() -> ResponseReturnValue:
    """Hand out the list under these filters as a table."""
    found = appointment_export.lines(by(), lines.wanted(), now=now())
    return spreadsheet(f"appointments-{today()}", appointment_export.HEADS, found)


@appointments.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Book somebody, once or in a series."""
    form = AppointmentForm.opened()
    if day_times.is_look(form):
        return _form(form)
    if form.repeat.data:
        if looks := form.sent(lambda: sequences.looks(form)):
            return _dates(form, looks)
    elif made := form.sent(lambda: _book(form)):
        flash(f"Booked for {day_time(made.starts)}.", "toast")
        return redirect(url_for(".show", appointment_id=made.id))
    return _form(form)


@appointments.post("/new/series")
def repeat() -> ResponseReturnValue:
    """Book the dates that were chosen, or look at all of them again."""
    form = AppointmentForm.opened()
    if made := form.sent(lambda: sequences.book(form)):
        flash(f"Booked {plural(len(made), 'appointment')}.", "toast")
        return redirect(url_for(".show", appointment_id=made[0].id))
    if looks := form.sent(lambda: sequences.looks(form)):
        return _dates(form, looks)
    return _form(form)


@appointments.get("/<int:appointment_id>")
def show(appointment_id: int) -> ResponseReturnValue:
    """Show one with what happened to it."""
    opened = appointment_page.opened(appointment_id, by=by(), now=now())
    appointment = opened.appointment
    return render_template(
        "appointments/show.html",
        **vars(opened),
        copied=placed(opened.mirror, opened.questions, opened.place, appointment.employee.name),
        boxes=[box(one, first_customer(appointment)) for one in opened.questions],
        steps=newest_first(steps(opened.journal), _mails(appointment)),
    )


@appointments.route("/<int:appointment_id>/move", methods=["GET", "POST"])
def move(appointment_id: int) -> ResponseReturnValue:
    """Give it another time."""
    appointment = appointment_lists.one(appointment_id, by=by())
    form = _to_move(appointment)
    if not day_times.is_look(form) and (moved := form.sent(lambda: _move(appointment, form))):
        flash(f"Moved to {day_time(moved.starts)}.", "toast")
        return redirect(url_for(".show", appointment_id=appointment_id))
    times = day_times.of_move(form, appointment)
    return render_template(
        "appointments/move.html", form=form, appointment=appointment, times=times
    )


@appointments.route("/<int:appointment_id>/edit", methods=["GET", "POST"])
def edit(appointment_id: int) -> ResponseReturnValue:
    """Change what it is about."""
    appointment = appointment_lists.one(appointment_id, by=by())
    form = lines.edit_form(appointment)
    if not day_times.is_look(form) and form.sent(lambda: _edit(appointment, form)):
        flash("Saved.", "toast")
        return redirect(url_for(".show", appointment_id=appointment_id))
    return render_template("appointments/edit.html", form=form, appointment=appointment)


@appointments.route("/<int:appointment_id>/give", methods=["GET", "POST"])
def give(appointment_id: int) -> ResponseReturnValue:
    """Give it to a colleague."""
    appointment = appointment_lists.one(appointment_id, by=by())
    form = GiveForm()
    form.offer(appointment.service_id, appointment.employee_id)
    if given := form.sent(lambda: _give(appointment_id, form)):
        flash(f"{given.employee.name} has it now.", "toast")
        return redirect(lines.after_giving(given))
    return render_template("appointments/give.html", form=form, appointment=appointment)


@appointments.route("/<int:appointment_id>/cancel", methods=["GET", "POST"])
def cancel(appointment_id: int) -> ResponseReturnValue:
    """Ask once more, then cancel it."""
    appointment = appointment_lists.one(appointment_id, by=by())
    if request.method == "POST":
        services.act(appointment_id, "cancel", by=by(), now=now())
        flash("The appointment is cancelled.", "toast")
        return redirect(url_for(".show", appointment_id=appointment_id))
    return render_template("appointments/cancel.html", appointment=appointment)


@appointments.route("/<int:appointment_id>/cancel-series", methods=["GET", "POST"])
def cancel_series(appointment_id: int) -> ResponseReturnValue:
    """Ask once more, then cancel this one and all later ones of its series."""
    opened = appointment_page.opened(appointment_id, by=by(), now=now())
    if request.method == "POST":
        count = series.cancel_from(appointment_id, by=by(), now=now())
        flash(f"{plural(count, 'appointment')} cancelled.", "toast")
        return redirect(url_for(".show", appointment_id=appointment_id))
    later = sequences.later(opened)
    return render_template(
        "appointments/cancel_series.html", appointment=opened.appointment, later=later
    )


@appointments.post("/<int:appointment_id>/mails/<int:mail_id>")
def send_again(appointment_id: int, mail_id: int) -> ResponseReturnValue:
    """Send a mail about it once more."""
    mail = mail_history.send_again(mail_id, by=by(), now=now())
    flash(f"A mail to {mail.to_name} waits to be sent.", "toast")
    return redirect(url_for(".show", appointment_id=appointment_id))


@appointments.post("/<int:appointment_id>/<action>")
def act(appointment_id: int, action: str) -> ResponseReturnValue:
    """Approve or reject it, or say whether the customer came."""
    if action not in lines.DONE:
        raise NotThere("This page cannot do that.")
    services.act(appointment_id, action, by=by(), now=now())
    flash(lines.DONE[action], "toast")
    return redirect(url_for(".show", appointment_id=appointment_id))


def _mails(appointment: services.Appointment) -> list[Step]:
    return letters(mail_history.about(appointment, by=by(), now=now()))


def _form(form: AppointmentForm) -> str:
    times = day_times.of_new(form)
    return render_template("appointments/new.html", form=form, times=times)


def _dates(form: AppointmentForm, looks: list[sequences.Choice]) -> str:
    return render_template("appointments/dates.html", form=form, looks=looks, kept=sequences.kept())


def _book(form: AppointmentForm) -> services.Appointment:
    wish = form.wish(form.customer_id(by=by(), now=now()))
    return services.book(**vars(wish), by=by(), now=now(), anyway=anyway())


def _to_move(appointment: services.Appointment) -> WhenForm:
    """Return its form; with a time from the address, also with what that would meet."""
    asked = lines.wall_asked()
    form = WhenForm(data=lines.wall_of(appointment) | asked)
    if asked and request.method == "GET":
        form.done(lambda: _try(appointment, form))
    return form


def _try(appointment: services.Appointment, form: WhenForm) -> None:
    start = promised(form.local_start, appointment.zone)
    services.try_move(appointment.id, local_start=start, by=by(), now=now())


def _move(appointment: services.Appointment, form: WhenForm) -> services.Appointment:
    start, revision = promised(form.local_start, appointment.zone), form.revision.data
    return services.move(
        appointment.id, local_start=start, revision=revision, by=by(), now=now(), anyway=anyway()
    )


def _edit(
    appointment: services.Appointment, form: ServiceForm | StaffNoteForm
) -> services.Appointment:
    return appointment_edits.edit(
        appointment.id,
        **lines.content_typed(form, appointment),
        staff_note=form.staff_note.data or "",
        revision=form.revision.data,
        by=by(),
        now=now(),
        anyway=anyway(),
    )


def _give(appointment_id: int, form: GiveForm) -> services.Appointment:
    return appointment_edits.reassign(
        appointment_id, employee_id=int(form.employee.data), by=by(), now=now(), anyway=anyway()
    )
