"""Lay a workload into a fresh database, through the panel's own tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from bench.workload import DAY, Person, Stretches, Workload
from panel.db.base import writing
from panel.db.tables import (
    Appointment,
    Booking,
    BusyBlock,
    Company,
    Connection,
    Customer,
    Employee,
    Mailbox,
    OutlookSettings,
    RemoteCalendarRow,
    Service,
    SpecialDay,
    WorkPeriod,
    employee_services,
)
from panel.services.outbox import Transaction

Hours = tuple[tuple[int, int], ...]


def lay(load: Workload, past: list[Person]) -> None:
    """Write everything in one transaction: people 1 to N, who all offer service 1.

    `past` is what the same people did before. Needs an application context.
    """
    zero = datetime.combine(load.start, time(), UTC)
    with writing() as session:
        _business(session, load, zero)
        for number, person in enumerate(load.people, 1):
            _person(session, number, zero)
            _hours(session, number, person.work, load)
            before = past[number - 1] if past else Person([], [], [])
            _visits(session, number, [*before.appt, *person.appt], zero)
            _outside(session, number, [*before.ext, *person.ext], zero)


def _business(session: Transaction, load: Workload, zero: datetime) -> None:
    rules = {"step_minutes": load.step, "notice_minutes": 0, "horizon_days": 325}
    session.add(Company(id=1, name="Measured", zone="UTC", **rules))
    session.add(OutlookSettings(id=1, enabled=True, client_id="c", tenant="common"))
    session.add(Service(id=1, name="Hour", duration=load.duration, created_at=zero))
    session.add(Customer(id=1, name="Somebody", created_at=zero))
    session.flush()


def _person(session: Transaction, number: int, zero: datetime) -> None:
    """An employee with a calendar at Microsoft that was read a moment ago."""
    name = f"Employee {number:03}"
    session.add(Employee(id=number, name=name, zone="UTC", created_at=zero))
    session.add(Mailbox(id=number, tenant_id="t", object_id=str(number), pulled_at=zero))
    session.flush()
    session.add(
        Connection(
            employee_id=number, mailbox_id=number, state="active", name=name, address=name,
            kind="work", client_id="c", tenant="common", since=zero, importing=False,
        )
    )  # fmt: skip
    session.add(
        RemoteCalendarRow(
            id=number, mailbox_id=number, remote_id="c", name="Calendar", can_edit=True,
            is_default=True, is_write=True, is_blocking=True,
        )
    )  # fmt: skip
    session.flush()
    session.execute(insert(employee_services), {"employee_id": number, "service_id": 1})


def _hours(session: Transaction, number: int, work: Stretches, load: Workload) -> None:
    """The usual week as work hours; every day that differs from it as a special day."""
    days = _by_day(work, load)
    usual = _usual(days)
    for weekday, hours in usual.items():
        for a, b in hours:
            session.add(
                WorkPeriod(employee_id=number, weekday=weekday, kind="work", starts=a, ends=b)
            )
    for day, hours in days.items():
        if hours != usual[day.weekday()]:
            for a, b in hours or ((0, 0),):
                session.add(SpecialDay(employee_id=number, first=day, last=day, starts=a, ends=b))


def _by_day(work: Stretches, load: Workload) -> dict[date, Hours]:
    found: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for first, end in work:
        for day in range(first // DAY, (end - 1) // DAY + 1):
            part = max(first - day * DAY, 0), min(end - day * DAY, DAY)
            found[load.start + timedelta(days=day)].append(part)
    every = (load.start + timedelta(days=day) for day in range(load.days))
    return {day: tuple(sorted(found[day])) for day in every}


def _usual(days: dict[date, Hours]) -> dict[int, Hours]:
    seen: dict[int, Counter[Hours]] = defaultdict(Counter)
    for day, hours in days.items():
        seen[day.weekday()][hours] += 1
    return {weekday: counts.most_common(1)[0][0] for weekday, counts in seen.items()}


def _visits(session: Transaction, number: int, visits: Stretches, zero: datetime) -> None:
    rows = [
        {
            "id": number * 1_000_000 + n, "service_id": 1, "employee_id": number, "zone": "UTC",
            "local_start": f"{a:%Y-%m-%dT%H:%M}", "tzdata": "2026.6", "starts": a, "ends": b,
            "status": "approved", "reference": f"B{number}-{n}", "created_at": zero,
        }
        for n, (a, b) in enumerate(_moments(visits, zero))
    ]  # fmt: skip
    if rows:
        session.execute(insert(Appointment), rows)
        booked = {"customer_id": 1, "status": "approved", "created_at": zero}
        session.execute(insert(Booking), [{"appointment_id": one["id"], **booked} for one in rows])


def _outside(session: Transaction, number: int, blocks: Stretches, zero: datetime) -> None:
    rows: list[dict[str, Any]] = [
        {
            "employee_id": number, "calendar_id": number, "remote_id": f"b{n}", "starts": a,
            "ends": b, "show_as": "busy",
        }
        for n, (a, b) in enumerate(_moments(blocks, zero))
    ]  # fmt: skip
    if rows:
        session.execute(insert(BusyBlock), rows)


def _moments(stretches: Iterable[tuple[int, int]], zero: datetime) -> Iterator[Any]:
    for first, end in stretches:
        yield zero + timedelta(minutes=first), zero + timedelta(minutes=end)
