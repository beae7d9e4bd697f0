"""Find events, and hold one with its people for a change. All need the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from panel.db.tables import Event, Occurrence, event_staff
from panel.domain.conflicts import CLASHES
from panel.domain.errors import AlreadyChanged, NotThere
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services.availability import accept, all_conflicts
from panel.services.holding import hold
from panel.services.outbox import Transaction

WHOLE = (
    joinedload(Event.organizer),
    selectinload(Event.staff),
    selectinload(Event.occurrences),
)
# Events may lie outside work hours and breaks: only what takes time stands in their way.
STOPS = (*CLASHES, "busy", "day_off", "past")
MISSING = "There is no such event."
MOVED_ON = "Somebody changed this event while you had it open. Look again, then decide."


def people(session: Transaction, event_id: int) -> tuple[int | None, set[int]]:
    """Return an event's organizer (None where there is no such event) and its staff."""
    organizer = session.scalar(select(Event.organizer_id).where(Event.id == event_id))
    staff = session.scalars(
        select(event_staff.c.employee_id).where(event_staff.c.event_id == event_id)
    )
    return organizer, set(staff)


def visible(by: Actor, organizer: int | None, staff: Iterable[int]) -> bool:
    """Say whether they may see it: in the back end, or as organizer or staff."""
    return by.in_back_end or any(by.is_employee(one) for one in (organizer, *staff))


def held(
    session: Transaction,
    event_id: int,
    *,
    by: Actor,
    revision: int | None,
    also: Iterable[int] = (),
) -> Event:
    """Return an event that this actor may change, its people held until the end.

    `also` holds further employees. Raises NotThere, NotAllowed, AlreadyChanged.
    """
    organizer, staff = people(session, event_id)
    if organizer is None or not visible(by, organizer, staff):
        raise NotThere(MISSING)
    by.must("events", organizer)
    hold(session, {organizer, *staff, *also})
    session.scalar(select(Event.id).where(Event.id == event_id).with_for_update())
    event = session.get_one(Event, event_id, options=WHOLE, populate_existing=True)
    if revision not in (None, event.revision):
        raise AlreadyChanged(MOVED_ON)
    return event


def checked(
    session: Transaction,
    employee_ids: Iterable[int],
    wish: Span,
    *,
    occurrence: Occurrence | None,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> str:
    """Let a date pass for all these people, or raise InTheWay; return what was overridden."""
    ignoring = ("occurrence", occurrence.id) if occurrence and occurrence.id else None
    found = [
        one
        for employee_id in sorted(set(employee_ids))
        for one in all_conflicts(session, employee_id, wish, ignoring=ignoring, now=now)
        if one.kind in STOPS
    ]
    return accept(found, by=by, anyway=anyway)
