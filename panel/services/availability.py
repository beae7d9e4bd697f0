"""Whether an employee can take a time, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from panel.db.tables import Appointment, Employee, Service
from panel.domain.conflicts import CLASHES, Conflict, Load, Taken, Voice, conflicts
from panel.domain.errors import InTheWay, NotThere
from panel.domain.moments import day_span, local
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.states import TAKING
from panel.services.company import hour_format
from panel.services.outbox import Transaction
from panel.services.plans import plans
from panel.services.taken import Subject, ignored, taken


def conflict(
    session: Transaction,
    employee_id: int,
    starts: datetime,
    ends: datetime,
    *,
    buffers: tuple[int, int] = (0, 0),
    ignoring: Subject | None = None,
    busy: bool = True,
    service_id: int | None = None,
    now: datetime,
) -> Conflict | None:
    """Return the gravest thing in the way of a time, or None where it is free.

    Ask within the transaction that holds the employee: only there does the answer stay true.
    `buffers` are minutes before and after; `ignoring` is the subject being moved, as
    ("appointment", id) or ("occurrence", id); `busy=False` leaves out what Outlook says.
    An appointment names its `service_id`: work hours may be limited to some services, and a
    day to so many appointments.
    """
    found = all_conflicts(
        session, employee_id, Span(starts, ends), buffers,
        ignoring=ignoring, busy=busy, service_id=service_id, now=now,
    )  # fmt: skip
    return found[0] if found else None


def all_conflicts(
    session: Transaction,
    employee_id: int,
    wish: Span,
    buffers: tuple[int, int] = (0, 0),
    *,
    ignoring: Subject | None = None,
    busy: bool = True,
    service_id: int | None = None,
    besides: Sequence[Taken] = (),
    now: datetime,
) -> list[Conflict]:
    """Return all that stands in the way of a time, the gravest first (see `conflict`).

    `besides` are appointments that are not theirs yet and are about to be.
    """
    employee = session.get(Employee, employee_id)
    if employee is None:
        raise NotThere("There is no such employee.")
    around = wish.widened(*buffers)
    others = [*taken(session, employee_id, around, ignoring=ignoring, busy=busy), *besides]
    whole = plans(session, [employee_id])[employee_id]
    plan = whole if service_id is None else whole.only(service_id)
    named = "" if plan is whole else session.get_one(Service, service_id).name
    voice = Voice(employee_id, employee.name, employee.zone, named, hour_format(session))
    load = None if service_id is None else _load(session, employee, wish, ignoring, besides)
    return conflicts(voice, plan, others, wish, around, now, load)


def _load(
    session: Transaction,
    employee: Employee,
    wish: Span,
    ignoring: Subject | None,
    besides: Sequence[Taken],
) -> Load | None:
    """Count the appointments on the day of the wish, in the employee's zone."""
    if employee.most_a_day is None:
        return None
    first, end = day_span(local(wish.starts, employee.zone).date(), employee.zone)
    count = select(func.count(Appointment.id)).where(
        Appointment.employee_id == employee.id,
        Appointment.starts >= first,
        Appointment.starts < end,
        Appointment.status.in_(TAKING),
        Appointment.id != ignored(ignoring, "appointment"),
    )
    coming = sum(first <= one.span.starts < end for one in besides)
    return Load(employee.most_a_day, (session.scalar(count) or 0) + coming)


def accept(found: list[Conflict], *, by: Actor, anyway: bool) -> str:
    """Let a time pass that is free or wanted knowingly; return what was overridden, in words.

    Raises InTheWay with the gravest conflict where there is one and `anyway` is not set.
    """
    if found and not anyway:
        said = found[0].told(by.employee_id)
        raise InTheWay(f"{said} {_advice(found[0].kind)}", found[0].kind)
    return " ".join(one.told(None) for one in found)


def _advice(kind: str) -> str:
    if kind == "full":
        return "Choose fewer places or another time; booking anyway takes more than there are."
    if kind == "appointment":
        return "Choose another time; booking anyway puts two appointments side by side."
    if kind in CLASHES:
        return "Choose another time; booking anyway takes the same time twice."
    return "Choose another time, or book anyway."
