"""Who offers what to whom, as far as a booking must know it."""

from __future__ import annotations

from sqlalchemy import select

from panel.db.tables import Customer, Employee, Service, employee_services
from panel.domain.errors import NotThere, RuleBroken
from panel.services.outbox import Transaction


def employee_who_offers(
    session: Transaction, employee_id: int, service_id: int
) -> tuple[Employee, Service]:
    """Return both where that employee takes bookings for that service.

    Raises NotThere, and RuleBroken naming the field at fault.
    """
    employee, service = session.get(Employee, employee_id), session.get(Service, service_id)
    if employee is None:
        raise NotThere("There is no such employee.")
    if service is None:
        raise RuleBroken("Choose a service.", "service")
    if not employee.active:
        raise RuleBroken(f"{employee.name} takes no bookings any more.", "employee")
    if not service.active:
        raise RuleBroken(f"{service.name} is not offered any more.", "service")
    offers = select(employee_services).where(
        employee_services.c.employee_id == employee_id,
        employee_services.c.service_id == service_id,
    )
    if session.execute(offers).first() is None:
        raise RuleBroken(f"{employee.name} does not offer {service.name}.", "service")
    return employee, service


def customer_to_book(session: Transaction, customer_id: int) -> Customer:
    """Return a customer who can be booked. Raises RuleBroken."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise RuleBroken("Choose a customer.", "customer")
    if not customer.active:
        raise RuleBroken(f"{customer.name} is not a customer any more.", "customer")
    return customer
