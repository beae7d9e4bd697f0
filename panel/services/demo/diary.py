"""Two weeks of appointments and events, booked as anybody would book them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count, cycle

from sqlalchemy import select

from panel.db.tables import Customer, Event, Occurrence
from panel.domain.errors import InTheWay
from panel.domain.moments import local
from panel.domain.people import Actor
from panel.services import attendances, events
from panel.services.appointments import Wish, book_in
from panel.services.demo import cast, dates
from panel.services.event_details import Details
from panel.services.outbox import Transaction


def hold_gatherings(
    session: Transaction, staff: dict[str, int], owner: Actor, now: datetime
) -> None:
    """Add the events, each on its work days from tomorrow on."""
    days = dates.work_days(local(now, cast.ZONE).date(), dates.WORK_DAYS + 1)
    for one in dates.GATHERINGS:
        plan = Details(
            one.name, staff[one.organizer], frozenset(staff[who] for who in one.staff),
            one.description, cast.PLACE, one.tone, one.places,
            most_places=2, price=2500, closes_minutes=120, waiting_list=True,
        )  # fmt: skip
        when = [
            events.Date(f"{days[number]}T{one.at}", one.minutes, cast.ZONE) for number in one.days
        ]
        events.create_in(session, plan, when, by=owner, now=now - timedelta(days=9))


def fill_gatherings(session: Transaction, owner: Actor, now: datetime) -> None:
    """Let customers attend; the first event is full, and two wait for it."""
    guests = list(session.scalars(select(Customer.id).order_by(Customer.id)))
    dates_ = session.execute(
        select(Event.id, Occurrence.id, Event.capacity).join(Occurrence).order_by(Occurrence.id)
    ).all()
    for number, (event_id, occurrence_id, places) in enumerate(dates_):
        come = places + 2 if number == 0 else places * (number % 4) // 4
        for guest in range(come):
            who = guests[(guest * 3 + number) % len(guests)]
            wish = attendances.Wish(event_id, occurrence_id, who)
            attendances.attend_in(session, wish, by=owner, now=now - timedelta(days=2))


def book_all(
    session: Transaction,
    staff: dict[str, int],
    services: dict[str, int],
    owner: Actor,
    now: datetime,
) -> None:
    """Book everybody's two weeks; what does not fit into somebody's hours is left out."""
    numbers = count()
    for who, employee_id in staff.items():
        guests = cycle(_customers(session, who, now))
        for day, plan in _plans(who, local(now, cast.ZONE).date()):
            number, guest = next(numbers), next(guests)
            wish = Wish(
                services[plan.service], employee_id, guest.id, f"{day}T{plan.at}", cast.ZONE,
                cast.NOTES.get(guest.name, ""), "pending" if number % 8 == 5 else "approved",
            )  # fmt: skip
            # Written down one after the other over the last days, not in one second.
            booked_at = now - timedelta(minutes=60 + 47 * (200 - number))
            with suppress(InTheWay):
                book_in(session, wish, by=owner, now=booked_at)


def _plans(who: str, today: date) -> Iterator[tuple[date, dates.Plan]]:
    """Name what is tried, by day: the work days after today, and Saturdays between them."""
    for number, day in enumerate(dates.work_days(today, dates.WORK_DAYS + 1)):
        if day <= today:
            continue
        for plan in dates.plans(who, number):
            yield day, plan
        if day.weekday() == 4:
            for plan in dates.SATURDAY.get(who, ()):
                yield day + timedelta(days=1), plan


def _customers(session: Transaction, who: str, now: datetime) -> list[Customer]:
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
    session.add_all(rows)
    session.flush()
    return rows
