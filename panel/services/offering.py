"""Who offers what to whom, as far as a booking must know it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from panel.db.tables import Customer, Employee, Service, employee_services
from panel.domain.errors import NotBookable, NotThere, RuleBroken
from panel.services.outbox import Transaction


class Offered(NamedTuple):
    """A service as one employee gives it: their price for a person (hundredths) and places."""

    employee: Employee
    service: Service
    price: int | None
    places: int

    def price_for(self, persons: int) -> int | None:
        """Return what they pay together, or None where no price is named."""
        return None if self.price is None else self.price * persons

    def must_hold(self, persons: int) -> None:
        """Refuse more persons than one appointment has places. Raises RuleBroken."""
        if persons > self.places:
            many = f"at most {self.places} persons" if self.places > 1 else "one person"
            raise RuleBroken(f"{self.service.name} takes {many} at a time.", "persons")


def employee_who_offers(session: Transaction, employee_id: int, service_id: int) -> Offered:
    """Return both where that employee takes bookings for that service, and on what terms.

    Raises NotThere, and RuleBroken naming the field at fault.
    """
    employee, service = session.get(Employee, employee_id), session.get(Service, service_id)
    if employee is None:
        raise NotThere("There is no such employee.")
    if service is None:
        raise RuleBroken("Choose a service.", "service")
    if not employee.active:
        raise NotBookable(f"{employee.name} takes no bookings any more.", "employee")
    if not service.active:
        raise NotBookable(f"{service.name} is not offered any more.", "service")
    own = session.execute(
        select(employee_services.c.price, employee_services.c.capacity).where(
            employee_services.c.employee_id == employee_id,
            employee_services.c.service_id == service_id,
        )
    ).first()
    if own is None:
        raise NotBookable(f"{employee.name} does not offer {service.name}.", "service")
    price = service.price if own.price is None else own.price
    return Offered(employee, service, price, own.capacity or service.capacity)


def customer_to_book(session: Transaction, customer_id: int) -> Customer:
    """Return a customer who can be booked, held until the caller's transaction ends.

    So nobody is erased or merged away meanwhile. Hold the employees before. Raises RuleBroken.
    """
    query = select(Customer).where(Customer.id == customer_id).with_for_update()
    customer: Customer | None = session.scalar(query.execution_options(populate_existing=True))
    if customer is None:
        raise RuleBroken("Choose a customer.", "customer")
    if not customer.active:
        raise RuleBroken(f"{customer.name} is not a customer any more.", "customer")
    return customer
