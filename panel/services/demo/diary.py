"""Two weeks of appointments and events, booked as anybody would book them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count, cycle

from panel.db.base import writing
from panel.db.tables import Customer
from panel.domain.errors import InTheWay
from panel.domain.moments import local
from panel.domain.people import Actor
from panel.services import appointments, events
from panel.services.demo import cast, dates
from panel.services.demo.dates import Wish


def hold_gatherings(staff: dict[str, int], owner: Actor, now: datetime) -> None:
    """Add the events, each on its work days from tomorrow on."""
    days = dates.work_days(local(now, cast.ZONE).date(), dates.WORK_DAYS + 1)
    for one in dates.GATHERINGS:
        plan = events.Details(
            one.name, staff[one.organizer], frozenset(staff[who] for who in one.staff),
            one.description, cast.PLACE, one.tone, one.places,
        )  # fmt: skip
        when = [
            events.Date(f"{days[number]}T{one.at}", one.minutes, cast.ZONE) for number in one.days
        ]
        events.create(plan, when, by=owner, now=now - timedelta(days=9))


def book_all(staff: dict[str, int], services: dict[str, int], owner: Actor, now: datetime) -> None:
    """Book everybody's two weeks; what does not fit into somebody's hours is left out."""
    numbers = count()
    for who, employee_id in staff.items():
        guests = cycle(_customers(who, now))
        for day, wish in _wishes(who, local(now, cast.ZONE).date()):
            number = next(numbers)
            name, customer_id = next(guests)
            try:
                appointments.book(
                    service_id=services[wish.service],
                    employee_id=employee_id,
                    customer_id=customer_id,
                    local_start=f"{day}T{wish.at}",
                    note=cast.NOTES.get(name, ""),
                    status="pending" if number % 8 == 5 else "approved",
                    by=owner,
                    # Written down one after the other over the last days, not in one second.
                    now=now - timedelta(minutes=60 + 47 * (200 - number)),
                )
            except InTheWay:
                continue


def _wishes(who: str, today: date) -> Iterator[tuple[date, Wish]]:
    """Name what is tried, by day: the work days after today, and Saturdays between them."""
    for number, day in enumerate(dates.work_days(today, dates.WORK_DAYS + 1)):
        if day <= today:
            continue
        for wish in dates.wishes(who, number):
            yield day, wish
        if day.weekday() == 4:
            for wish in dates.SATURDAY.get(who, ()):
                yield day + timedelta(days=1), wish


def _customers(who: str, now: datetime) -> list[tuple[str, int]]:
    rows = [
        Customer(
            name=name,
            email=f"{name.lower().replace(' ', '.')}@example.com",
            # Numbers that Ofcom keeps free for stories.
            phone=f"07700 900 {sum(map(ord, name)) * 37 % 900 + 100}",
            note="",
            active=True,
            created_at=now,
        )
        for name in cast.CUSTOMERS[who]
    ]
    with writing() as session:
        session.add_all(rows)
    return [(row.name, row.id) for row in rows]
