"""Change several things about an appointment at once: time, employee, state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from panel.db.base import writing
from panel.db.tables import Appointment, Employee
from panel.domain import states
from panel.domain.errors import NotBookable, NotThere, RuleBroken
from panel.domain.moments import promised_at
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services import journal, mailing, outbox
from panel.services.appointment_changes import set_state, set_time, write
from panel.services.appointment_rows import checked, held
from panel.services.choosing import Slot, free_then
from panel.services.managing import length_of
from panel.services.offering import employee_who_offers
from panel.services.outbox import Transaction
from panel.services.program_bookings import NOT_OFFERED


@dataclass(frozen=True)
class Change:
    """What is to be otherwise; None leaves it. `starts` is an instant (aware)."""

    starts: datetime | None = None
    employee_id: int | None = None
    status: str | None = None


def change(
    appointment_id: int,
    wanted: Change,
    *,
    by: Actor,
    now: datetime,
    revision: int | None = None,
    anyway: bool = False,
) -> Appointment:
    """Move, reassign and change the state in one transaction: all of it or nothing.

    Time and employee are checked together, and kept where they are so already. Whoever is not
    staff moves to a time that customers are offered, unless `anyway`. `revision` is the one
    that was read before. Raises RuleBroken, InTheWay, AlreadyChanged, NotThere.
    """
    also = [] if wanted.employee_id is None else [wanted.employee_id]
    with writing() as session:
        appointment = held(session, appointment_id, by=by, revision=revision, also=also)
        before, given_by, news = appointment.revision, appointment.employee_id, "changed"
        _rearrange(session, appointment, wanted, by=by, now=now, anyway=anyway)
        if wanted.status not in (None, appointment.status):
            action = _leading_to(appointment.status, wanted.status or "")
            set_state(session, appointment, action, side=journal.PANEL, who=by.name, now=now)
            news = states.KINDS[action]
        if appointment.revision != before:
            session.flush()
            outbox.changed(session, "appointment", appointment.id, now=now)
            mailing.tell(
                session, news, appointment, by=by, now=now,
                given_by=None if given_by == appointment.employee_id else given_by,
            )  # fmt: skip
    return appointment


def _rearrange(
    session: Transaction,
    appointment: Appointment,
    wanted: Change,
    *,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> None:
    """Give it another time, another employee or both, checked as one wish."""
    starts, before = wanted.starts or appointment.starts, appointment.employee.name
    moves = starts != appointment.starts
    goes = wanted.employee_id not in (None, appointment.employee_id)
    if not (moves or goes):
        return
    states.must_be_open(appointment.status)
    promised_at(starts, appointment.zone)
    if goes:
        _give(session, appointment, wanted.employee_id or 0)
    wish = Span(starts, starts + (appointment.ends - appointment.starts))
    note = checked(session, appointment, wish, by=by, now=now, anyway=anyway)
    said: Any = {"side": journal.PANEL, "who": by.name, "now": now}
    if goes:
        appointment.revision += 1
        after = appointment.employee.name
        write(session, appointment, "reassigned", before=before, after=after, note=note, **said)
    if moves and not (anyway or by.is_staff):
        _must_be_offered(session, appointment, starts, now=now)
    if moves:
        set_time(session, appointment, starts, note="" if goes else note, **said)


def _must_be_offered(
    session: Transaction, appointment: Appointment, starts: datetime, *, now: datetime
) -> None:
    """Refuse a time to which a customer could not move it, though nothing takes it.

    Raises NotBookable.
    """
    slot = Slot(
        appointment.service_id, starts, appointment.employee_id, appointment.persons,
        moving=appointment.id, lasts=length_of(appointment),
    )  # fmt: skip
    try:
        offered = free_then(session, slot, now=now)
    except NotThere as error:
        raise NotBookable(NOT_OFFERED) from error
    if not offered:
        raise NotBookable(NOT_OFFERED)


def _give(session: Transaction, appointment: Appointment, employee_id: int) -> None:
    """Give it to another employee, who must offer its service. Raises RuleBroken."""
    if session.get(Employee, employee_id) is None:
        raise RuleBroken("There is no such employee.", "employee")
    colleague = employee_who_offers(session, employee_id, appointment.service_id).employee
    appointment.employee, appointment.employee_id = colleague, colleague.id


def _leading_to(status: str, wanted: str) -> str:
    """Return the action between two states. Raises RuleBroken."""
    for action, steps in states.TRANSITIONS.items():
        if steps.get(status) == wanted:
            return action
    raise RuleBroken(
        f"This appointment is {states.STATES[status]}. It cannot become {states.STATES[wanted]}."
    )
