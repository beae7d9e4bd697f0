"""When somebody stops taking bookings: what becomes of their upcoming appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import reading, writing
from panel.db.tables import Appointment, Employee, Service, employee_services
from panel.domain.conflicts import Taken
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.states import OPEN
from panel.services import journal, logins, mailing, outbox
from panel.services.appointment_changes import cancel_in
from panel.services.appointment_edits import give_in
from panel.services.appointment_rows import WHOLE
from panel.services.availability import all_conflicts
from panel.services.holding import hold
from panel.services.outbox import Transaction

KEEP, GIVE, CANCEL = "keep", "give", "cancel"


@dataclass(frozen=True)
class Handover:
    """One upcoming appointment and the colleague who can take it; `why` says why nobody can."""

    appointment: Appointment
    colleague: Employee | None
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of the upcoming appointments, in numbers."""

    given: int = 0
    cancelled: int = 0
    kept: int = 0


def preview(employee_id: int, *, by: Actor, now: datetime) -> list[Handover]:
    """Say who would take each upcoming appointment, the next one first.

    Raises NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    session = reading()
    if session.get(Employee, employee_id) is None:
        raise NotThere("There is no such employee.")
    return _spread(session, _upcoming(session, employee_id, now), employee_id, now)


def stop(
    employee_id: int,
    *,
    upcoming: str,
    rest: str = KEEP,
    login_off: bool = False,
    by: Actor,
    now: datetime,
) -> Outcome:
    """Let an employee take no bookings any more; all or nothing. What was stays as it was.

    `upcoming` says what becomes of upcoming appointments: keep, give to colleagues, or
    cancel; `rest`, keep or cancel, is for those that nobody can take. `login_off` lets them
    sign in no more. Raises RuleBroken, NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    if upcoming not in (KEEP, GIVE, CANCEL) or rest not in (KEEP, CANCEL):
        raise RuleBroken("Choose what becomes of the upcoming appointments.", "upcoming")
    with writing() as session:
        _hold_all(session, employee_id)
        employee = session.get(Employee, employee_id)
        if employee is None:
            raise NotThere("There is no such employee.")
        employee.active = False
        session.flush()
        found = _upcoming(session, employee_id, now)
        outcome = Outcome(kept=len(found))
        if upcoming == GIVE:
            outcome = _give(session, found, employee_id, rest, by, now)
        elif upcoming == CANCEL:
            outcome = Outcome(cancelled=_cancel(session, found, by, now))
        if login_off and employee.user_id is not None:
            logins.set_active_in(session, employee.user_id, False, by)
    return outcome


def _give(
    session: Transaction,
    found: Sequence[Appointment],
    employee_id: int,
    rest: str,
    by: Actor,
    now: datetime,
) -> Outcome:
    handovers = _spread(session, found, employee_id, now)
    for one in handovers:
        if one.colleague:
            give_in(session, one.appointment, one.colleague.id, by=by, now=now)
    left = [one.appointment for one in handovers if one.colleague is None]
    given = len(handovers) - len(left)
    if rest == CANCEL:
        return Outcome(given, _cancel(session, left, by, now))
    return Outcome(given, kept=len(left))


def _cancel(session: Transaction, found: Sequence[Appointment], by: Actor, now: datetime) -> int:
    for one in found:
        cancel_in(session, one, side=journal.PANEL, who=by.name, now=now)
        session.flush()
        outbox.changed(session, "appointment", one.id, now=now)
        mailing.tell(session, "cancelled", one, by=by, now=now)
    return len(found)


def _hold_all(session: Transaction, employee_id: int) -> None:
    """Nobody's time may be taken while it is given out: at once, in the order of their ids."""
    others = select(Employee.id).where(Employee.active)
    hold(session, {employee_id, *session.scalars(others)})


def _upcoming(session: Transaction, employee_id: int, now: datetime) -> list[Appointment]:
    query = (
        select(Appointment)
        .where(
            Appointment.employee_id == employee_id,
            Appointment.starts > now,
            Appointment.status.in_(OPEN),
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return list(session.scalars(query.options(*WHOLE)))


def _spread(
    session: Transaction, found: Sequence[Appointment], employee_id: int, now: datetime
) -> list[Handover]:
    """Find somebody for each: whoever offers it, is free, and was given the fewest so far."""
    offering = _offering(session, {one.service_id for one in found}, employee_id)
    given: dict[int, list[Taken]] = defaultdict(list)
    handovers = []
    for one in found:
        whys: list[str] = []
        for colleague in sorted(offering[one.service_id], key=lambda who: len(given[who.id])):
            why = _in_the_way(session, one, colleague.id, given[colleague.id], now)
            if not why:
                given[colleague.id].append(_taken(one))
                handovers.append(Handover(one, colleague))
                break
            whys.append(why)
        else:
            handovers.append(Handover(one, None, _nobody(one, whys)))
    return handovers


def _in_the_way(
    session: Transaction,
    one: Appointment,
    colleague_id: int,
    given: Sequence[Taken],
    now: datetime,
) -> str:
    found = all_conflicts(
        session, colleague_id, Span(one.starts, one.ends), (one.buffer_before, one.buffer_after),
        service_id=one.service_id, besides=given, now=now,
    )  # fmt: skip
    return found[0].told(None) if found else ""


def _taken(one: Appointment) -> Taken:
    span = Span(one.starts, one.ends)
    who = ", ".join(booking.customer.name for booking in one.bookings)
    return Taken("appointment", span, span.widened(one.buffer_before, one.buffer_after), who)


def _nobody(one: Appointment, whys: Sequence[str]) -> str:
    if not whys:
        return f"Nobody else offers {one.service.name}."
    return " ".join(whys) if len(whys) <= 2 else f"None of {len(whys)} colleagues is free then."


def _offering(
    session: Transaction, service_ids: Collection[int], but: int
) -> dict[int, list[Employee]]:
    column = employee_services.c
    rows = session.execute(
        select(column.service_id, Employee)
        .join(Employee, Employee.id == column.employee_id)
        .join(Service, Service.id == column.service_id)
        .where(column.service_id.in_(service_ids), Service.active)
        .where(Employee.active, Employee.id != but)
        .order_by(Employee.name, Employee.id)
    )
    offering: dict[int, list[Employee]] = defaultdict(list)
    for service_id, colleague in rows:
        offering[service_id].append(colleague)
    return offering
