"""Read events: lists with filters, and one with all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from panel.db.base import db, reading
from panel.db.tables import Event, JournalEntry, Mirror, Occurrence, Question, event_staff
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.services import journal
from panel.services.event_rows import MISSING, WHOLE, people, visible
from panel.services.paging import Page, paged


@dataclass(frozen=True)
class Opened:
    """One event with all that its page shows; `may_change` says whether the reader can."""

    event: Event
    journal: list[journal.Entry]
    questions: list[Question]
    mirrors: list[Mirror]
    may_change: bool


def listed(
    by: Actor,
    *,
    now: datetime,
    when: str = "upcoming",
    search: str = "",
    employee_id: int | None = None,
    page: int = 1,
) -> Page[Event]:
    """Return one page of events with organizer, staff and dates, the next date first.

    `when` is upcoming (not cancelled, a date to come), past, cancelled, or "" for all.
    """
    wanted = employee_id if by.in_back_end else by.employee_id
    query = select(Event)
    if wanted is not None or not by.in_back_end:
        query = query.where(or_(Event.organizer_id == wanted, _helps(wanted)))
    for word in search.split()[:8]:
        columns = (Event.name, Event.description, Event.place)
        query = query.where(or_(*(one.icontains(word, autoescape=True) for one in columns)))
    query = _at(query, when, now).order_by(_next(now, when), Event.id)
    return paged(query.options(*WHOLE), page)


def opened(event_id: int, *, by: Actor) -> Opened:
    """Return one event as its page shows it. Raises NotThere."""
    event = one(event_id, by=by)
    dates = [one.id for one in event.occurrences]
    about = (Question.subject == "occurrence", Question.subject_id.in_(dates))
    mirrored = (Mirror.subject == "occurrence", Mirror.subject_id.in_(dates))
    questions = select(Question).where(*about, Question.closed_at.is_(None))
    return Opened(
        event,
        _journal(event.id, dates),
        list(db.session.scalars(questions)),
        list(db.session.scalars(select(Mirror).where(*mirrored))),
        by.may("events", event.organizer_id),
    )


def one(event_id: int, *, by: Actor) -> Event:
    """Return one event with organizer, staff and dates. Raises NotThere."""
    organizer, staff = people(reading(), event_id)
    if organizer is None or not visible(by, organizer, staff):
        raise NotThere(MISSING)
    event = db.session.get(Event, event_id, options=WHOLE, populate_existing=True)
    if event is None:
        raise NotThere(MISSING)
    return event


def _helps(employee_id: int | None) -> ColumnElement[bool]:
    return (
        select(event_staff.c.event_id)
        .where(event_staff.c.event_id == Event.id, event_staff.c.employee_id == employee_id)
        .exists()
    )


def _at(query: Select[Event], when: str, now: datetime) -> Select[Event]:
    to_come = (
        select(Occurrence.id)
        .where(Occurrence.event_id == Event.id, Occurrence.status == "open", Occurrence.ends > now)
        .exists()
    )
    if when == "cancelled":
        return query.where(Event.status == "cancelled")
    if when == "upcoming":
        return query.where(Event.status == "open", to_come)
    if when == "past":
        return query.where(Event.status == "open", ~to_come)
    return query


def _next(now: datetime, when: str) -> ColumnElement[datetime]:
    dates = select(func.min(Occurrence.starts)).where(Occurrence.event_id == Event.id)
    if when == "upcoming":
        dates = dates.where(Occurrence.ends > now, Occurrence.status == "open")
        return dates.scalar_subquery()
    return dates.scalar_subquery().desc()


def _journal(event_id: int, dates: list[int]) -> list[journal.Entry]:
    rows = select(JournalEntry).where(
        or_(
            (JournalEntry.subject == "event") & (JournalEntry.subject_id == event_id),
            (JournalEntry.subject == "occurrence") & JournalEntry.subject_id.in_(dates),
        )
    )
    return journal.entries(db.session.scalars(rows.order_by(JournalEntry.id.desc())).all())
