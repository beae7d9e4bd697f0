"""Events: create and edit them, add, move and cancel their dates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from panel.db.base import writing
from panel.db.tables import Attendance, Event, Occurrence
from panel.domain.attendance import counted
from panel.domain.errors import RuleBroken
from panel.domain.moments import TZDATA, iso_span, local_text, promise
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.words import whole
from panel.services import event_reminders, journal, mailing, outbox
from panel.services.attendance_rows import cancel_with, settle_all
from panel.services.event_details import Details, fill
from panel.services.event_rows import checked, held
from panel.services.holding import hold
from panel.services.outbox import Transaction


@dataclass(frozen=True)
class Date:
    """One date: wall time YYYY-MM-DDTHH:MM in a zone, and how many minutes it lasts."""

    local_start: str
    minutes: int
    zone: str


def create(
    plan: Details, dates: Collection[Date], *, by: Actor, now: datetime, anyway: bool = False
) -> Event:
    """Add an event with at least one date.

    `anyway` takes its people's time over what stands in the way, knowingly. Raises
    RuleBroken, InTheWay, NotAllowed, NotThere.
    """
    with writing() as session:
        return create_in(session, plan, dates, by=by, now=now, anyway=anyway)


def create_in(
    session: Transaction,
    plan: Details,
    dates: Collection[Date],
    *,
    by: Actor,
    now: datetime,
    anyway: bool = False,
) -> Event:
    """Add an event within the caller's transaction, as `create` does."""
    by.must("events", plan.organizer_id)
    if not dates:
        raise RuleBroken("Give the event at least one date.", "dates")
    hold(session, {plan.organizer_id, *plan.staff})
    event = Event(created_at=now, created_by=by.name, status="open", revision=1)
    fill(session, event, plan)
    session.add(event)
    session.flush()
    for date in dates:
        add_in(session, event, date, by=by, now=now, anyway=anyway)
    return event


def edit(
    event_id: int,
    plan: Details,
    *,
    by: Actor,
    now: datetime,
    revision: int | None = None,
    anyway: bool = False,
) -> Event:
    """Change what an event is and who gives it. New people must be free at its coming dates.

    Raises as `create`, and AlreadyChanged.
    """
    by.must("events", plan.organizer_id)
    with writing() as session:
        new = {plan.organizer_id, *plan.staff}
        event = held(session, event_id, by=by, revision=revision, also=new)
        must_be_open(event.status)
        new -= people_of(event)
        said = [
            checked(session, new, Span(one.starts, one.ends), occurrence=one,
                    by=by, now=now, anyway=anyway)
            for one in coming(event, now)
        ]  # fmt: skip
        fill(session, event, plan)
        event.revision += 1
        session.flush()
        note_event(session, event, "edited", by=by, now=now, note=" ".join(filter(None, said)))
        settle_all(session, event, now=now)
        for one in event.occurrences:
            outbox.changed(session, "occurrence", one.id, now=now)
    return event


def cancel(event_id: int, *, by: Actor, now: datetime, revision: int | None = None) -> Event:
    """Cancel an event with all its dates to come and who attends them.

    What has ended stays as it was, so that it is still known who was there.
    """
    with writing() as session:
        event = held(session, event_id, by=by, revision=revision)
        must_be_open(event.status)
        event.status = "cancelled"
        event.revision += 1
        ended = any(one.status == "open" and one.ends <= now for one in event.occurrences)
        gone = [] if ended else cancel_with(session, event, None)
        note_event(session, event, "cancelled", by=by, now=now, note=_gone(gone))
        for attendance in gone:
            mailing.tell_attendance(session, "cancelled", attendance, now=now)
        for one in coming(event, now):
            cancel_occurrence_in(session, one, side=journal.PANEL, who=by.name, now=now)
            session.flush()
            outbox.changed(session, "occurrence", one.id, now=now)
    return event


def set_occurrence_time(
    session: Transaction,
    occurrence: Occurrence,
    starts: datetime,
    *,
    length: timedelta | None = None,
    side: str,
    who: str,
    now: datetime,
    note: str = "",
    tell: bool = True,
) -> None:
    """Move a date within the caller's transaction; the caller tells the outbox.

    `length` None keeps it as long. `tell` False leaves telling who comes to the caller. The
    promise becomes the wall time of `starts` in its zone.
    """
    before = iso_span(occurrence.starts, occurrence.ends)
    occurrence.ends = starts + (length or occurrence.ends - occurrence.starts)
    occurrence.starts = starts
    occurrence.local_start = local_text(starts, occurrence.zone)
    occurrence.tzdata = TZDATA
    after = iso_span(occurrence.starts, occurrence.ends)
    _touched(
        session, occurrence, "moved",
        side=side, who=who, now=now, before=before, after=after, note=note,
    )  # fmt: skip
    if tell:
        mailing.tell_attendees(session, occurrence, now=now)


