"""Read when employees work, as values; one query for each kind of row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import or_, select

from panel.db.tables import DayOff, Employee, SpecialDay, WorkPeriod
from panel.domain.schedule import Off, Plan, Special, Weekly
from panel.services.outbox import Transaction
from panel.services.whose import Whose


def plans(session: Transaction, employee_ids: Collection[int]) -> dict[int, Plan]:
    """Return each employee's schedule; the company's days off are in everybody's."""
    zones = _ZONES.ask(session, employee_ids)
    return plans_in(session, dict(tuple(row) for row in zones))


def plans_in(session: Transaction, zones: Mapping[int, str]) -> dict[int, Plan]:
    """The same where each employee's zone is known already."""
    weekly: dict[int, list[Weekly]] = defaultdict(list)
    for id, weekday, kind, starts, ends, only in _WEEKLY.ask(session, zones.keys()):
        weekly[id].append(Weekly(weekday, kind, starts, ends, _these(only)))
    special: dict[int, list[Special]] = defaultdict(list)
    for id, first, last, starts, ends, only in _SPECIAL.ask(session, zones.keys()):
        special[id].append(Special(first, last, starts, ends, _these(only)))
    off: dict[int | None, list[Off]] = defaultdict(list)
    for id, *days in _OFF.ask(session, zones.keys()):
        off[id].append(Off(*days))
    return {
        id: Plan(zone, tuple(weekly[id]), tuple(off[None] + off[id]), tuple(special[id]))
        for id, zone in zones.items()
    }


def _these(service_ids: list[int] | None) -> frozenset[int] | None:
    return None if service_ids is None else frozenset(service_ids)


# Built once, from the plain tables: every look at somebody's time begins with these.
_week, _day = WorkPeriod.__table__.c, SpecialDay.__table__.c
_off, _who = DayOff.__table__.c, Employee.__table__.c
_WEEKLY = Whose(
    lambda who: select(
        _week.employee_id, _week.weekday, _week.kind, _week.starts, _week.ends, _week.service_ids
    ).where(who(_week.employee_id))
)
_SPECIAL = Whose(
    lambda who: select(
        _day.employee_id, _day.first, _day.last, _day.starts, _day.ends, _day.service_ids
    ).where(who(_day.employee_id))
)
_OFF = Whose(
    lambda who: (
        select(_off.employee_id, _off.first, _off.last, _off.yearly, _off.note)
        .where(or_(_off.employee_id.is_(None), who(_off.employee_id)))
        .order_by(_off.first)
    )
)
_ZONES = Whose(lambda who: select(_who.id, _who.zone).where(who(_who.id)))
