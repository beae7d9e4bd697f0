"""What waits for a person's decision, as the first page lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, or_, select

from panel.db.base import ask, fixed
from panel.db.tables import Appointment, Booking, Customer, Employee, Event, Occurrence, Question
from panel.domain.people import Actor
from panel.domain.questions import FOLLOWED


@dataclass(frozen=True)
class Waiting:
    """One open question: about which appointment or event, whose, and since when.

    `page_id` is the appointment's, or the event's where it is about one of its dates.
    """

    question_id: int
    kind: str
    subject: str
    page_id: int
    title: str
    customer: str
    employee: str
    starts: datetime
    ends: datetime
    opened_at: datetime


def waiting(by: Actor, *, employee_id: int | None = None) -> list[Waiting]:
    """Return the open questions that this person may answer, the oldest first.

    `employee_id` narrows them to one employee; in the panel one sees only one's own.
    """
    if not by.in_back_end:
        employee_id = by.employee_id
        if employee_id is None:
            return []
    found = [*_about_appointments(employee_id), *_about_events(employee_id)]
    return sorted(found, key=lambda one: one.opened_at)


def _about_appointments(employee_id: int | None) -> list[Waiting]:
    found: dict[int, Waiting] = {}
    for id, kind, page_id, customer, employee, starts, ends, opened_at in ask(
        _ABOUT_APPOINTMENTS, employee=employee_id
    ):
        title, who = customer or "A customer", customer or ""
        one = Waiting(
            id, kind, "appointment", page_id, title, who, employee, starts, ends, opened_at
        )
        found.setdefault(id, one)
    return list(found.values())


def _about_events(employee_id: int | None) -> list[Waiting]:
    return [
        Waiting(id, kind, "event", page_id, title, "", employee, starts, ends, opened_at)
        for id, kind, page_id, title, employee, starts, ends, opened_at in ask(
            _ABOUT_EVENTS, employee=employee_id
        )
    ]


# Built once, from the plain tables: every first page and every list asks both.
_QUESTION, _EMPLOYEE = Question.__table__.c, Employee.__table__.c
_APPOINTMENT, _BOOKING, _CUSTOMER = (
    table.__table__.c for table in (Appointment, Booking, Customer)
)
_DATE, _EVENT = Occurrence.__table__.c, Event.__table__.c
_ASKED = bindparam("employee", type_=Integer)
_OPEN = (
    _QUESTION.closed_at.is_(None),
    _QUESTION.kind != fixed(FOLLOWED),
    or_(_ASKED.is_(None), _QUESTION.employee_id == _ASKED),
)
_ABOUT_APPOINTMENTS = (
    select(
        _QUESTION.id, _QUESTION.kind, _APPOINTMENT.id, _CUSTOMER.name, _EMPLOYEE.name,
        _APPOINTMENT.starts, _APPOINTMENT.ends, _QUESTION.opened_at,
    )
    .select_from(Question.__table__)
    .join(Appointment.__table__, _APPOINTMENT.id == _QUESTION.subject_id)
    .join(Employee.__table__, _EMPLOYEE.id == _QUESTION.employee_id)
    .outerjoin(Booking.__table__, _BOOKING.appointment_id == _APPOINTMENT.id)
    .outerjoin(Customer.__table__, _CUSTOMER.id == _BOOKING.customer_id)
    .where(_QUESTION.subject == "appointment", *_OPEN)
    .order_by(_BOOKING.id)
)  # fmt: skip
_ABOUT_EVENTS = (
    select(
        _QUESTION.id, _QUESTION.kind, _EVENT.id, _EVENT.name, _EMPLOYEE.name,
        _DATE.starts, _DATE.ends, _QUESTION.opened_at,
    )
    .select_from(Question.__table__)
    .join(Occurrence.__table__, _DATE.id == _QUESTION.subject_id)
    .join(Event.__table__, _EVENT.id == _DATE.event_id)
    .join(Employee.__table__, _EMPLOYEE.id == _QUESTION.employee_id)
    .where(_QUESTION.subject == "occurrence", *_OPEN)
)  # fmt: skip
