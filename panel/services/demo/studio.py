"""Make the studio: its people, what it offers, and two weeks of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from werkzeug.security import generate_password_hash

from panel.db.base import db, writing
from panel.db.tables import (
    Appointment,
    Company,
    Customer,
    Employee,
    Event,
    OutlookSettings,
    Service,
    User,
)
from panel.domain.errors import RuleBroken
from panel.domain.moments import local
from panel.domain.people import Actor
from panel.domain.schedule import Off, Weekly
from panel.services import employees, offers, schedules
from panel.services.demo import cast, dates
from panel.services.demo.diary import book_all, hold_gatherings
from panel.services.integration import SECRET
from panel.services.sealing import seal

KEPT = (Company, User, Employee, Service, Customer, Appointment, Event, OutlookSettings)


def make(*, keys: Sequence[str], now: datetime) -> None:
    """Fill an empty database with the studio; `keys` seal the sandbox's client secret.

    Raises RuleBroken where there is anything already: nothing is ever overwritten.
    """
    if not is_empty():
        raise RuleBroken("There is something in this database already, so nothing was added.")
    owner = _business(keys, now)
    services = {
        key: offers.create(offer, by=owner, now=now).id for key, offer in cast.OFFERS.items()
    }
    staff = {key: _employee(key, services, owner, now) for key in cast.EMPLOYEES}
    today = local(now, cast.ZONE).date()
    first, last = dates.winter_holiday(today)
    schedules.add_day_off(None, Off(first, last, note="Winter holiday, whole studio"), by=owner)
    course = dates.course(today)
    schedules.add_day_off(staff["anna"], Off(course, course, note="Course in Bath"), by=owner)
    hold_gatherings(staff, owner, now)
    book_all(staff, services, owner, now)


def is_empty() -> bool:
    """Say whether nobody has put anything into this database yet."""
    return all(db.session.scalar(select(table.id).limit(1)) is None for table in KEPT)


def _business(keys: Sequence[str], now: datetime) -> Actor:
    with writing() as session:
        session.add(Company(id=1, **cast.COMPANY))
        session.add(
            OutlookSettings(
                id=1,
                enabled=True,
                client_id=cast.CLIENT_ID,
                client_secret=seal(keys, SECRET, {"secret": cast.CLIENT_SECRET}),
                tenant="common",
            )
        )
        owner = _login(*cast.OWNER, "owner", now)
        session.add_all([owner, _login(*cast.MANAGER, "manager", now)])
    return Actor(owner.id, owner.name, "owner")


def _login(name: str, email: str, role: str, now: datetime) -> User:
    return User(
        name=name, email=email, role=role, active=True, created_at=now,
        password_hash=generate_password_hash(cast.PASSWORD),
    )  # fmt: skip


def _employee(key: str, services: dict[str, int], owner: Actor, now: datetime) -> int:
    email, details, permissions, offered, hours = cast.EMPLOYEES[key]
    with writing() as session:
        login = _login(details.name, email, "employee", now)
        session.add(login)
    made = employees.create(details, by=owner, now=now)
    employees.link_login(made.id, login.id, by=owner)
    employees.set_permissions(made.id, permissions, by=owner)
    employees.set_services(made.id, [services[one] for one in offered], by=owner)
    work = [Weekly(day, "work", a, b) for days, a, b in hours for day in days]
    rest = [Weekly(one.weekday, "break", *cast.BREAK) for one in work if one.weekday < 5]
    schedules.set_week(made.id, work + rest, by=owner)
    return made.id
