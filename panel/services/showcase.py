"""What everybody may see of the business, as plain lists for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from panel.db.base import db
from panel.db.tables import Category, Company, Employee, Service, employee_services


@dataclass(frozen=True)
class Shown:
    """An employee whom customers may choose."""

    id: int
    name: str
    service_ids: list[int]


def services() -> list[dict[str, Any]]:
    """Return what can be booked, in its order: id, name, category, duration, price, currency.

    Minutes and hundredths; category and price are None where there is none.
    """
    currency = select(Company.currency).where(Company.id == 1).scalar_subquery()
    rows = db.session.execute(
        select(
            Service.id, Service.name, Category.name.label("category"), Service.duration,
            Service.price, func.coalesce(currency, "EUR").label("currency"),
        )
        .outerjoin(Category, Category.id == Service.category_id)
        .where(Service.active, Service.shown)
        .order_by(
            func.coalesce(Category.position, 0), Service.position, func.lower(Service.name),
            Service.id,
        )
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]


def employees() -> list[Shown]:
    """Return who takes bookings from customers, by name, each with what they offer of it."""
    rows = db.session.execute(
        select(Employee.id, Employee.name, Service.id)
        .outerjoin(employee_services, employee_services.c.employee_id == Employee.id)
        .outerjoin(
            Service,
            (Service.id == employee_services.c.service_id) & Service.active & Service.shown,
        )
        .where(Employee.active, Employee.shown)
        .order_by(func.lower(Employee.name), Employee.id, Service.id)
    )
    found: dict[int, Shown] = {}
    for id, name, service_id in rows:
        one = found.setdefault(id, Shown(id, name, []))
        if service_id is not None:
            one.service_ids.append(service_id)
    return list(found.values())
