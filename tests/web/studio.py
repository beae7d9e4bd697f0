"""The studio of the page tests: an owner, three employees, one service."""

from datetime import UTC, date, datetime, timedelta

from panel.db.base import writing
from panel.db.tables import Booking, User, WorkPeriod
from tests import make

# Tests of pages begin at noon UTC on a Wednesday; see `noon` in conftest.py.
TODAY = date(2026, 11, 25)
TOMORROW, NEXT_WEEK = f"{TODAY + timedelta(days=1)}", f"{TODAY + timedelta(days=7)}"
EVERYTHING = ["services", "work_hours", "days_off", "special_days", "appointments", "events",
              "customers"]  # fmt: skip


class Studio:
    """Anna may do everything, Ben too, Carla only look; they work round the clock."""

    def __init__(self) -> None:
        make.company(name="Linden Studio", zone="Europe/Berlin")
        self.owner = make.user(email="owner@panel.test", name="Ruth Linden", role="owner")
        self.manager = make.user(email="mia@panel.test", name="Mia Falk", role="manager")
        self.massage = make.service(name="Sports massage", duration=60)
        self.anna = self.employee("Anna Berg", EVERYTHING)
        self.ben = self.employee("Ben Ode", EVERYTHING)
        self.carla = self.employee("Carla Ruiz", [])

    def employee(self, name: str, permissions: list[str]):
        email = f"{name.split()[0].lower()}@panel.test"
        user = make.user(email=email, name=name, role="employee")
        one = make.employee(name=name, user_id=user.id, permissions=permissions)
        with writing() as session:
            session.execute(
                make.tables.employee_services.insert(),
                [{"employee_id": one.id, "service_id": self.massage.id}],
            )
            for weekday in range(7):
                period = WorkPeriod(
                    employee_id=one.id, weekday=weekday, kind="work", starts=0, ends=1440
                )
                session.add(period)
        return one

    def promote(self, employee, role: str) -> None:
        """Give an employee's login another role."""
        with writing() as session:
            session.get(User, employee.user_id).role = role

    def booked(self, employee, customer: str, *, days: int, hour: int = 9, status="approved"):
        """Book somebody so many days from today, at an hour in UTC."""
        today = datetime.now(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
        starts = today + timedelta(days=days)
        row = make.appointment(of=employee, starts=starts, service=self.massage, status=status)
        who = make.customer(name=customer, email=f"{customer.split()[0].lower()}@example.test")
        make.save(
            Booking(appointment_id=row.id, customer_id=who.id, status=status, created_at=make.THEN)
        )
        return row