def cancel_occurrence_in(
    session: Transaction,
    occurrence: Occurrence,
    *,
    side: str,
    who: str,
    now: datetime,
    note: str = "",
) -> None:
    """Cancel a date and who attends it, within the caller's transaction; the caller tells
    the outbox. With its last date goes whoever attends an event with all its dates."""
    occurrence.status, occurrence.unwanted_at = "cancelled", now
    session.flush()
    event = session.get_one(Event, occurrence.event_id)
    gone = cancel_with(session, event, occurrence)
    if event.whole and not _has_dates(session, event):
        gone += cancel_with(session, event, None)
    said = " ".join(filter(None, (note, _gone(gone))))
    _touched(session, occurrence, "cancelled", side=side, who=who, now=now, note=said)
    for one in gone:
        mailing.tell_attendance(session, "cancelled", one, now=now)
    mailing.tell_attendees(session, occurrence, now=now)


def _has_dates(session: Transaction, event: Event) -> bool:
    dates = select(Occurrence.id).where(
        Occurrence.event_id == event.id, Occurrence.status == "open"
    )
    return session.scalar(dates.limit(1)) is not None


def _gone(rows: list[Attendance]) -> str:
    """Say in the journal whose places went with it."""
    if not rows:
        return ""
    who = "1 customer" if len(rows) == 1 else f"{len(rows)} customers"
    return f"{who} with {counted(sum(one.places for one in rows))} cancelled with it."


def _touched(session: Transaction, occurrence: Occurrence, kind: str, **said: Any) -> None:
    """Raise the revisions of a date and its event, and write what happened."""
    event = session.get_one(Event, occurrence.event_id)
    occurrence.revision += 1
    event.revision += 1
    journal.note(
        session, subject="occurrence", subject_id=occurrence.id,
        employee_id=event.organizer_id, kind=kind, **said,
    )  # fmt: skip


def note_event(
    session: Transaction, event: Event, kind: str, *, by: Actor, now: datetime, note: str = ""
) -> None:
    """Write what happened to an event as a whole, within the caller's transaction."""
    journal.note(
        session, subject="event", subject_id=event.id, employee_id=event.organizer_id,
        side=journal.PANEL, kind=kind, who=by.name, note=note, now=now,
    )  # fmt: skip


def must_be_open(status: str) -> None:
    """Refuse to change what is cancelled. Raises RuleBroken."""
    if status != "open":
        raise RuleBroken("This is cancelled, so it cannot be changed.")


def coming(event: Event, now: datetime) -> list[Occurrence]:
    """Return the open dates that have not ended."""
    return [one for one in event.occurrences if one.status == "open" and one.ends > now]


def add_in(
    session: Transaction, event: Event, date: Date, *, by: Actor, now: datetime, anyway: bool
) -> Occurrence:
    """Add a date within the caller's transaction, which holds the event's people."""
    one = planned(event, date)
    said = checked(
        session, people_of(event), Span(one.starts, one.ends), occurrence=None,
        by=by, now=now, anyway=anyway,
    )  # fmt: skip
    put_in(session, event, one, said, by=by, now=now)
    return one


def planned(event: Event, date: Date) -> Occurrence:
    """Return a date as a row that is not in the database yet. Raises RuleBroken."""
    starts = promise(date.local_start, date.zone)
    minutes = whole(date.minutes, "minutes", least=5, most=1440, unit="minutes")
    return Occurrence(
        event_id=event.id, local_start=date.local_start, zone=date.zone, tzdata=TZDATA,
        starts=starts, ends=starts + timedelta(minutes=minutes), status="open", revision=1,
    )  # fmt: skip


def put_in(
    session: Transaction, event: Event, one: Occurrence, said: str, *, by: Actor, now: datetime
) -> None:
    """Put a planned date in, within the caller's transaction; `said` is what it went over."""
    session.add(one)
    session.flush()
    journal.note(
        session, subject="occurrence", subject_id=one.id, employee_id=event.organizer_id,
        side=journal.PANEL, kind="booked", who=by.name, after=iso_span(one.starts, one.ends),
        note=said, now=now,
    )  # fmt: skip
    outbox.changed(session, "occurrence", one.id, now=now)
    event_reminders.settle_event(session, event.id, now=now)


def people_of(event: Event) -> set[int]:
    """Return the ids of the organizer and the staff."""
    return {event.organizer_id, *(one.id for one in event.staff)}
