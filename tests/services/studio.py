"""A small studio for tests: Anna, who works 9 to 17 with a break, and Ben."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from panel.db.base import writing
from panel.db.tables import Employee, WorkPeriod, employee_services
from panel.domain.people import PERMISSIONS, Actor
from panel.services import appointments
from tests import make

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OWNER = Actor(None, "Ruth Linden", "owner")


class Studio:
    """Needs an application context. Times are those of Europe/Berlin.

    Its people are values, not rows, so that threads can share them.
    """

    def __init__(self) -> None:
        make.company()
        self.anna = plain(make.employee(name="Anna Berg"))
        self.ben = plain(make.employee(name="Ben Ode"))
        self.massage = plain(make.service(name="Sports massage"))
        self.lea = plain(make.customer(name="Lea Roth"))
        self.ines = plain(make.customer(name="Ines Carvalho", email="ines@example.test"))
        with writing() as session:
            for one in (self.anna, self.ben):
                session.add_all(WorkPeriod(employee_id=one.id, **period) for period in week())
                session.execute(
                    employee_services.insert(),
                    {"employee_id": one.id, "service_id": self.massage.id},
                )

    def actor(self, employee: Any, *permissions: str) -> Actor:
        """Return this employee as somebody who asks; with all permissions by default."""
        held = frozenset(permissions or PERMISSIONS)
        return Actor(None, employee.name, "employee", employee.id, held)

    def change(self, one: Any, **given: Any) -> None:
        """Change columns of an employee's row, or of the row given."""
        with writing() as session:
            row = session.get_one(Employee, one.id) if isinstance(one, SimpleNamespace) else one
            for name, value in given.items():
                setattr(row, name, value)

    def book(self, local_start: str, **given: Any) -> Any:
        usual = {
            "service_id": self.massage.id,
            "employee_id": self.anna.id,
            "customer_id": self.lea.id,
            "by": OWNER,
            "now": NOON,
        }
        return appointments.book(local_start=local_start, **{**usual, **given})


def week() -> list[dict[str, Any]]:
    """Monday to Friday, 9 to 17, with a break from 12 to 13."""
    days = range(5)
    work = [{"weekday": day, "kind": "work", "starts": 540, "ends": 1020} for day in days]
    return work + [{"weekday": day, "kind": "break", "starts": 720, "ends": 780} for day in days]


def plain(row: Any) -> SimpleNamespace:
    return SimpleNamespace(id=row.id, name=row.name)
