"""The services that can be booked: create them, edit them, list them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select

from panel.db.base import ask, db, writing
from panel.db.tables import Appointment, Employee, Service, employee_services
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.domain.words import line, whole
from panel.services import outbox
from panel.services.outbox import Transaction
from panel.services.paging import Page, paged

TONES = range(1, 9)
_SERVICE, _GIVEN = Service.__table__.c, employee_services.c
_OFFERED = (
    select(_SERVICE.id, _SERVICE.name, _SERVICE.tone, _SERVICE.duration)
    .join_from(Service.__table__, employee_services, _GIVEN.service_id == _SERVICE.id)
    .where(_GIVEN.employee_id == bindparam("employee"), _SERVICE.active)
    .order_by(func.lower(_SERVICE.name))
)


@dataclass(frozen=True)
class Offer:
    """What a service is. Minutes; the price in hundredths of the currency, or None."""

    name: str
    duration: int
    tone: int = 1
    description: str = ""
    buffer_before: int = 0
    buffer_after: int = 0
    price: int | None = None
    place: str = ""


def create(offer: Offer, *, by: Actor, now: datetime, employees: Collection[int] = ()) -> Service:
    """Add a service, offered by these employees. Raises RuleBroken, NotAllowed."""
    by.must_be_in_back_end()
    with writing() as session:
        service = Service(created_at=now, active=True)
        _fill(service, offer)
        session.add(service)
        session.flush()
        _offered_by(session, service.id, employees)
    return service


def edit(
    service_id: int,
    offer: Offer,
    *,
    by: Actor,
    now: datetime,
    employees: Collection[int] | None = None,
) -> Service:
    """Change a service; appointments that are booked keep their length and buffers, and their
    copies follow what it is called.

    `employees` None leaves who offers it as it is. Raises RuleBroken, NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        service = _found(session.get(Service, service_id))
        before = service.name, service.place
        _fill(service, offer)
        if employees is not None:
            _offered_by(session, service.id, employees)
        if (service.name, service.place) != before:
            session.flush()
            for appointment_id in session.scalars(_coming(service.id, now)).all():
                outbox.changed(session, "appointment", appointment_id, now=now)
    return service


def set_active(service_id: int, active: bool, *, by: Actor) -> Service:
    """Offer a service again, or no longer; what is booked stays booked."""
    by.must_be_in_back_end()
    with writing() as session:
        service = _found(session.get(Service, service_id))
        service.active = active
    return service


def one(service_id: int) -> Service:
    """Return one service. Raises NotThere."""
    return _found(db.session.get(Service, service_id))


def listed(*, search: str = "", active: bool | None = None, page: int = 1) -> Page[Service]:
    """Return one page of the services by name; `active` None shows both kinds."""
    query = select(Service).order_by(func.lower(Service.name), Service.id)
    if active is not None:
        query = query.where(Service.active.is_(active))
    for word in search.split()[:8]:
        query = query.where(
            or_(
                Service.name.icontains(word, autoescape=True),
                Service.description.icontains(word, autoescape=True),
            )
        )
    return paged(query, page)


def all_active() -> list[Service]:
    """Return every service that is offered now, by name."""
    return list(
        db.session.scalars(select(Service).where(Service.active).order_by(func.lower(Service.name)))
    )


def of_employee(employee_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the services that an employee offers now, by name: id, name, tone, duration."""
    return ask(_OFFERED, employee=employee_id).all()


def givers(service_id: int) -> list[Employee]:
    """Return the active employees who offer a service, by name."""
    query = (
        select(Employee)
        .join(employee_services, employee_services.c.employee_id == Employee.id)
        .where(employee_services.c.service_id == service_id, Employee.active)
    )
    return list(db.session.scalars(query.order_by(func.lower(Employee.name))))


def _coming(service_id: int, now: datetime) -> Select[int]:
    return select(Appointment.id).where(
        Appointment.service_id == service_id, Appointment.ends > now
    )


def _found(service: Service | None) -> Service:
    if service is None:
        raise NotThere("There is no such service.")
    return service


def _fill(service: Service, offer: Offer) -> None:
    service.name = line(offer.name, "name", "the service a name")
    service.duration = whole(offer.duration, "duration", least=5, most=1440, unit="minutes")
    service.tone = whole(offer.tone, "tone", least=1, most=8, unit="colours")
    service.description = offer.description.strip()
    for side in ("buffer_before", "buffer_after"):
        setattr(service, side, whole(getattr(offer, side), side, least=0, most=720, unit="minutes"))
    if offer.price is not None:
        whole(offer.price, "price", least=0, most=10_000_000, unit="hundredths")
    service.price = offer.price
    service.place = line(offer.place, "place", "a place", most=200, needed=False)


def _offered_by(session: Transaction, service_id: int, employees: Collection[int]) -> None:
    table = employee_services
    session.execute(table.delete().where(table.c.service_id == service_id))
    if employees:
        rows = [{"employee_id": id, "service_id": service_id} for id in sorted(set(employees))]
        session.execute(table.insert(), rows)
