"""Who offers a service, and on which terms of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from panel.db.base import db
from panel.db.tables import Employee, employee_services
from panel.domain.words import whole
from panel.services.outbox import Transaction

MOST_PLACES, MOST_MONEY = 500, 10_000_000
_GIVEN = employee_services.c


@dataclass(frozen=True)
class Terms:
    """An employee's own price (hundredths, for a person) and places; None follows the service."""

    price: int | None = None
    capacity: int | None = None


@dataclass(frozen=True)
class Giver:
    """An active employee, whether they offer a service, and on which terms."""

    id: int
    name: str
    tone: int
    gives: bool
    terms: Terms


# Who offers it: with their own terms, or only who, which leaves the terms as they are.
Givers = Mapping[int, Terms] | Collection[int]


def all_givers(service_id: int | None) -> list[Giver]:
    """Return every active employee by name, whether they offer this service or not."""
    given = and_(_GIVEN.employee_id == Employee.id, _GIVEN.service_id == service_id)
    query = (
        select(
            Employee.id, Employee.name, Employee.tone,
            _GIVEN.service_id, _GIVEN.price, _GIVEN.capacity,
        )
        .outerjoin(employee_services, given)
        .where(Employee.active)
        .order_by(func.lower(Employee.name))
    )  # fmt: skip
    return [
        Giver(id, name, tone, gives is not None, Terms(price, capacity))
        for id, name, tone, gives, price, capacity in db.session.execute(query)
    ]


def set_givers(session: Transaction, service_id: int, givers: Givers) -> None:
    """Say who offers a service, within the caller's transaction. Raises RuleBroken.

    An employee who takes no bookings any more keeps offering it, for the day they are back.
    """
    wanted = (
        dict(givers) if isinstance(givers, Mapping) else _as_before(session, service_id, givers)
    )
    active = set(session.scalars(select(Employee.id).where(Employee.active)))
    table = employee_services
    session.execute(
        table.delete().where(_GIVEN.service_id == service_id, _GIVEN.employee_id.in_(active))
    )
    rows = [
        {"employee_id": id, "service_id": service_id, **vars(_checked(terms))}
        for id, terms in sorted(wanted.items())
        if id in active
    ]
    if rows:
        session.execute(table.insert(), rows)


def _as_before(
    session: Transaction, service_id: int, employees: Collection[int]
) -> dict[int, Terms]:
    rows = session.execute(
        select(_GIVEN.employee_id, _GIVEN.price, _GIVEN.capacity).where(
            _GIVEN.service_id == service_id
        )
    )
    before = {id: Terms(price, capacity) for id, price, capacity in rows}
    return {id: before.get(id, Terms()) for id in employees}


def _checked(terms: Terms) -> Terms:
    if terms.price is not None:
        whole(terms.price, "givers", least=0, most=MOST_MONEY, unit="hundredths")
    if terms.capacity is not None:
        whole(terms.capacity, "givers", least=1, most=MOST_PLACES, unit="places")
    return terms
