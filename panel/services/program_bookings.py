"""Book for a customer whom a program names by their address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.db.base import fresh
from panel.db.tables import Appointment, Employee, Service
from panel.domain.errors import NotBookable, NotThere, RuleBroken, SlotTaken
from panel.domain.moments import promised_at
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services.appointments import Wish, book_in
from panel.services.availability import all_conflicts
from panel.services.booking_customers import Caller, find_or_make
from panel.services.choosing import Choice, Slot, choose
from panel.services.holding import hold
from panel.services.offering import employee_who_offers
from panel.services.outbox import Transaction
from panel.services.outside import Outside
from panel.services.visitors import ask_outlook

# Time that somebody has already; against all else in the way stands a rule.
SOMEBODYS = ("appointment", "full", "event", "question", "busy")
NOT_OFFERED = (
    "Customers are not offered this start: it lies between those that are, or too soon, or too "
    "far ahead. Choose one of the free times, or book anyway."
)


@dataclass(frozen=True)
class Order:
    """What a program wants to book. `employee_id` None takes anybody; `starts` is aware."""

    service_id: int
    employee_id: int | None
    starts: datetime
    customer: Caller
    persons: int = 1
    note: str = ""
    status: str | None = None
    anyway: bool = False

    @property
    def slot(self) -> Slot:
        """The time that is wanted. Anyway, what is hidden, too soon or too far counts too."""
        return Slot(self.service_id, self.starts, self.employee_id, self.persons, staff=self.anyway)


def look(order: Order, *, outside: Outside) -> None:
    """Ask Outlook about the time, as the public page does before it books.

    No transaction may be open. Never raises for what is not offered: that, `book` says.
    """
    try:
        ask_outlook(order.slot, outside=outside)
    except NotThere:
        fresh()


def book(session: Transaction, order: Order, *, by: Actor, now: datetime) -> Appointment:
    """Book within the caller's transaction; `anyway` books against the rules, knowingly.

    Anybody is always somebody who is free. Raises RuleBroken naming the field at fault,
    SlotTaken with what is free next, NotBookable.
    """
    _must_make_sense(session, order)
    choice = _chosen(session, order, now)
    customer = find_or_make(session, order.customer, now=now)
    # Unlike a visitor, a program is trusted with what was missing.
    customer.phone = customer.phone or order.customer.clean_phone
    wish = Wish(
        service_id=order.service_id,
        employee_id=choice.employee_id,
        customer_id=customer.id,
        local_start=promised_at(order.starts, session.get_one(Employee, choice.employee_id).zone),
        note=order.note,
        status=order.status,
        persons=order.persons,
    )
    booked = book_in(session, wish, by=by, now=now, anyway=order.anyway)
    booked.unchecked = booked.unchecked or choice.unchecked
    return booked


def _must_make_sense(session: Transaction, order: Order) -> None:
    """Refuse what names nobody, nothing, or no time that can be promised. Raises RuleBroken."""
    if session.get(Service, order.service_id) is None:
        raise RuleBroken("There is no such service.", "service")
    if order.employee_id is None:
        promised_at(order.starts, "UTC")
        return
    employee = session.get(Employee, order.employee_id)
    if employee is None:
        raise RuleBroken("There is no such employee.", "employee")
    employee_who_offers(session, employee.id, order.service_id)
    promised_at(order.starts, employee.zone)


def _chosen(session: Transaction, order: Order, now: datetime) -> Choice:
    """Return who takes it, held until the end of the transaction."""
    if order.anyway and order.employee_id:
        hold(session, [order.employee_id])
        return Choice(order.employee_id, unchecked=False)
    try:
        return choose(session, order.slot, now=now)
    except NotThere as error:
        raise NotBookable(str(error)) from error
    except SlotTaken as taken:
        raise _reason(session, order, taken, now) from taken


def _reason(session: Transaction, order: Order, taken: SlotTaken, now: datetime) -> RuleBroken:
    """Tell a time that somebody has from one that a rule keeps; no name is told."""
    if order.employee_id is None:
        return taken
    service = session.get_one(Service, order.service_id)
    wish = Span(order.starts, order.starts + timedelta(minutes=service.duration))
    buffers = (service.buffer_before, service.buffer_after)
    found = all_conflicts(session, order.employee_id, wish, buffers, service_id=service.id, now=now)
    if not found:
        return NotBookable(NOT_OFFERED)
    if found[0].kind in SOMEBODYS:
        return taken
    return NotBookable(f"{found[0].told(None)} Choose another time, or book anyway.")
