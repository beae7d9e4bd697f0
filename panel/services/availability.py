"""Whether an employee can take a time, and what stands in the way."""

from __future__ import annotations

from datetime import datetime

from panel.db.tables import Employee
from panel.domain.conflicts import CLASHES, Conflict, Voice, conflicts
from panel.domain.errors import InTheWay, NotThere
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services.outbox import Transaction
from panel.services.plans import plans
from panel.services.taken import Subject, taken


def conflict(
    session: Transaction,
    employee_id: int,
    starts: datetime,
    ends: datetime,
    *,
    buffers: tuple[int, int] = (0, 0),
    ignoring: Subject | None = None,
    busy: bool = True,
    now: datetime,
) -> Conflict | None:
    """Return the gravest thing in the way of a time, or None where it is free.

    Ask within the transaction that holds the employee: only there does the answer stay true.
    `buffers` are minutes before and after; `ignoring` is the subject being moved, as
    ("appointment", id) or ("occurrence", id); `busy=False` leaves out what Outlook says.
    """
    found = all_conflicts(
        session, employee_id, Span(starts, ends), buffers, ignoring=ignoring, busy=busy, now=now
    )
    return found[0] if found else None


def all_conflicts(
    session: Transaction,
    employee_id: int,
    wish: Span,
    buffers: tuple[int, int] = (0, 0),
    *,
    ignoring: Subject | None = None,
    busy: bool = True,
    now: datetime,
) -> list[Conflict]:
    """Return all that stands in the way of a time, the gravest first (see `conflict`)."""
    employee = session.get(Employee, employee_id)
    if employee is None:
        raise NotThere("There is no such employee.")
    around = wish.widened(*buffers)
    others = taken(session, employee_id, around, ignoring=ignoring, busy=busy)
    voice = Voice(employee_id, employee.name, employee.zone)
    plan = plans(session, [employee_id])[employee_id]
    return conflicts(voice, plan, others, wish, around, now)


def accept(found: list[Conflict], *, by: Actor, anyway: bool) -> str:
    """Let a time pass that is free or wanted knowingly; return what was overridden, in words.

    Raises InTheWay with the gravest conflict where there is one and `anyway` is not set.
    """
    if found and not anyway:
        said = found[0].told(by.employee_id)
        raise InTheWay(f"{said} {_advice(found[0].kind)}", found[0].kind)
    return " ".join(one.told(None) for one in found)


def _advice(kind: str) -> str:
    if kind == "appointment":
        return "Choose another time; booking anyway puts two appointments side by side."
    if kind in CLASHES:
        return "Choose another time; booking anyway takes the same time twice."
    return "Choose another time, or book anyway."
