"""Rows for tests: everything has a sensible value, and a test names only what it is about.

Each function writes and commits, and returns the row. Needs an application context.
"""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.security import generate_password_hash

from panel.db import tables
from panel.db.base import writing

THEN = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSWORD = "demo"
# Made with few rounds: a test signs in often, and nobody guesses here.
HASH = generate_password_hash(PASSWORD, method="pbkdf2:sha256:1")
numbers = itertools.count(1)


def save(row: Any) -> Any:
    with writing() as session:
        session.add(row)
    return row


def company(**given: Any) -> tables.Company:
    return save(tables.Company(**{"id": 1, "name": "Studio", "zone": "Europe/Berlin", **given}))


def user(**given: Any) -> tables.User:
    given.setdefault("email", f"user{next(numbers)}@panel.test")
    usual = {"name": "Ruth Linden", "role": "owner", "password_hash": HASH, "created_at": THEN}
    return save(tables.User(**{**usual, **given}))


def employee(**given: Any) -> tables.Employee:
    usual = {"name": "Anna Berg", "zone": "Europe/Berlin", "created_at": THEN}
    return save(tables.Employee(**{**usual, **given}))


def service(**given: Any) -> tables.Service:
    usual = {"name": "First consultation", "duration": 60, "created_at": THEN}
    return save(tables.Service(**{**usual, **given}))


def customer(**given: Any) -> tables.Customer:
    usual = {"name": "Lea Roth", "email": "lea@example.test", "created_at": THEN}
    return save(tables.Customer(**{**usual, **given}))


def appointment(
    *, of: tables.Employee, starts: datetime, minutes: int = 60, **given: Any
) -> tables.Appointment:
    """Add an appointment of an employee; a service is made where none is given."""
    offered = given.pop("service", None) or service()
    usual = {
        "service_id": offered.id,
        "employee_id": of.id,
        "local_start": starts.strftime("%Y-%m-%dT%H:%M"),
        "zone": "UTC",
        "tzdata": "2026.6",
        "starts": starts,
        "ends": starts + timedelta(minutes=minutes),
        "status": "approved",
        "reference": f"T{next(numbers):05}",
        "created_at": THEN,
    }
    return save(tables.Appointment(**{**usual, **given}))


def outlook_settings(**given: Any) -> tables.OutlookSettings:
    return save(tables.OutlookSettings(**{"id": 1, "enabled": True, **given}))
