"""Make the studio: its people, what it offers, and two weeks of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache

from sqlalchemy import select
from werkzeug.security import generate_password_hash

from panel.db.base import db, writing
from panel.db.tables import (
    Appointment,
    Category,
    Company,
    Customer,
    DayOff,
    Employee,
    Event,
    OutlookSettings,
    Service,
    ServiceQuestion,
    User,
    WorkPeriod,
    employee_services,
)
from panel.domain.errors import RuleBroken
from panel.domain.moments import local
from panel.domain.people import Actor
from panel.services.demo import cast, dates, postbox
from panel.services.demo.diary import book_all, fill_gatherings, hold_gatherings
from panel.services.integration import SECRET
from panel.services.outbox import Transaction
from panel.services.sealing import seal

KEPT = (Company, User, Employee, Service, Customer, Appointment, Event, OutlookSettings)


def make(*, keys: Sequence[str], now: datetime, smtp_port: int | None = None) -> None:
    """Fill an empty database with the studio, whole or not at all.

    Mails go to the sandbox at `smtp_port` of this machine, if one is given. `keys` seal the
    sandbox's client secret. Raises RuleBroken where there is anything already: nothing is
    ever overwritten.
    """
    with writing() as session:
        if not is_empty():
            raise RuleBroken("There is something in this database already, so nothing was added.")
        owner = _business(session, keys, now)
        services = _services(session, now)
        staff = {key: _employee(session, key, services, now) for key in cast.EMPLOYEES}
        _days_off(session, staff["anna"], now)
        hold_gatherings(session, staff, owner, now)
        book_all(session, staff, services, owner, now)
        fill_gatherings(session, owner, now)
        postbox.forget_told(session)
        if smtp_port:
            postbox.set_up(session, smtp_port)


def is_empty() -> bool:
    """Say whether nobody has put anything into this database yet."""
    return all(db.session.scalar(select(table.id).limit(1)) is None for table in KEPT)


def _business(session: Transaction, keys: Sequence[str], now: datetime) -> Actor:
    session.add(Company(id=1, **cast.COMPANY))
    secret = seal(keys, SECRET, {"secret": cast.CLIENT_SECRET})
    session.add(
        OutlookSettings(
            id=1, enabled=True, client_id=cast.CLIENT_ID, client_secret=secret, tenant="common"
        )
    )
    _login(session, *cast.MANAGER, "manager", now)
    owner = _login(session, *cast.OWNER, "owner", now)
    return Actor(owner.id, owner.name, "owner")


@cache
def _hash() -> str:
    # One for all: it is slow by design, and everybody knows this password.
    return generate_password_hash(cast.PASSWORD)


def _login(session: Transaction, name: str, email: str, role: str, now: datetime) -> User:
    user = User(
        name=name, email=email, role=role, active=True, created_at=now, password_hash=_hash()
    )
    session.add(user)
    session.flush()
    return user


def _services(session: Transaction, now: datetime) -> dict[str, int]:
    rows = {
        key: Service(**asdict(offer), active=True, created_at=now)
        for key, offer in cast.OFFERS.items()
    }
    session.add_all(rows.values())
    for position, (name, under) in enumerate(cast.CATEGORIES.items(), 1):
        heading = Category(name=name, position=position)
        session.add(heading)
        session.flush()
        for place, key in enumerate(under, 1):
            rows[key].category_id, rows[key].position = heading.id, place
    for key, asked in cast.QUESTIONS.items():
        session.add_all(
            ServiceQuestion(service_id=rows[key].id, position=place, **asdict(one))
            for place, one in enumerate(asked, 1)
        )
    return {key: row.id for key, row in rows.items()}


def _employee(session: Transaction, key: str, services: dict[str, int], now: datetime) -> int:
    email, details, permissions, offered, hours = cast.EMPLOYEES[key]
    login = _login(session, details.name, email, "employee", now)
    row = Employee(
        **asdict(details), user_id=login.id, permissions=list(permissions),
        active=True, created_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    given = [{"employee_id": row.id, "service_id": services[one]} for one in offered]
    session.execute(employee_services.insert(), given)
    session.add_all(_week(row.id, hours))
    return row.id


def _week(employee_id: int, hours: Iterable[cast.Hours]) -> list[WorkPeriod]:
    work = [(day, "work", starts, ends) for days, starts, ends in hours for day in days]
    rest = [(day, "break", *cast.BREAK) for day, *_ in work if day < 5]
    return [
        WorkPeriod(employee_id=employee_id, weekday=day, kind=kind, starts=starts, ends=ends)
        for day, kind, starts, ends in [*work, *rest]
    ]


def _days_off(session: Transaction, anna: int, now: datetime) -> None:
    today = local(now, cast.ZONE).date()
    first, last = dates.winter_holiday(today)
    session.add(DayOff(first=first, last=last, note="Winter holiday, whole studio"))
    course = dates.course(today)
    session.add(DayOff(employee_id=anna, first=course, last=course, note="Course in Bath"))
