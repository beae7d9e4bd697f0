"""Read when employees work, as values; one query for each kind of row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_, select

from panel.db.tables import DayOff, Employee, SpecialDay, WorkPeriod
from panel.domain.schedule import Off, Plan, Special, Weekly
from panel.services.outbox import Transaction


def plans(session: Transaction, employee_ids: Collection[int]) -> dict[int, Plan]:
    """Return each employee's schedule; the company's days off are in everybody's."""
    weekly: dict[int, list[Weekly]] = defaultdict(list)
    for period in session.scalars(
        select(WorkPeriod).where(WorkPeriod.employee_id.in_(employee_ids))
    ):
        one = Weekly(period.weekday, period.kind, period.starts, period.ends)
        weekly[period.employee_id].append(one)
    special: dict[int, list[Special]] = defaultdict(list)
    for day in session.scalars(select(SpecialDay).where(SpecialDay.employee_id.in_(employee_ids))):
        special[day.employee_id].append(Special(day.first, day.last, day.starts, day.ends))
    off = _off(session, employee_ids)
    zones = session.execute(select(Employee.id, Employee.zone).where(Employee.id.in_(employee_ids)))
    return {
        id: Plan(zone, tuple(weekly[id]), tuple(off[None] + off[id]), tuple(special[id]))
        for id, zone in zones
    }


def _off(session: Transaction, employee_ids: Collection[int]) -> dict[int | None, list[Off]]:
    found: dict[int | None, list[Off]] = defaultdict(list)
    rows = select(DayOff).where(
        or_(DayOff.employee_id.is_(None), DayOff.employee_id.in_(employee_ids))
    )
    for day in session.scalars(rows.order_by(DayOff.first)):
        found[day.employee_id].append(Off(day.first, day.last, day.yearly, day.note))
    return found
