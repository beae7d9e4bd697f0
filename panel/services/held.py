"""Deletions that are held: which they are, and what a person says to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db, writing
from panel.db.tables import (
    Appointment,
    Booking,
    Customer,
    Employee,
    Event,
    HeldDeletions,
    Mirror,
    Occurrence,
    Service,
)
from panel.domain.errors import AlreadyChanged, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services import journal, outbox

Transaction = scoped_session[Session]
# The safe one first.
ANSWERS = ("back", "meant")


@dataclass(frozen=True)
class Held:
    """`gone` of `upcoming` entries of one person's Outlook, deleted within a day.

    `earlier` ones went on that day, too, and had been seen to before. `answer` is what was
    said, or "" while it is open.
    """

    id: int
    employee_id: int
    employee: str
    gone: int
    upcoming: int
    earlier: int
    opened_at: datetime
    answer: str
    answered_by: str


@dataclass(frozen=True)
class Gone:
    """One of them: an appointment with its customers, or a date of an event.

    `page_id` is the appointment's, or the event's.
    """

    subject: str
    page_id: int
    title: str
    customers: str
    starts: datetime
    ends: datetime


def open_ones(by: Actor, *, employee_id: int | None = None) -> list[Held]:
    """Return those that wait for somebody whom this person may speak for."""
    if not by.in_back_end:
        employee_id = by.employee_id
        if employee_id is None:
            return []
    mine = [HeldDeletions.employee_id == employee_id] if employee_id is not None else []
    return _read(HeldDeletions.closed_at.is_(None), *mine)


def one(held_id: int, *, by: Actor) -> tuple[Held, list[Gone]]:
    """Return one with what is gone, the next first. Raises NotThere."""
    found = _read(HeldDeletions.id == held_id)
    if not found or not by.sees(found[0].employee_id):
        raise NotThere("There is no such question.")
    gone = [*_appointments(held_id), *_dates(held_id)]
    return found[0], sorted(gone, key=lambda one: one.starts)


def answer(held_id: int, said: str, *, by: Actor, now: datetime) -> int:
    """Say whether it was meant; return how many that concerns.

    back: it was not, and all are written anew. meant: with each is done what the settings say
    of a deleted one. Raises NotThere, AlreadyChanged, RuleBroken.
    """
    if said not in ANSWERS:
        raise RuleBroken("That is no answer to this question.")
    with writing() as session:
        held = session.get(HeldDeletions, held_id)
        if held is None or not by.sees(held.employee_id):
            raise NotThere("There is no such question.")
        mirrors = session.scalars(
            select(Mirror)
            .where(Mirror.held_deletions_id == held_id)
            .order_by(Mirror.id)
            .with_for_update()
        ).all()
        session.refresh(held, with_for_update=True)
        if held.closed_at is not None:
            raise AlreadyChanged("This question has been answered already.")
        held.closed_at, held.answer, held.answered_by = now, said, by.name
        _count_anew(session, held.mailbox_id)
        for mirror in mirrors:
            _release(session, mirror, said, by, now)
    return len(mirrors)


def _count_anew(session: Transaction, mailbox_id: int) -> None:
    """A person has spoken: what went until now is no reason to ask again."""
    session.execute(update(Mirror).where(Mirror.mailbox_id == mailbox_id).values(deleted_at=None))


def _release(session: Transaction, mirror: Mirror, said: str, by: Actor, now: datetime) -> None:
    mirror.held_deletions_id, mirror.ruling = None, said
    journal.note(
        session, subject=mirror.subject, subject_id=mirror.subject_id,
        employee_id=mirror.employee_id, side=journal.PANEL, kind="answered", who=by.name,
        note=said, now=now,
    )  # fmt: skip
    outbox.raise_desired(session, mirror, now=now)


def _read(*which: ColumnElement[bool]) -> list[Held]:
    gone = select(func.count(Mirror.id)).where(Mirror.held_deletions_id == HeldDeletions.id)
    rows = db.session.execute(
        select(HeldDeletions, Employee.name, gone.scalar_subquery())
        .join(Employee, Employee.id == HeldDeletions.employee_id)
        .where(*which)
        .order_by(HeldDeletions.id)
    )
    return [
        Held(
            row.id, row.employee_id, name, count, row.upcoming, row.earlier, row.opened_at,
            row.answer or "", row.answered_by or "",
        )
        for row, name, count in rows
    ]  # fmt: skip


def _appointments(held_id: int) -> list[Gone]:
    rows = db.session.execute(
        select(Appointment.id, Service.name, Customer.name, Appointment.starts, Appointment.ends)
        .join(Mirror, (Mirror.subject == "appointment") & (Mirror.subject_id == Appointment.id))
        .join(Service, Service.id == Appointment.service_id)
        .outerjoin(Booking, Booking.appointment_id == Appointment.id)
        .outerjoin(Customer, Customer.id == Booking.customer_id)
        .where(Mirror.held_deletions_id == held_id)
        .order_by(Booking.id)
    )
    found: dict[int, Gone] = {}
    for id, service, customer, starts, ends in rows:
        known = found.get(id)
        who = ", ".join(filter(None, (known.customers if known else "", customer)))
        found[id] = Gone("appointment", id, service, who, starts, ends)
    return list(found.values())


def _dates(held_id: int) -> list[Gone]:
    rows = db.session.execute(
        select(Event.id, Event.name, Occurrence.starts, Occurrence.ends)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Mirror, (Mirror.subject == "occurrence") & (Mirror.subject_id == Occurrence.id))
        .where(Mirror.held_deletions_id == held_id)
    )
    return [Gone("event", id, name, "", starts, ends) for id, name, starts, ends in rows]
