"""The people who book: create them, edit them, find them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, or_, select

from panel.db.base import db, writing
from panel.db.tables import Appointment, Booking, Customer
from panel.domain.errors import NotAllowed, NotThere
from panel.domain.people import Actor
from panel.domain.words import address, line
from panel.services import outbox
from panel.services.paging import Page, paged


def create(
    name: str, *, email: str = "", phone: str = "", note: str = "", by: Actor, now: datetime
) -> Customer:
    """Add a customer. Who may book may also write down whom. Raises RuleBroken, NotAllowed."""
    _must_know_customers(by)
    with writing() as session:
        customer = Customer(created_at=now, active=True)
        _fill(customer, name, email, phone, note)
        session.add(customer)
    return customer


def edit(
    customer_id: int, *, name: str, email: str, phone: str, note: str, by: Actor, now: datetime
) -> Customer:
    """Change a customer; copies of upcoming appointments follow. Raises as `create`, NotThere."""
    by.must_hold("customers")
    with writing() as session:
        customer = _found(session.get(Customer, customer_id))
        _fill(customer, name, email, phone, note)
        session.flush()
        for appointment in session.scalars(_coming(customer.id, now)):
            appointment.revision += 1
            session.flush()
            outbox.changed(session, "appointment", appointment.id, now=now)
    return customer


def set_active(customer_id: int, active: bool, *, by: Actor) -> Customer:
    """Take a customer off the lists, or back on; the history stays."""
    by.must_hold("customers")
    with writing() as session:
        customer = _found(session.get(Customer, customer_id))
        customer.active = active
    return customer


def one(customer_id: int, *, by: Actor) -> Customer:
    """Return one customer. Raises NotThere, NotAllowed."""
    by.must_hold("customers")
    return _found(db.session.get(Customer, customer_id))


def listed(
    by: Actor, *, search: str = "", active: bool | None = True, page: int = 1, size: int = 25
) -> Page[Customer]:
    """Return one page of the customers by name; each word must be in name, email or phone."""
    _must_know_customers(by)
    query = select(Customer).order_by(func.lower(Customer.name), Customer.id)
    if active is not None:
        query = query.where(Customer.active.is_(active))
    for word in search.split()[:8]:
        query = query.where(
            or_(
                Customer.name.icontains(word, autoescape=True),
                Customer.email.icontains(word, autoescape=True),
                Customer.phone.icontains(word, autoescape=True),
            )
        )
    return paged(query, page, size)


def _must_know_customers(by: Actor) -> None:
    if not any(map(by.holds, ("customers", "appointments", "events"))):
        raise NotAllowed("You may not see the customers. The owner can allow it.")


def _found(customer: Customer | None) -> Customer:
    if customer is None:
        raise NotThere("There is no such customer.")
    return customer


def _fill(customer: Customer, name: str, email: str, phone: str, note: str) -> None:
    customer.name = line(name, "name", "the customer a name")
    customer.email = address(email, needed=False)
    customer.phone = line(phone, "phone", "a number", most=40, needed=False)
    customer.note = note.strip()


def _coming(customer_id: int, now: datetime) -> Select[Appointment]:
    return (
        select(Appointment)
        .join(Booking, Booking.appointment_id == Appointment.id)
        .where(Booking.customer_id == customer_id, Appointment.ends > now)
    )
