"""Work hours, breaks, days off and special days: who may set them, and what makes sense."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, or_, select

from panel.db.base import ask, writing
from panel.db.tables import DayOff, Employee, Service, SpecialDay, WorkPeriod
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.schedule import Off, Special, Weekly
from panel.domain.week import check_week, said_of_period
from panel.domain.words import line
from panel.services.outbox import Transaction

_PERIOD, _OFF, _SPECIAL = WorkPeriod.__table__.c, DayOff.__table__.c, SpecialDay.__table__.c
# My Profile reads all three: built once, from the plain tables, which is what costs the least.
_WEEK = (
    select(_PERIOD)
    .where(_PERIOD.employee_id == bindparam("employee"))
    .order_by(_PERIOD.weekday, _PERIOD.starts)
)
_DAYS_OFF = (
    select(_OFF)
    .where(or_(_OFF.employee_id.is_(None), _OFF.employee_id == bindparam("employee")))
    .order_by(_OFF.first, _OFF.id)
)
_SPECIAL_DAYS = (
    select(_SPECIAL)
    .where(_SPECIAL.employee_id == bindparam("employee"))
    .order_by(_SPECIAL.first, _SPECIAL.starts)
)


def week(employee_id: int, *, by: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return an employee's work hours and breaks, Monday first. Raises NotThere."""
    _must_see(by, employee_id)
    return ask(_WEEK, employee=employee_id).all()


def set_week(employee_id: int, periods: Sequence[Weekly], *, by: Actor) -> None:
    """Replace an employee's work hours and breaks; what is booked stays booked.

    Raises RuleBroken as `check_week`, whose `field` says which of the periods is at fault.
    """
    by.must("work_hours", employee_id)
    check_week(periods)
    with writing() as session:
        _must_exist(session, employee_id)
        _check_services(session, [one.service_ids for one in periods])
        session.execute(delete(WorkPeriod).where(WorkPeriod.employee_id == employee_id))
        session.add_all(
            WorkPeriod(
                employee_id=employee_id, weekday=one.weekday, kind=one.kind,
                starts=one.starts, ends=one.ends,
                service_ids=_listed(one.service_ids if one.kind == "work" else None),
            )
            for one in periods
        )  # fmt: skip


def days_off(employee_id: int | None, *, by: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return an employee's days off with the company's; None: only the company's."""
    if employee_id is not None:
        _must_see(by, employee_id)
    return ask(_DAYS_OFF, employee=employee_id).all()


def add_day_off(employee_id: int | None, off: Off, *, by: Actor) -> DayOff:
    """Add days off; without an employee for the whole company. What is booked stays booked."""
    _must_set(by, "days_off", employee_id)
    _check_dates(off.first, off.last)
    with writing() as session:
        _must_exist(session, employee_id)
        row = DayOff(
            employee_id=employee_id, first=off.first, last=off.last, yearly=off.yearly,
            note=line(off.note, "note", "a note", most=200, needed=False),
        )  # fmt: skip
        session.add(row)
    return row


def remove_day_off(day_off_id: int, *, by: Actor) -> None:
    """Take days off back. Raises NotThere, NotAllowed."""
    with writing() as session:
        row = session.get(DayOff, day_off_id)
        if row is None or not (row.employee_id is None or by.sees(row.employee_id)):
            raise NotThere("There is no such day off.")
        _must_set(by, "days_off", row.employee_id)
        session.delete(row)


def special_days(employee_id: int, *, by: Actor) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return an employee's special days, by date; one row for each period."""
    _must_see(by, employee_id)
    return ask(_SPECIAL_DAYS, employee=employee_id).all()


def add_special_days(
    employee_id: int, periods: Sequence[Special], *, by: Actor, note: str = ""
) -> None:
    """Give certain dates other work hours; several periods leave a break between them."""
    by.must("special_days", employee_id)
    if not periods:
        raise RuleBroken("Give the special day its work hours.", "hours")
    for one in periods:
        _check_dates(one.first, one.last)
        if wrong := said_of_period(one.starts, one.ends):
            raise RuleBroken(wrong, "hours")
    said = line(note, "note", "a note", most=200, needed=False)
    with writing() as session:
        _must_exist(session, employee_id)
        _check_services(session, [one.service_ids for one in periods])
        rows = [
            SpecialDay(
                employee_id=employee_id, first=one.first, last=one.last,
                starts=one.starts, ends=one.ends, note=said,
                service_ids=_listed(one.service_ids),
            )
            for one in periods
        ]  # fmt: skip
        _check_special(session, employee_id, rows)
        session.add_all(rows)


def remove_special_day(special_day_id: int, *, by: Actor) -> None:
    """Let those dates be as any other again, with all periods they were given together.

    Raises NotThere, NotAllowed.
    """
    with writing() as session:
        row = session.get(SpecialDay, special_day_id)
        if row is None or not by.sees(row.employee_id):
            raise NotThere("There is no such special day.")
        by.must("special_days", row.employee_id)
        session.execute(
            delete(SpecialDay).where(
                SpecialDay.employee_id == row.employee_id,
                SpecialDay.first == row.first,
                SpecialDay.last == row.last,
                SpecialDay.note == row.note,
            )
        )


def _must_see(by: Actor, employee_id: int) -> None:
    if not by.sees(employee_id):
        raise NotThere("There is no such employee.")


def _must_set(by: Actor, permission: str, employee_id: int | None) -> None:
    if employee_id is not None:
        by.must(permission, employee_id)
    elif not by.in_back_end:
        raise NotAllowed("Only the owner and managers set days off for everybody.")


def _must_exist(session: Transaction, employee_id: int | None) -> None:
    if employee_id is not None and session.get(Employee, employee_id) is None:
        raise NotThere("There is no such employee.")


def _check_dates(first: date, last: date) -> None:
    if last < first:
        raise RuleBroken("The last day is before the first.", "last")


def _check_services(session: Transaction, limits: Sequence[Collection[int] | None]) -> None:
    wanted = {id for limit in limits for id in limit or ()}
    known = select(func.count()).select_from(Service).where(Service.id.in_(wanted))
    if wanted and session.scalar(known) != len(wanted):
        raise RuleBroken("Choose services from the list.", "services")


def _listed(service_ids: Collection[int] | None) -> list[int] | None:
    """As it is kept; limited to nothing means not limited."""
    return sorted(service_ids) if service_ids else None


def _check_special(session: Transaction, employee_id: int, rows: Sequence[SpecialDay]) -> None:
    kept = session.scalars(select(SpecialDay).where(SpecialDay.employee_id == employee_id)).all()
    for place, one in enumerate(rows):
        for other in (*kept, *rows[:place]):
            same_days = one.first <= other.last and other.first <= one.last
            if same_days and one.starts < other.ends and other.starts < one.ends:
                raise RuleBroken("Two periods of a special day overlap.", "hours")
