"""One appointment with all that its page shows, and what can be done there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from panel.db.base import db
from panel.db.tables import Appointment, Mirror
from panel.domain import states
from panel.domain.people import Actor
from panel.domain.questions import Asked
from panel.services import copies, journal, mail_history, questions, series
from panel.services.appointment_lists import one


@dataclass(frozen=True)
class Opened:
    """One appointment with all that its page shows; `may` names what the reader can do.

    `deeds` says the same of each booking, by its id; `series` are the appointments that were
    booked in a sequence with this one.
    """

    appointment: Appointment
    journal: list[journal.Entry]
    questions: list[Asked]
    mirror: Mirror | None
    place: copies.Place
    mails: list[mail_history.Line]
    series: list[series.Member]
    may: frozenset[str]
    deeds: dict[int, frozenset[str]]


def opened(appointment_id: int, *, by: Actor, now: datetime) -> Opened:
    """Return one appointment as its page shows it. Raises NotThere."""
    appointment = one(appointment_id, by=by)
    mirror = db.session.scalar(_mirror(appointment))
    return Opened(
        appointment,
        journal.about("appointment", appointment.id),
        questions.about("appointment", appointment.id),
        mirror,
        copies.place_of(mirror, appointment.employee_id),
        mail_history.about(appointment, by=by, now=now),
        series.members(appointment.series, by=by),
        may(appointment, by=by, now=now),
        _deeds(appointment, by, now),
    )


def may(appointment: Appointment, *, by: Actor, now: datetime) -> frozenset[str]:
    """Name what this person can do with it now: the actions, and move, edit, reassign."""
    if not by.may("appointments", appointment.employee_id):
        return frozenset()
    actions = states.possible(appointment.status, begun=appointment.starts <= now)
    changes = {"move", "reassign"} if appointment.status in states.OPEN else set()
    return actions | changes | {"edit"}


def _deeds(appointment: Appointment, by: Actor, now: datetime) -> dict[int, frozenset[str]]:
    """Name what this person can do with each booking now: the actions, and edit."""
    if not by.may("appointments", appointment.employee_id):
        return {one.id: frozenset() for one in appointment.bookings}
    begun = appointment.starts <= now
    return {
        one.id: states.possible(one.status, begun=begun)
        | ({"edit"} if one.status in states.OPEN else set())
        for one in appointment.bookings
    }


def _mirror(appointment: Appointment) -> Select[Mirror]:
    return select(Mirror).where(
        Mirror.subject == "appointment",
        Mirror.subject_id == appointment.id,
        Mirror.employee_id == appointment.employee_id,
    )
