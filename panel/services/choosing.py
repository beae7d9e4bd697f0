"""Who takes a time that somebody wants, and whether it is still to be had."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from panel.db.tables import Appointment
from panel.domain.errors import SlotTaken
from panel.domain.moments import clock, day_span, local
from panel.domain.open_hours import instant_of, minute_of
from panel.domain.states import TAKING
from panel.services.free_people import may_be_unknown, people, rules_of
from panel.services.free_times import FreeTimes, Search, search_in
from panel.services.holding import hold
from panel.services.outbox import Transaction

# How far the next free times are looked for, and how many are named.
AHEAD, NAMED = 14, 2
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """A time that somebody wants: aware UTC, and with whom, or None for whoever is free.

    `zone` is the visitor's, or empty for the company's: refusals name times in it. `staff`,
    `moving` and `lasts` as in a Search.
    """

    service_id: int
    starts: datetime
    employee_id: int | None = None
    persons: int = 1
    zone: str = ""
    staff: bool = False
    moving: int | None = None
    lasts: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Choice:
    """Who takes it; `unchecked` says that their Outlook could not be asked."""

    employee_id: int
    unchecked: bool


def choose(session: Transaction, slot: Slot, *, now: datetime) -> Choice:
    """Return who takes the time, held until the caller's transaction ends.

    Of several the one with the fewest appointments on that day. Raises SlotTaken with what is
    free next, and as `free_times.search`.
    """
    rules = rules_of(session, slot.service_id, staff=slot.staff)
    offering = people(session, rules, slot.employee_id, staff=slot.staff, now=now)
    hold(session, [one.id for one in offering])
    free = free_then(session, slot, now=now)
    if not free:
        raise _taken(session, slot, [one.id for one in offering], now)
    person = next(one for one in offering if one.id == free[0])
    return Choice(person.id, may_be_unknown(person, rules))


def free_then(session: Transaction, slot: Slot, *, now: datetime) -> list[int]:
    """Return everybody who is free at that time, the fairest choice first."""
    found = search_in(session, _searched(session, slot, 1), now=now)
    minute = minute_of(slot.starts)
    exact = slot.starts == instant_of(minute)
    free = [one.employee_id for one in found.employees if exact and minute in one.minutes]
    return fairest(session, free, slot.starts, found.zone) if len(free) > 1 else free


def fairest(
    session: Transaction, employee_ids: Collection[int], at: datetime, zone: str
) -> list[int]:
    """Order employees by their appointments on the day, then in the three days around it."""
    first, end = day_span(local(at, zone).date(), zone)
    on_the_day = (Appointment.starts >= first) & (Appointment.starts < end)
    counts = session.execute(
        select(Appointment.employee_id, func.sum(case((on_the_day, 1), else_=0)), func.count())
        .where(
            Appointment.employee_id.in_(employee_ids),
            Appointment.starts >= first - A_DAY,
            Appointment.starts < end + A_DAY,
            Appointment.status.in_(TAKING),
        )
        .group_by(Appointment.employee_id)
    )
    known = {id: (day, three) for id, day, three in counts}
    return sorted(employee_ids, key=lambda id: (*known.get(id, (0, 0)), id))


def _searched(session: Transaction, slot: Slot, days: int) -> Search:
    zone = slot.zone or rules_of(session, slot.service_id, staff=slot.staff).zone
    return Search(
        service_id=slot.service_id,
        first=local(slot.starts, zone).date(),
        days=days,
        zone=zone,
        employee_id=slot.employee_id,
        persons=slot.persons,
        staff=slot.staff,
        moving=slot.moving,
        lasts=slot.lasts,
    )


def _taken(
    session: Transaction, slot: Slot, employee_ids: Collection[int], now: datetime
) -> SlotTaken:
    """Say who was quicker, if somebody was, and what is free next."""
    found = search_in(session, _searched(session, slot, AHEAD), now=now)
    when = clock(slot.starts, found.zone)
    booked = select(Appointment.id).where(
        Appointment.employee_id.in_(employee_ids),
        Appointment.starts < slot.starts + timedelta(minutes=found.duration),
        Appointment.starts > slot.starts - A_DAY,
        Appointment.ends > slot.starts,
        Appointment.status.in_(TAKING),
        Appointment.id != (slot.moving or 0),
    )
    quicker = session.scalar(booked.limit(1)) is not None
    said = f"Somebody else has just booked {when}." if quicker else f"{when} cannot be booked."
    following = [instant_of(one) for one in next_free(found, minute_of(slot.starts))]
    return SlotTaken(f"{said} {_free_next(following, slot.starts, found.zone)}".strip(), following)


def next_free(found: FreeTimes, after: int) -> list[int]:
    """Return the next free starts after a minute, whoever has them."""
    every = {minute for one in found.employees for minute in one.minutes if minute > after}
    return sorted(every)[:NAMED]


def _free_next(following: Collection[datetime], wanted: datetime, zone: str) -> str:
    """Name the next free times, with their day where it is another one."""
    if not following:
        return ""
    day = local(wanted, zone).date()
    told = [local(one, zone) for one in following]
    words = [
        f"{one:%H:%M}" if one.date() == day else f"{one:%a} {one.day} {one:%b}, {one:%H:%M}"
        for one in told
    ]
    return f"Free next: {' and '.join(words)}."
