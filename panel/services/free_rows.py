"""What the search for free times reads: one indexed range query for each source.

Plain integers, whole minutes since 1970 UTC: rows, not entities, because there are thousands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from panel.db.mirrors import SPREAD
from panel.db.tables import (
    Appointment,
    BusyBlock,
    Event,
    Occurrence,
    Question,
    RemoteCalendarRow,
    event_staff,
)
from panel.domain.free_times import Taken
from panel.domain.open_hours import A_DAY, midnight_of
from panel.domain.states import TAKING
from panel.services.outbox import Transaction

# In microseconds: no appointment, date or short block lasts longer, buffers included, so that
# every range has a lower bound and a year of history costs nothing.
LONGEST = 3 * A_DAY * 60_000_000
MOST_BEFORE = 720


class Visit(NamedTuple):
    """An appointment as far as it counts: what it takes with its buffers, when it starts, what it
    is, and how many of its places are taken."""

    first: int
    end: int
    employee_id: int
    starts: int
    service_id: int
    places: int
    persons: int


@dataclass(frozen=True)
class Sought:
    """Whose time is read, from when to when (minutes).

    `busy` are those whom Outlook blocks, with entries of these `kinds` and, if `all_day`, with
    those of whole days. `moving` is an appointment that takes no time.
    """

    employees: Collection[int]
    first: int
    end: int
    zones: Mapping[int, str]
    busy: Collection[int] = ()
    kinds: Collection[str] = ()
    all_day: bool = True
    moving: int | None = None


def taken(session: Transaction, sought: Sought) -> dict[int, list[Taken]]:
    """Return what takes the time of each of these employees, buffers included."""
    asked = _asked(sought)
    booked = _APPOINTMENTS if sought.moving is None else _but(_APPOINTMENTS, sought.moving)
    sources = [_plain(session, one, asked) for one in (booked, _OTHERS)]
    if sought.busy:
        asked |= {"employees": list(sought.busy), "kinds": list(sought.kinds)}
        sources.append(_plain(session, _BLOCKS, asked))
        sources.append(_spread(_plain(session, _SPREAD, asked), sought))
    return _by_employee(sources, sought.employees)


def visits(session: Transaction, sought: Sought) -> dict[int, list[Visit]]:
    """Return their appointments one by one, for those who take so many, or several at once."""
    found: dict[int, list[Visit]] = {id: [] for id in sought.employees}
    booked = _VISITS if sought.moving is None else _but(_VISITS, sought.moving)
    for row in session.execute(booked, _asked(sought)):
        found[row[2]].append(Visit(*row))
    return found


def _but(booked: Select[Any], moving: int) -> Select[Any]:
    return booked.where(_VISIT.id != moving)


def _asked(sought: Sought) -> dict[str, Any]:
    return {
        "employees": list(sought.employees),
        "lower": sought.first * 60_000_000 - LONGEST,
        "upper": (sought.end + MOST_BEFORE) * 60_000_000,
        "first": sought.first * 60_000_000,
    }


def _plain(session: Transaction, statement: Any, asked: dict[str, Any]) -> list[Any]:
    """The rows as the driver hands them out: there are thousands, and none needs a name."""
    rows = session.execute(statement, asked).cursor.fetchall()  # type: ignore[attr-defined]
    return list(rows)


def _by_employee(sources: list[list[Taken]], employees: Collection[int]) -> dict[int, list[Taken]]:
    """Cut each source, which is in the order of employees, into one piece for each of them."""
    found: dict[int, list[Taken]] = {id: [] for id in employees}
    whose = itemgetter(2)
    for rows in sources:
        for id in found if rows else ():
            first = bisect_left(rows, id, key=whose)
            found[id] += rows[first : bisect_right(rows, id, first, key=whose)]
    return found


def _spread(rows: Iterable[Any], sought: Sought) -> list[Taken]:
    """Whole days last from midnight to midnight where the employee is."""
    found: list[Taken] = []
    for start, end, employee_id, first_date, end_date in rows:
        if first_date is None:
            found.append((start, end, employee_id))
        elif sought.all_day:
            zone = sought.zones[employee_id]
            found.append((_midnight(first_date, zone), _midnight(end_date, zone), employee_id))
    return found


def _midnight(day: str, zone: str) -> int:
    return midnight_of(date.fromisoformat(day).toordinal(), zone)[0]


def _minute(column: Any, *, ending: bool = False) -> ColumnElement[int]:
    """A moment's whole minute; what ends within a minute takes all of it."""
    plain = type_coerce(column, BigInteger)
    rounded = plain + literal_column("59999999", BigInteger) if ending else plain
    return rounded // literal_column("60000000", BigInteger)


