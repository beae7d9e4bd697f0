"""Read the journal of the whole business, with what each line is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from panel.db.base import db
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
from panel.services.journal import Entry, entries
from panel.services.paging import Page, paged


@dataclass(frozen=True)
class Line:
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
    query = select(JournalEntry).order_by(JournalEntry.id.desc())
    if side:
        query = query.where(JournalEntry.side == side)
    if employee_id is not None:
        query = query.where(JournalEntry.employee_id == employee_id)
    for word in search.split()[:8]:
        columns = (JournalEntry.who, JournalEntry.kind, JournalEntry.note, JournalEntry.after)
        query = query.where(or_(*(one.icontains(word, autoescape=True) for one in columns)))
    found = paged(query, page, 50)
    lines = _lines(entries(found.rows))
    return Page(lines, found.number, found.size, found.total)


def _lines(found: list[Entry]) -> list[Line]:
    names: dict[int, str] = dict(_pairs(select(Employee.id, Employee.name)))
    titles = _appointments({one.subject_id for one in found if one.subject == "appointment"})
    events = _events(found)
    lines = []
    for one in found:
        key = (one.subject, one.subject_id)
        title, page_id = events.get(key, (titles.get(key, ""), one.subject_id))
        page = "appointments" if one.subject == "appointment" else "events"
        known = page if title else ""
        lines.append(Line(one, title, known, page_id, names.get(one.employee_id or 0, "")))
    return lines


def _appointments(ids: Iterable[int]) -> dict[tuple[str, int], str]:
    rows = db.session.execute(
        select(Appointment.id, Service.name, Customer.name)
        .join(Service, Service.id == Appointment.service_id)
        .join(Booking, Booking.appointment_id == Appointment.id, isouter=True)
        .join(Customer, Customer.id == Booking.customer_id, isouter=True)
        .where(Appointment.id.in_(set(ids)))
        .order_by(Booking.id.desc())
    )
    return {
        ("appointment", id): f"{service} with {name}" if name else service
        for id, service, name in rows
    }


def _events(found: list[Entry]) -> dict[tuple[str, int], tuple[str, int]]:
    whole = {one.subject_id for one in found if one.subject == "event"}
    dates = {one.subject_id for one in found if one.subject == "occurrence"}
    named = _pairs(select(Event.id, Event.name).where(Event.id.in_(whole)))
    known = {("event", id): (name, id) for id, name in named}
    rows = db.session.execute(
        select(Occurrence.id, Event.name, Event.id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Occurrence.id.in_(dates))
    )
    return known | {("occurrence", id): (name, event_id) for id, name, event_id in rows}


def _pairs(query: Select[int, str]) -> list[tuple[int, str]]:
    return [(id, name) for id, name in db.session.execute(query)]
