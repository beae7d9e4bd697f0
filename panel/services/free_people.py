"""Whose times a search may show, and by which rules: one statement for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from panel.db.tables import (
    Company,
    Connection,
    Employee,
    Mailbox,
    OutlookSettings,
    Service,
    employee_services,
)
from panel.domain.errors import NotThere
from panel.domain.silence import offered
from panel.services.outbox import Transaction

AnyRow = Row[*tuple[Any, ...]]


def rules_of(session: Transaction, service_id: int, *, staff: bool) -> AnyRow:
    """Return the service with the company's and the integration's rules, as one row.

    Raises NotThere where it is not offered, or is hidden from whoever asks.
    """
    rules = session.execute(_RULES, {"service": service_id}).one_or_none()
    if rules is None or not rules.active or not (rules.shown or staff):
        raise NotThere("There is no such service.")
    return rules


def people(
    session: Transaction,
    rules: AnyRow,
    employee_id: int | None,
    *,
    staff: bool,
    now: datetime,
) -> list[AnyRow]:
    """Return who offers the service and whose times may be shown now, by name.

    Raises NotThere where one is asked for who does not offer it.
    """
    rows = session.execute(_PEOPLE, {"service": rules.id}).all()
    found = [one for one in _one_each(rows, rules) if one.shown or staff]
    if employee_id is not None:
        found = [one for one in found if one.id == employee_id]
        if not found:
            raise NotThere("There is no such employee, or they do not offer this service.")
    return [one for one in found if staff or may_be_offered(one, rules, now)]


def _one_each(rows: Sequence[AnyRow], rules: AnyRow) -> list[AnyRow]:
    """Of somebody with several accounts, the row of the one that has been silent the longest."""
    found: dict[int, AnyRow] = {}
    for row in rows:
        known, silent = found.setdefault(row.id, row), silent_since(row, rules)
        if known is not row and silent is not None:
            before = silent_since(known, rules)
            found[row.id] = row if before is None or silent < before else known
    return list(found.values())


def is_blocked_by_outlook(person: AnyRow, rules: AnyRow) -> bool:
    """Say whether what is busy in their Outlook takes their time (R12)."""
    wanted = rules.block_busy if person.block_busy is None else person.block_busy
    return bool(rules.enabled and wanted)


def may_be_offered(person: AnyRow, rules: AnyRow, now: datetime) -> bool:
    """Say whether their times may be shown, as far as Outlook can be asked about them."""
    if not is_blocked_by_outlook(person, rules):
        return True
    return offered(silent_since(person, rules), rules.when_unknown, now)


def may_be_unknown(person: AnyRow, rules: AnyRow) -> bool:
    """Say whether it is unknown what their Outlook says, though it should count."""
    return is_blocked_by_outlook(person, rules) and silent_since(person, rules) is not None


def silent_since(person: AnyRow, rules: AnyRow) -> datetime | None:
    """Return since when their Outlook cannot be asked (aware UTC); None while it can.

    While the first import runs, while Microsoft wants them to sign in again, while it does not
    answer, and where the connection was made with another registration.
    """
    if person.since is None:
        return None
    known: list[datetime | None] = [person.silent_since, person.refused_at]
    if person.importing:
        known.append(person.since)
    if (person.client_id, person.tenant) != (rules.client_id, rules.tenant):
        known.append(person.pulled_at or person.since)
    return min((one for one in known if one is not None), default=None)


# Built once, from the plain tables: every search begins with these.
_COMPANY, _SERVICE, _OUTLOOK = (table.__table__.c for table in (Company, Service, OutlookSettings))
_EMPLOYEE, _LINK, _MAILBOX = (table.__table__.c for table in (Employee, Connection, Mailbox))
_GIVEN = employee_services.c
_RULES = (
    select(
        _SERVICE.id, _SERVICE.name, _SERVICE.duration, _SERVICE.buffer_before,
        _SERVICE.buffer_after, _SERVICE.capacity, _SERVICE.active, _SERVICE.shown,
        func.coalesce(_SERVICE.notice_minutes, _COMPANY.notice_minutes).label("notice"),
        func.coalesce(_SERVICE.horizon_days, _COMPANY.horizon_days).label("horizon"),
        _COMPANY.zone, _COMPANY.step_minutes.label("step"),
        _OUTLOOK.enabled, _OUTLOOK.block_busy, _OUTLOOK.blocking_kinds, _OUTLOOK.block_all_day,
        _OUTLOOK.when_unknown, _OUTLOOK.client_id, _OUTLOOK.tenant,
    )
    .select_from(Service.__table__)
    .join(Company.__table__, _COMPANY.id == 1)
    .outerjoin(OutlookSettings.__table__, _OUTLOOK.id == 1)
    .where(_SERVICE.id == bindparam("service"))
)  # fmt: skip
_PEOPLE = (
    select(
        _EMPLOYEE.id, _EMPLOYEE.name, _EMPLOYEE.zone, _EMPLOYEE.shown, _EMPLOYEE.block_busy,
        _EMPLOYEE.most_a_day, _GIVEN.capacity, _LINK.since, _LINK.importing, _LINK.refused_at,
        _LINK.client_id, _LINK.tenant, _MAILBOX.silent_since, _MAILBOX.pulled_at,
    )
    .select_from(Employee.__table__)
    .join(employee_services, _GIVEN.employee_id == _EMPLOYEE.id)
    .outerjoin(
        Connection.__table__, (_LINK.employee_id == _EMPLOYEE.id) & (_LINK.state == "active")
    )
    .outerjoin(Mailbox.__table__, _MAILBOX.id == _LINK.mailbox_id)
    .where(_GIVEN.service_id == bindparam("service"), _EMPLOYEE.active)
    .order_by(func.lower(_EMPLOYEE.name), _EMPLOYEE.id)
)  # fmt: skip
