"""Appointments as a table that leaves the house: a line for each customer's booking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db
from panel.db.tables import Appointment, Booking, Category, Customer, Employee, Service
from panel.domain.moments import local
from panel.domain.people import Actor
from panel.services.appointment_lists import Filter, all_ids
from panel.services.company import current

HEADS = (
    "Reference", "Starts", "Ends", "Zone", "State", "Service", "Category", "Employee",
    "Customer", "Email", "Phone", "Persons", "State of the booking", "Price", "Currency",
    "Their note", "Answers", "Internal note", "Booked at", "Booked by",
)  # fmt: skip
# So many at once: neither one statement for each, nor the whole history in memory.
AT_ONCE = 500

Line = tuple[object, ...]


def lines(by: Actor, wanted: Filter, *, now: datetime) -> Iterator[Line]:
    """Return a line under HEADS for each booking of a list, in the order of the list.

    Times are local ISO times of the wall in their zone, which is the promise's. Prices are
    decimal amounts. Nobody reads more here than in the list itself.
    """
    ids, currency = all_ids(by, wanted, now=now), current().currency
    for first in range(0, len(ids), AT_ONCE):
        yield from _some(ids[first : first + AT_ONCE], currency)


def _some(ids: Sequence[int], currency: str) -> Iterator[Line]:
    place = {id: number for number, id in enumerate(ids)}
    rows = db.session.execute(
        select(Appointment, Booking, Customer, Service.name, Category.name, Employee.name)
        .join(Service, Service.id == Appointment.service_id)
        .join(Employee, Employee.id == Appointment.employee_id)
        .outerjoin(Category, Category.id == Service.category_id)
        .outerjoin(Booking, Booking.appointment_id == Appointment.id)
        .outerjoin(Customer, Customer.id == Booking.customer_id)
        .where(Appointment.id.in_(ids))
    ).all()
    for row in sorted(rows, key=lambda one: (place[one[0].id], one[1].id if one[1] else 0)):
        yield _line(*row, currency)


def _line(
    appointment: Appointment,
    booking: Booking | None,
    customer: Customer | None,
    service: str,
    category: str | None,
    employee: str,
    currency: str,
) -> Line:
    zone = appointment.zone
    when = (_wall(appointment.starts, zone), _wall(appointment.ends, zone), zone)
    what = (appointment.status, service, category, employee)
    made = (appointment.note, _wall(appointment.created_at, zone), appointment.created_by)
    if booking is None or customer is None:
        return (appointment.reference, *when, *what, *(None,) * 9, *made)
    who = (customer.name, customer.email, customer.phone, booking.persons, booking.status)
    price = (None, None) if booking.price is None else (f"{booking.price / 100:.2f}", currency)
    answers = "; ".join(f"{question}: {answer}" for question, answer in booking.answers)
    return (appointment.reference, *when, *what, *who, *price, booking.note, answers, *made)


def _wall(instant: datetime, zone: str) -> str:
    return f"{local(instant, zone):%Y-%m-%dT%H:%M}"
