"""What of one person's work belongs into their Outlook, and how much of it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from panel.db.base import db
from panel.db.tables import Appointment, Employee, Event, Mirror, Occurrence, event_staff
from panel.domain.states import IN_OUTLOOK, PENDING
from panel.services.integration import settings


@dataclass(frozen=True)
class Upcoming:
    """How many upcoming appointments and dates of events belong there; `done` are confirmed."""

    appointments: int
    events: int
    done: int

    @property
    def total(self) -> int:
        return self.appointments + self.events


def upcoming(employee_id: int, *, now: datetime) -> Upcoming:
    """Count under the settings as they are, whether the person has connected or not."""
    appointments, there = _counted(_appointments(employee_id, now))
    events, there_too = _counted(_dates(employee_id, now))
    return Upcoming(appointments, events, there + there_too)


def _counted(query: Select[Any]) -> tuple[int, int]:
    total, done = db.session.execute(query).one()
    return int(total), int(done)


def _select(subject: str, subject_id: InstrumentedAttribute[int], employee_id: int) -> Select[Any]:
    agreed = and_(Mirror.state == "linked", Mirror.desired == Mirror.confirmed)
    mine = and_(
        Mirror.subject == subject,
        Mirror.subject_id == subject_id,
        Mirror.employee_id == employee_id,
    )
    return (
        select(func.count(), func.coalesce(func.sum(case((agreed, 1), else_=0)), 0))
        .select_from(subject_id.class_)
        .outerjoin(Mirror, mine)
    )


def _appointments(employee_id: int, now: datetime) -> Select[Any]:
    own = db.session.scalar(select(Employee.insert_pending).where(Employee.id == employee_id))
    pending = settings().insert_pending if own is None else own
    wanted = (*IN_OUTLOOK, PENDING) if pending else IN_OUTLOOK
    return _select("appointment", Appointment.id, employee_id).where(
        Appointment.employee_id == employee_id,
        Appointment.ends > now,
        Appointment.status.in_(wanted),
    )


def _dates(employee_id: int, now: datetime) -> Select[Any]:
    gives = Event.organizer_id == employee_id
    if settings().add_staff:
        staffed = select(event_staff.c.event_id).where(event_staff.c.employee_id == employee_id)
        gives = or_(gives, Event.id.in_(staffed))
    return (
        _select("occurrence", Occurrence.id, employee_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(gives, Occurrence.ends > now, Occurrence.status == "open", Event.status == "open")
    )
