"""The dates of an event: add, move and cancel them."""

from __future__ import annotations

from datetime import datetime, timedelta

from panel.db.base import writing
from panel.db.tables import Event, Occurrence
from panel.domain.errors import NotThere
from panel.domain.moments import promise
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.words import whole
from panel.services import journal, outbox
from panel.services.event_rows import checked, held
from panel.services.events import (
    Date,
    add_in,
    cancel_occurrence_in,
    must_be_open,
    people_of,
    set_occurrence_time,
)


def add_date(
    event_id: int,
    date: Date,
    *,
    by: Actor,
    now: datetime,
    revision: int | None = None,
    anyway: bool = False,
) -> Event:
    """Add a date to an event. Raises as `create`, and AlreadyChanged."""
    with writing() as session:
        event = held(session, event_id, by=by, revision=revision)
        must_be_open(event.status)
        event.revision += 1
        add_in(session, event, date, by=by, now=now, anyway=anyway)
    return event


def move_date(
    event_id: int,
    occurrence_id: int,
    *,
    local_start: str,
    by: Actor,
    now: datetime,
    minutes: int | None = None,
    revision: int | None = None,
    anyway: bool = False,
) -> Event:
    """Move a date to another wall time in its zone; `minutes` None keeps its length."""
    with writing() as session:
        event = held(session, event_id, by=by, revision=revision)
        one = _date_of(event, occurrence_id)
        must_be_open(event.status)
        must_be_open(one.status)
        starts = promise(local_start, one.zone)
        length = _length(one, minutes)
        said = checked(
            session, people_of(event), Span(starts, starts + length), occurrence=one,
            by=by, now=now, anyway=anyway,
        )  # fmt: skip
        set_occurrence_time(
            session, one, starts, length=length,
            side=journal.PANEL, who=by.name, now=now, note=said,
        )  # fmt: skip
        session.flush()
        outbox.changed(session, "occurrence", one.id, now=now)
    return event


def cancel_date(
    event_id: int, occurrence_id: int, *, by: Actor, now: datetime, revision: int | None = None
) -> Event:
    """Cancel one date; the event goes on without it."""
    with writing() as session:
        event = held(session, event_id, by=by, revision=revision)
        one = _date_of(event, occurrence_id)
        must_be_open(event.status)
        must_be_open(one.status)
        cancel_occurrence_in(session, one, side=journal.PANEL, who=by.name, now=now)
        session.flush()
        outbox.changed(session, "occurrence", one.id, now=now)
    return event


def _date_of(event: Event, occurrence_id: int) -> Occurrence:
    for one in event.occurrences:
        if one.id == occurrence_id:
            return one
    raise NotThere("This event has no such date.")


def _length(one: Occurrence, minutes: int | None) -> timedelta:
    if minutes is None:
        return one.ends - one.starts
    return timedelta(minutes=whole(minutes, "minutes", least=5, most=1440, unit="minutes"))
