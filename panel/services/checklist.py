"""From an empty database to the first booking: what is there already, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, Select, exists, func, select

from panel.db.base import ask, fixed, writing
from panel.db.tables import (
    Appointment,
    Company,
    Employee,
    OutlookSettings,
    Service,
    WorkPeriod,
    employee_services,
)
from panel.domain.people import Actor
from panel.services.company import current


@dataclass(frozen=True)
class Evidence:
    """What the tables say. `idle_id` is an employee without work hours, `unoffered_id` a
    service that nobody offers; each None where there is none.
    """

    hidden: bool
    named: bool
    employees: int
    working: int
    idle_id: int | None
    offered: int
    unoffered_id: int | None
    outlook: bool
    booked: bool


def evidence(by: Actor) -> Evidence:
    """Look at everything in one statement. Only the owner is led through it."""
    by.must_own()
    return Evidence(*ask(_LOOK).one())


def put_away(hidden: bool, *, by: Actor) -> None:
    """Hide the list of first steps, or show it again. Only the owner may."""
    by.must_own()
    with writing() as session:
        company = current()
        company.checklist_hidden = hidden
        session.add(company)


def _scalar(query: Select[int]) -> ScalarSelect[int]:
    return query.scalar_subquery()


def _look() -> Select[bool, bool, int, int, int, int, int, bool, bool]:
    here = Company.id == 1
    works = exists().where(WorkPeriod.employee_id == Employee.id, WorkPeriod.kind == fixed("work"))
    offers = exists().where(
        employee_services.c.service_id == Service.id,
        employee_services.c.employee_id == Employee.id,
        Employee.active,
    )
    configured = (OutlookSettings.client_id != fixed("")) & OutlookSettings.client_secret.is_not(
        None
    )
    return select(
        exists().where(here, Company.checklist_hidden),
        exists().where(here, Company.name != "Panel"),
        _scalar(select(func.count(Employee.id)).where(Employee.active)),
        _scalar(select(func.count(Employee.id)).where(Employee.active, works)),
        _scalar(select(func.min(Employee.id)).where(Employee.active, ~works)),
        _scalar(select(func.count(Service.id)).where(Service.active, offers)),
        _scalar(select(func.min(Service.id)).where(Service.active, ~offers)),
        exists().where(OutlookSettings.enabled, configured),
        exists().where(Appointment.id.is_not(None)),
    )


_LOOK = _look()
