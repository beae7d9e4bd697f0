"""Read events: lists with filters, and one with all that its page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select

from panel.db.base import ask, db, reading
from panel.db.tables import (
    Employee,
    Event,
    JournalEntry,
    Mirror,
    Occurrence,
    Question,
    event_staff,
)
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.services import journal
from panel.services.event_rows import MISSING, WHOLE, people, visible
from panel.services.paging import KEPT, Listing, Page, listing, spoken_of, turned


class Line(NamedTuple):
    """An event as lists show it, with the name of its organizer."""

    id: int
    name: str
    tone: int
    status: str
    capacity: int
    whole: bool
    organizer: str


class Date(NamedTuple):
    """One date of an event as lists show it."""

    id: int
    starts: datetime
    ends: datetime
    status: str


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
) -> Page[Line]:
    """Return one page of events, the next date first.

    `when` is upcoming (not cancelled, a date to come), past, cancelled, or "" for all.
    """
    # 0 is nobody.
    wanted = employee_id if by.in_back_end else by.employee_id or 0
    return turned(_listing(wanted, search, when), Line, page, now=now)


def staff_of(event_ids: Collection[int]) -> dict[int, list[str]]:
    """Name who helps at these events."""
    found: dict[int, list[str]] = defaultdict(list)
    for event_id, name in ask(_STAFF, ids=list(event_ids)) if event_ids else ():
        found[event_id].append(name)
    return found


def dates_of(event_ids: Collection[int]) -> dict[int, list[Date]]:
    """Return the dates of these events, in order."""
    found: dict[int, list[Date]] = defaultdict(list)
    for event_id, *date in ask(_DATES, ids=list(event_ids)) if event_ids else ():
        found[event_id].append(Date(*date))
    return found


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


_EVENT, _DATE, _EMPLOYEE = Event.__table__.c, Occurrence.__table__.c, Employee.__table__.c
_HELP = event_staff.c
_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_STAFF = (
    select(_HELP.event_id, _EMPLOYEE.name)
    .join_from(event_staff, Employee.__table__, _EMPLOYEE.id == _HELP.employee_id)
    .where(_HELP.event_id.in_(_THESE))
    .order_by(_EMPLOYEE.name)
)
_DATES = (
    select(_DATE.event_id, _DATE.id, _DATE.starts, _DATE.ends, _DATE.status)
    .where(_DATE.event_id.in_(_THESE))
    .order_by(_DATE.starts)
)


@lru_cache(KEPT)
def _listing(employee_id: int | None, search: str, when: str) -> Listing:
    """Put a list together, of all or of what somebody gives; asked with now."""
    columns = [_EVENT[name] for name in Line._fields[:-1]]
    query = select(*columns, _EMPLOYEE.name.label("organizer")).join_from(
        Event.__table__, Employee.__table__, _EMPLOYEE.id == _EVENT.organizer_id
    )
    if employee_id is not None:
        helps = _HELP.event_id == _EVENT.id, _HELP.employee_id == employee_id
        helped = select(_HELP.event_id).where(*helps).exists()
        query = query.where(or_(_EVENT.organizer_id == employee_id, helped))
    query = query.where(*spoken_of(search, _EVENT.name, _EVENT.description, _EVENT.place))
    return listing(query.where(*_at(when)).order_by(_next(when), _EVENT.id))


def _at(when: str) -> tuple[ColumnElement[bool], ...]:
    still = _DATE.status == "open", _DATE.ends > bindparam("now")
    to_come = select(_DATE.id).where(_DATE.event_id == _EVENT.id, *still).exists()
    if when == "cancelled":
        return (_EVENT.status == "cancelled",)
    if when == "upcoming":
        return _EVENT.status == "open", to_come
    if when == "past":
        return _EVENT.status == "open", ~to_come
    return ()


def _next(when: str) -> ColumnElement[datetime]:
    dates = select(func.min(_DATE.starts)).where(_DATE.event_id == _EVENT.id)
    if when == "upcoming":
        dates = dates.where(_DATE.ends > bindparam("now"), _DATE.status == "open")
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
