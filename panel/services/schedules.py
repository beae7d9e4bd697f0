"""Work hours, breaks, days off and special days: who may set them, and what makes sense."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select

from panel.db.base import ask, writing
from panel.db.tables import DayOff, Employee, SpecialDay, WorkPeriod
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.schedule import Off, Special, Weekly
from panel.domain.words import line
from panel.services.outbox import Transaction

DAY = 24 * 60
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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

    Raises RuleBroken where periods of a day overlap or a break lies outside work.
    """
    by.must("work_hours", employee_id)
    _check_week(periods)
    with writing() as session:
        _must_exist(session, employee_id)
        session.execute(delete(WorkPeriod).where(WorkPeriod.employee_id == employee_id))
        session.add_all(
            WorkPeriod(
                employee_id=employee_id, weekday=one.weekday, kind=one.kind,
                starts=one.starts, ends=one.ends,
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
        raise RuleBroken("Give the special day its work hours.", "starts")
    for one in periods:
        _check_dates(one.first, one.last)
        _check_period(one.starts, one.ends)
    said = line(note, "note", "a note", most=200, needed=False)
    with writing() as session:
        _must_exist(session, employee_id)
        rows = [
            SpecialDay(
                employee_id=employee_id, first=one.first, last=one.last,
                starts=one.starts, ends=one.ends, note=said,
            )
            for one in periods
        ]  # fmt: skip
        _check_special(session, employee_id, rows)
        session.add_all(rows)


def remove_special_day(special_day_id: int, *, by: Actor) -> None:
    """Let a special day's period be as any other day again. Raises NotThere, NotAllowed."""
    with writing() as session:
        row = session.get(SpecialDay, special_day_id)
        if row is None or not by.sees(row.employee_id):
            raise NotThere("There is no such special day.")
        by.must("special_days", row.employee_id)
        session.delete(row)


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


def _check_period(starts: int, ends: int, day: str = "") -> None:
    if not 0 <= starts < ends <= DAY:
        place = f" on {day}" if day else ""
        raise RuleBroken(f"Work{place} must end after it starts, within the day.", "ends")


def _check_week(periods: Iterable[Weekly]) -> None:
    days: dict[tuple[int, str], list[Weekly]] = defaultdict(list)
    for one in periods:
        if one.weekday not in range(7) or one.kind not in ("work", "break"):
            raise RuleBroken("Choose a weekday, and work or break.", "weekday")
        _check_period(one.starts, one.ends, WEEKDAYS[one.weekday])
        days[one.weekday, one.kind].append(one)
    for (weekday, _), ones in days.items():
        _check_apart([(one.starts, one.ends) for one in ones], WEEKDAYS[weekday])
    for (weekday, kind), ones in list(days.items()):
        for one in ones:
            if kind == "break" and not _inside(one, days[weekday, "work"]):
                raise RuleBroken(
                    f"A break on {WEEKDAYS[weekday]} lies outside the work hours.", "starts"
                )


def _inside(pause: Weekly, work: Iterable[Weekly]) -> bool:
    return any(one.starts <= pause.starts and pause.ends <= one.ends for one in work)


def _check_apart(spans: Iterable[tuple[int, int]], day: str) -> None:
    for one, following in pairwise(sorted(spans)):
        if following[0] < one[1]:
            raise RuleBroken(f"Two periods on {day} overlap.", "starts")


def _check_special(session: Transaction, employee_id: int, rows: Sequence[SpecialDay]) -> None:
    kept = session.scalars(select(SpecialDay).where(SpecialDay.employee_id == employee_id)).all()
    every = [*kept, *rows]
    for one in rows:
        for other in every:
            same_days = one.first <= other.last and other.first <= one.last
            if (
                one is not other
                and same_days
                and one.starts < other.ends
                and other.starts < one.ends
            ):
                raise RuleBroken("Two periods of a special day overlap.", "starts")