def _range(table: Any) -> tuple[Any, ...]:
    starts = type_coerce(table.starts, BigInteger)
    return starts > bindparam("lower"), starts < bindparam("upper")


# Built once, from the plain tables.
_WHO: Any = bindparam("employees", expanding=True)
_VISIT, _BLOCK = Appointment.__table__.c, BusyBlock.__table__.c
_DATE, _EVENT = Occurrence.__table__.c, Event.__table__.c
_QUESTION, _STAFF = Question.__table__.c, event_staff.c
_CALENDAR = RemoteCalendarRow.__table__.c


def _appointments(*columns: Any) -> Select[Any]:
    around = _minute(_VISIT.starts) - _VISIT.buffer_before
    until = _minute(_VISIT.ends, ending=True) + _VISIT.buffer_after
    return (
        select(around, until, _VISIT.employee_id, *columns)
        .where(_VISIT.employee_id.in_(_WHO), *_range(_VISIT), _VISIT.status.in_(TAKING))
        .order_by(_VISIT.employee_id, _VISIT.starts)
    )


_APPOINTMENTS = _appointments()
_VISITS = _appointments(_minute(_VISIT.starts), _VISIT.service_id, _VISIT.places, _VISIT.persons)


def _occurrences(who: Any, *, staff: bool) -> Select[Any]:
    tables = Occurrence.__table__.join(Event.__table__, _EVENT.id == _DATE.event_id)
    if staff:
        tables = tables.join(event_staff, _STAFF.event_id == _EVENT.id)
    return (
        select(_minute(_DATE.starts), _minute(_DATE.ends, ending=True), who.label("whose"))
        .select_from(tables)
        .where(who.in_(_WHO), *_range(_DATE), _DATE.status == "open")
    )


_QUESTIONS = (
    select(
        _minute(_QUESTION.holds_from),
        _minute(_QUESTION.holds_to, ending=True),
        _QUESTION.employee_id.label("whose"),
    )
    .where(_QUESTION.employee_id.in_(_WHO), _QUESTION.closed_at.is_(None))
    .where(type_coerce(_QUESTION.holds_from, BigInteger) < bindparam("upper"))
    .where(type_coerce(_QUESTION.holds_to, BigInteger) > bindparam("first"))
)
# The few that are neither appointments nor Outlook's.
_OTHERS = union_all(
    _occurrences(_EVENT.organizer_id, staff=False),
    _occurrences(_STAFF.employee_id, staff=True),
    _QUESTIONS,
).order_by("whose")


def _blocks(*columns: Any) -> Select[Any]:
    blocking = select(_CALENDAR.id).where(_CALENDAR.is_blocking)
    until = _minute(_BLOCK.ends, ending=True)
    return (
        select(_minute(_BLOCK.starts), until, _BLOCK.employee_id, *columns)
        .where(_BLOCK.employee_id.in_(_WHO))
        .where(_BLOCK.show_as.in_(bindparam("kinds", expanding=True)), _BLOCK.counts)
        .where(_BLOCK.calendar_id.in_(blocking))
    )


_BLOCKS = (
    _blocks()
    .where(*_range(_BLOCK), _BLOCK.first_date.is_(None))
    .order_by(_BLOCK.employee_id, _BLOCK.starts)
)
# Whole days and what lasts longer: few, and in an index of their own. Its condition is one of
# several, so it stands in brackets: an OR without them would let every other one go.
_SPREAD = (
    _blocks(_BLOCK.first_date, _BLOCK.end_date)
    .where(
        literal_column(f"({SPREAD})"),
        type_coerce(_BLOCK.ends, BigInteger) > bindparam("first"),
        type_coerce(_BLOCK.starts, BigInteger) < bindparam("upper"),
    )
    .order_by(_BLOCK.employee_id)
)
