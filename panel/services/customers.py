"""The people who book: create them, edit them, find them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from panel.db.base import ask, db, writing
from panel.db.tables import Appointment, Attendance, Booking, Customer, Occurrence
from panel.domain.attendance import BOOKED
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import address, line
from panel.services import outbox
from panel.services.outbox import Transaction
from panel.services.paging import KEPT, Listing, Page, listing, spoken_of, turned

_CUSTOMER = Customer.__table__.c
_IN_EACH = select(_CUSTOMER.active, func.count()).group_by(_CUSTOMER.active)


class Line(NamedTuple):
    """A customer as lists show them; `active` says that they are on the lists."""

    id: int
    name: str
    email: str
    phone: str
    note: str
    active: bool
    created_at: datetime
    erased_at: datetime | None


def create(
    name: str, *, email: str = "", phone: str = "", note: str = "", by: Actor, now: datetime
) -> Customer:
    """Add a customer. Who may book may also write down whom. Raises RuleBroken, NotAllowed."""
    with writing() as session:
        return create_in(session, name, email=email, phone=phone, note=note, by=by, now=now)


def create_in(
    session: Transaction,
    name: str,
    *,
    email: str = "",
    phone: str = "",
    note: str = "",
    by: Actor,
    now: datetime,
) -> Customer:
    """Add a customer within the caller's transaction, as `create` does."""
    _must_know_customers(by)
    customer = Customer(created_at=now, active=True)
    _fill(customer, name, email, phone, note)
    session.add(customer)
    session.flush()
    return customer


def edit(
    customer_id: int, *, name: str, email: str, phone: str, note: str, by: Actor, now: datetime
) -> Customer:
    """Change a customer; copies of what they have booked follow. Raises as `create`, NotThere."""
    by.must_hold("customers")
    with writing() as session:
        customer = kept(session.get(Customer, customer_id))
        _fill(customer, name, email, phone, note)
        session.flush()
        tell_copies(session, customer.id, now=now)
    return customer


def set_active(customer_id: int, active: bool, *, by: Actor) -> Customer:
    """Take a customer off the lists, or back on; the history stays."""
    by.must_hold("customers")
    with writing() as session:
        customer = kept(session.get(Customer, customer_id))
        customer.active = active
    return customer


def one(customer_id: int, *, by: Actor) -> Customer:
    """Return one customer. Raises NotThere, NotAllowed."""
    by.must_hold("customers")
    return _found(db.session.get(Customer, customer_id))


def listed(
    by: Actor, *, search: str = "", active: bool | None = True, page: int = 1, size: int = 25
) -> Page[Line]:
    """Return one page of the customers by name; each word must be in name, email or phone."""
    _must_know_customers(by)
    return turned(_listing(search, active), Line, page, size)


def counts(by: Actor) -> tuple[int, int]:
    """Count the customers on the lists, and those off them."""
    _must_know_customers(by)
    found: dict[bool, int] = dict(ask(_IN_EACH).all())
    return found.get(True, 0), found.get(False, 0)


@lru_cache(KEPT)
def _listing(search: str, active: bool | None) -> Listing:
    query = select(*(_CUSTOMER[name] for name in Line._fields))
    if active is not None:
        query = query.where(_CUSTOMER.active.is_(active))
    found = spoken_of(search, _CUSTOMER.name, _CUSTOMER.email, _CUSTOMER.phone)
    return listing(query.where(*found).order_by(func.lower(_CUSTOMER.name), _CUSTOMER.id))


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


def kept(customer: Customer | None) -> Customer:
    """Return a customer about whom something is kept. Raises NotThere, RuleBroken."""
    found = _found(customer)
    if found.erased_at is not None:
        raise RuleBroken("This customer was erased. Nothing is kept that could be changed.")
    return found


def tell_copies(session: Transaction, customer_id: int, *, now: datetime) -> None:
    """Have the copies of what a customer has to come follow, in the caller's transaction."""
    coming = (
        select(Appointment)
        .join(Booking, Booking.appointment_id == Appointment.id)
        .where(Booking.customer_id == customer_id, Appointment.ends > now)
        .order_by(Appointment.id)
    )
    for appointment in session.scalars(coming).unique().all():
        appointment.revision += 1
        session.flush()
        outbox.changed(session, "appointment", appointment.id, now=now)
    dates = (
        select(Occurrence.id)
        .join(Attendance, attended())
        .where(Attendance.customer_id == customer_id, Occurrence.ends > now)
        .where(Attendance.status == BOOKED)
    )
    for occurrence_id in session.scalars(dates.distinct().order_by(Occurrence.id)).all():
        outbox.changed(session, "occurrence", occurrence_id, now=now)


def attended() -> ColumnElement[bool]:
    """Join dates with who attends them: one by one, or all of an event together."""
    return (Attendance.event_id == Occurrence.event_id) & or_(
        Attendance.occurrence_id == Occurrence.id, Attendance.occurrence_id.is_(None)
    )
