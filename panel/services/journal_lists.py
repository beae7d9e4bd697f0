"""Read the journal of the whole business, with what each line is about."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, select

from panel.db.base import ask
from panel.db.tables import (
    Appointment,
    Booking,
    Customer,
    Employee,
    Event,
    JournalEntry,
    Occurrence,
    Service,
)
from panel.domain.people import Actor
from panel.services.journal import Entry, entry
from panel.services.paging import KEPT, Listing, Page, listing, spoken_of, turned

SIZE = 50
# The words for a subject, and the id of the page about it.
Titles = dict[tuple[str, int], tuple[str, int]]


class Line(NamedTuple):
    """One line with the words for its subject; `page_id` is an appointment's or event's."""

    entry: Entry
    title: str
    page: str
    page_id: int
    employee: str


def listed(
    by: Actor, *, side: str = "", search: str = "", employee_id: int | None = None, page: int = 1
) -> Page[Line]:
    """Return one page of what happened, the newest first. Raises NotAllowed."""
    by.must_be_in_back_end()
    found = turned(_listing(side, search, employee_id), _with_name, page, SIZE)
    return Page(_lines(found.rows), found.number, found.size, found.total)


@lru_cache(KEPT)
def _listing(side: str, search: str, employee_id: int | None) -> Listing:
    query = (
        select(*(_JOURNAL[name] for name in Entry._fields), _EMPLOYEE.name.label("employee"))
        .outerjoin_from(
            JournalEntry.__table__, Employee.__table__, _EMPLOYEE.id == _JOURNAL.employee_id
        )
        .where(*spoken_of(search, _JOURNAL.who, _JOURNAL.kind, _JOURNAL.note, _JOURNAL.after))
        .order_by(_JOURNAL.id.desc())
    )
    if side:
        query = query.where(_JOURNAL.side == side)
    if employee_id is not None:
        query = query.where(_JOURNAL.employee_id == employee_id)
    return listing(query)


def _with_name(*columns: Any) -> tuple[Entry, str]:
    return entry(*columns[:-1]), columns[-1] or ""


def _lines(found: list[tuple[Entry, str]]) -> list[Line]:
    about = _appointments(found) | _events(found) | _dates(found)
    lines = []
    for one, employee in found:
        title, page_id = about.get((one.subject, one.subject_id), ("", one.subject_id))
        page = "appointments" if one.subject == "appointment" else "events"
        lines.append(Line(one, title, page if title else "", page_id, employee))
    return lines


def _appointments(found: list[tuple[Entry, str]]) -> Titles:
    return {
        ("appointment", id): (f"{service} with {name}" if name else service, id)
        for id, service, name in _about(_BOOKED, "appointment", found)
    }


def _events(found: list[tuple[Entry, str]]) -> Titles:
    return {("event", id): (name, id) for id, name in _about(_NAMED, "event", found)}


def _dates(found: list[tuple[Entry, str]]) -> Titles:
    return {
        ("occurrence", id): (name, event_id)
        for id, name, event_id in _about(_DATED, "occurrence", found)
    }


def _about(query: Select[Any], subject: str, found: list[tuple[Entry, str]]) -> Iterable[Any]:
    ids = {one.subject_id for one, _ in found if one.subject == subject}
    return ask(query, ids=list(ids)) if ids else ()


# Built once, from the plain tables.
_JOURNAL, _EMPLOYEE, _CUSTOMER, _SERVICE = (
    table.__table__.c for table in (JournalEntry, Employee, Customer, Service)
)
_APPOINTMENT, _BOOKING, _EVENT, _DATE = (
    table.__table__.c for table in (Appointment, Booking, Event, Occurrence)
)
_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_BOOKED = (
    select(_APPOINTMENT.id, _SERVICE.name, _CUSTOMER.name)
    .select_from(Appointment.__table__)
    .join(Service.__table__, _SERVICE.id == _APPOINTMENT.service_id)
    .outerjoin(Booking.__table__, _BOOKING.appointment_id == _APPOINTMENT.id)
    .outerjoin(Customer.__table__, _CUSTOMER.id == _BOOKING.customer_id)
    .where(_APPOINTMENT.id.in_(_THESE))
    .order_by(_BOOKING.id.desc())
)
_NAMED = select(_EVENT.id, _EVENT.name).where(_EVENT.id.in_(_THESE))
_DATED = (
    select(_DATE.id, _EVENT.name, _EVENT.id)
    .join_from(Occurrence.__table__, Event.__table__, _EVENT.id == _DATE.event_id)
    .where(_DATE.id.in_(_THESE))
)
