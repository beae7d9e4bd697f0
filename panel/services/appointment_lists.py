"""Read appointments: lists with filters, and one with all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from panel.db.base import db
from panel.db.tables import Appointment, Booking, Customer, Employee, Mirror, Service
from panel.domain import states
from panel.domain.errors import NotThere
from panel.domain.moments import day_span
from panel.domain.people import Actor
from panel.services import copies, journal, questions
from panel.services.appointment_rows import MISSING, WHOLE
from panel.services.paging import Page, paged


@dataclass(frozen=True)
class Filter:
    """What a list of appointments is narrowed to; empty means all.

    `status` is one state, or open for pending and approved; `when` is upcoming, past or ""
    for both; `on` one date in the reader's `zone`.
    """

    status: str = ""
    when: str = ""
    employee_id: int | None = None
    service_id: int | None = None
    customer_id: int | None = None
    on: date | None = None
    zone: str = "UTC"
    search: str = ""


@dataclass(frozen=True)
class Opened:
    """One appointment with all that its page shows; `may` names what the reader can do."""

    appointment: Appointment
    journal: list[journal.Entry]
    questions: list[questions.Asked]
    mirror: Mirror | None
    place: copies.Place
    may: frozenset[str] = field(default_factory=frozenset)


def listed(
    by: Actor, wanted: Filter, *, now: datetime, page: int = 1, size: int = 25
) -> Page[Appointment]:
    """Return one page, the next appointment first; of past ones the latest first.

    The rows come with their service, employee, bookings and customers.
    """
    order = Appointment.starts.desc() if wanted.when == "past" else Appointment.starts
    query = _narrowed(select(Appointment), by, wanted, now).order_by(order, Appointment.id)
    return paged(query.options(*WHOLE), page, size)


def counts(by: Actor, wanted: Filter, *, now: datetime) -> dict[str, int]:
    """Count the appointments of each state under the other filters, with "" for all."""
    narrowed = _narrowed(select(Appointment), by, wanted, now, status=False).subquery()
    rows = db.session.execute(select(narrowed.c.status, func.count()).group_by(narrowed.c.status))
    found: dict[str, int] = dict(rows.all())
    return {"": sum(found.values())} | {state: found.get(state, 0) for state in states.STATES}


def opened(appointment_id: int, *, by: Actor, now: datetime) -> Opened:
    """Return one appointment as its page shows it. Raises NotThere."""
    appointment = one(appointment_id, by=by)
    mirror = db.session.scalar(_mirror(appointment))
    return Opened(
        appointment,
        journal.about("appointment", appointment.id),
        questions.about("appointment", appointment.id),
        mirror,
        copies.place_of(mirror, appointment.employee_id),
        may(appointment, by=by, now=now),
    )


def one(appointment_id: int, *, by: Actor) -> Appointment:
    """Return one appointment with its service, employee, bookings and customers.

    Raises NotThere, for a colleague's too, so that ids tell nothing.
    """
    appointment = db.session.get(Appointment, appointment_id, options=WHOLE, populate_existing=True)
    if appointment is None or not by.sees(appointment.employee_id):
        raise NotThere(MISSING)
    return appointment


def may(appointment: Appointment, *, by: Actor, now: datetime) -> frozenset[str]:
    """Name what this person can do with it now: the actions, and move, edit, reassign."""
    if not by.may("appointments", appointment.employee_id):
        return frozenset()
    actions = states.possible(appointment.status, begun=appointment.starts <= now)
    changes = {"move", "reassign"} if appointment.status in states.OPEN else set()
    return actions | changes | {"edit"}


def _narrowed(
    query: Select[Appointment],
    by: Actor,
    wanted: Filter,
    now: datetime,
    *,
    status: bool = True,
) -> Select[Appointment]:
    employee_id = wanted.employee_id if by.in_back_end else by.employee_id
    if employee_id is not None or not by.in_back_end:
        query = query.where(Appointment.employee_id == employee_id)
    if wanted.status and status:
        kept = states.OPEN if wanted.status == "open" else (wanted.status,)
        query = query.where(Appointment.status.in_(kept))
    if wanted.service_id:
        query = query.where(Appointment.service_id == wanted.service_id)
    if wanted.customer_id:
        query = query.where(_booked_by(Booking.customer_id == wanted.customer_id))
    if wanted.when == "upcoming":
        query = query.where(Appointment.ends > now)
    if wanted.when == "past":
        query = query.where(Appointment.ends <= now)
    if wanted.on:
        first, end = day_span(wanted.on, wanted.zone)
        query = query.where(Appointment.starts >= first, Appointment.starts < end)
    return _searched(query, wanted.search)


def _searched(query: Select[Appointment], search: str) -> Select[Appointment]:
    """Keep where each word is in the customer, the service, the employee or the reference."""
    for word in search.split()[:8]:
        query = query.where(
            or_(
                _booked_by(
                    or_(
                        Customer.name.icontains(word, autoescape=True),
                        Customer.email.icontains(word, autoescape=True),
                        Customer.phone.icontains(word, autoescape=True),
                    )
                ),
                Appointment.service_id.in_(_named(Service, word)),
                Appointment.employee_id.in_(_named(Employee, word)),
                Appointment.reference.istartswith(word, autoescape=True),
            )
        )
    return query


def _booked_by(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Booking.id)
        .join(Customer, Customer.id == Booking.customer_id)
        .where(Booking.appointment_id == Appointment.id, condition)
        .exists()
    )


def _named(table: type[Service] | type[Employee], word: str) -> Select[int]:
    return select(table.id).where(table.name.icontains(word, autoescape=True))


def _mirror(appointment: Appointment) -> Select[Mirror]:
    return select(Mirror).where(
        Mirror.subject == "appointment",
        Mirror.subject_id == appointment.id,
        Mirror.employee_id == appointment.employee_id,
    )
