"""What customers see of the business before they choose: services, and who gives them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from panel.db.base import db
from panel.db.tables import (
    Category,
    Employee,
    Picture,
    Service,
    ServiceQuestion,
    employee_services,
)
from panel.domain.errors import NotThere


@dataclass(frozen=True)
class Shelf:
    """A category with its services, in their order; without a name, those that have none."""

    name: str
    services: tuple[Row[*tuple[Any, ...]], ...]


@dataclass(frozen=True)
class Offered:
    """One service as its own page shows it: its row, who gives it, and what is asked."""

    service: Row[*tuple[Any, ...]]
    employees: tuple[Row[*tuple[Any, ...]], ...]
    questions: tuple[ServiceQuestion, ...]

    def name_of(self, employee_id: int | None) -> str:
        """Return the name of one who gives it, or nothing for whoever is free."""
        return next((one.name for one in self.employees if one.id == employee_id), "")


def shelves(employee_id: int | None = None) -> list[Shelf]:
    """Return what customers can book, with one employee or with anybody.

    Only what somebody gives whom customers may see.
    """
    query = _SHOWN if employee_id is None else _SHOWN.where(_EMPLOYEE.id == employee_id)
    rows = db.session.execute(query).all()
    return [Shelf(name or "", tuple(found)) for name, found in groupby(rows, lambda row: row.shelf)]


def offered(service_id: int) -> Offered:
    """Return one service that customers can book. Raises NotThere."""
    row = db.session.execute(_SHOWN.where(_SERVICE.id == service_id)).one_or_none()
    if row is None:
        raise NotThere("There is no such service, or it cannot be booked at the moment.")
    givers = db.session.execute(_GIVERS, {"service": service_id}).all()
    questions = db.session.scalars(
        select(ServiceQuestion)
        .where(ServiceQuestion.service_id == service_id)
        .order_by(ServiceQuestion.position, ServiceQuestion.id)
    ).all()
    return Offered(row, tuple(givers), tuple(questions))


# Built once, from the plain tables.
_SERVICE, _EMPLOYEE, _CATEGORY = (table.__table__.c for table in (Service, Employee, Category))
_GIVEN = employee_services.c
_LEAST, _MOST = (part(func.coalesce(_GIVEN.price, _SERVICE.price)) for part in (func.min, func.max))
_SHOWN = (
    select(
        _SERVICE.id, _SERVICE.name, _SERVICE.description, _SERVICE.tone, _SERVICE.duration,
        _SERVICE.place, _SERVICE.horizon_days, _CATEGORY.name.label("shelf"), _LEAST.label("least"),
        _MOST.label("most"),
        func.max(func.coalesce(_GIVEN.capacity, _SERVICE.capacity)).label("capacity"),
    )
    .select_from(Service.__table__)
    .join(employee_services, _GIVEN.service_id == _SERVICE.id)
    .join(Employee.__table__, _EMPLOYEE.id == _GIVEN.employee_id)
    .outerjoin(Category.__table__, _CATEGORY.id == _SERVICE.category_id)
    .where(_SERVICE.active, _SERVICE.shown, _EMPLOYEE.active, _EMPLOYEE.shown)
    .group_by(
        _SERVICE.id, _SERVICE.name, _SERVICE.description, _SERVICE.tone, _SERVICE.duration,
        _SERVICE.place, _SERVICE.horizon_days, _SERVICE.position,
        _CATEGORY.id, _CATEGORY.name, _CATEGORY.position,
    )
    .order_by(
        _CATEGORY.position.is_(None), _CATEGORY.position, _CATEGORY.id, _SERVICE.position,
        func.lower(_SERVICE.name),
    )
)  # fmt: skip
_GIVERS = (
    select(
        _EMPLOYEE.id, _EMPLOYEE.name, _EMPLOYEE.title, _EMPLOYEE.tone,
        func.coalesce(_GIVEN.price, _SERVICE.price).label("price"),
        Picture.__table__.c.digest.label("photo"),
    )
    .select_from(Employee.__table__)
    .join(employee_services, _GIVEN.employee_id == _EMPLOYEE.id)
    .join(Service.__table__, _SERVICE.id == _GIVEN.service_id)
    .outerjoin(Picture.__table__, Picture.__table__.c.id == _EMPLOYEE.photo_id)
    .where(_GIVEN.service_id == bindparam("service"), _EMPLOYEE.active, _EMPLOYEE.shown)
    .order_by(func.lower(_EMPLOYEE.name), _EMPLOYEE.id)
)  # fmt: skip
