"""What waits for a person's decision, as the first page lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db
from panel.db.tables import Appointment, Booking, Customer, Employee, Event, Occurrence, Question
from panel.domain.people import Actor


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
    found = [*_about_appointments(employee_id), *_about_events(employee_id)]
    if employee_id is None and not by.in_back_end:
        return []
    return sorted(found, key=lambda one: one.opened_at)


def _about_appointments(employee_id: int | None) -> list[Waiting]:
    query = (
        select(Question, Appointment, Employee.name, Customer.name)
        .join(Appointment, Appointment.id == Question.subject_id)
        .join(Employee, Employee.id == Question.employee_id)
        .join(Booking, Booking.appointment_id == Appointment.id, isouter=True)
        .join(Customer, Customer.id == Booking.customer_id, isouter=True)
        .where(Question.subject == "appointment", Question.closed_at.is_(None))
        .order_by(Booking.id)
    )
    if employee_id is not None:
        query = query.where(Question.employee_id == employee_id)
    found: dict[int, Waiting] = {}
    for question, appointment, employee, customer in db.session.execute(query):
        found.setdefault(
            question.id,
            Waiting(
                question.id, question.kind, "appointment", appointment.id,
                customer or "A customer", customer or "", employee,
                appointment.starts, appointment.ends, question.opened_at,
            ),
        )  # fmt: skip
    return list(found.values())


def _about_events(employee_id: int | None) -> list[Waiting]:
    query = (
        select(Question, Occurrence, Event, Employee.name)
        .join(Occurrence, Occurrence.id == Question.subject_id)
        .join(Event, Event.id == Occurrence.event_id)
        .join(Employee, Employee.id == Question.employee_id)
        .where(Question.subject == "occurrence", Question.closed_at.is_(None))
    )
    if employee_id is not None:
        query = query.where(Question.employee_id == employee_id)
    return [
        Waiting(
            question.id, question.kind, "event", event.id, event.name, "", employee,
            occurrence.starts, occurrence.ends, question.opened_at,
        )
        for question, occurrence, event, employee in db.session.execute(query)
    ]  # fmt: skip
