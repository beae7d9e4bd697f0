"""Appointments booked in a sequence: look at each date first, then book all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from panel.db.base import db, reading, writing
from panel.db.tables import Appointment
from panel.domain import states
from panel.domain.conflicts import Conflict
from panel.domain.errors import RuleBroken
from panel.domain.moments import promise
from panel.domain.open_hours import instant_of, minute_of
from panel.domain.people import Actor
from panel.domain.repeats import MOST_TIMES
from panel.domain.schedule import Span
from panel.services import free_times, journal, mailing, outbox
from panel.services.appointment_changes import cancel_in
from panel.services.appointment_rows import WHOLE, held
from panel.services.appointments import Wish, book_in, made_by
from panel.services.availability import all_conflicts
from panel.services.holding import hold_form
from panel.services.offering import Offered, employee_who_offers
from panel.services.outbox import Transaction
from panel.services.places import joinable, lack
from panel.services.references import reference


@dataclass(frozen=True)
class Look:
    """One date of a sequence, as a wall time of the promise and as an instant.

    `in_the_way` are sentences, the gravest first, and `instead` is the next free time of that
    day, if there is one. `impossible` says why that wall time does not exist.
    """

    local_start: str
    span: Span | None = None
    in_the_way: tuple[str, ...] = ()
    instead: datetime | None = None
    impossible: str = ""


@dataclass(frozen=True)
class Take:
    """A date that is wanted; `anyway` over what stands in its way."""

    local_start: str
    anyway: bool = False


class Member(NamedTuple):
    """One appointment of a sequence."""

    id: int
    starts: datetime
    ends: datetime
    status: str


def look(wish: Wish, local_starts: Iterable[str], *, by: Actor, now: datetime) -> list[Look]:
    """Say of each date what stands in its way. Raises RuleBroken, NotAllowed, NotThere.

    The wall times are those of the wish's zone, by default the employee's.
    """
    by.must("appointments", wish.employee_id)
    session = reading()
    offered = employee_who_offers(session, wish.employee_id, wish.service_id)
    offered.must_hold(wish.persons)
    return [
        _look(session, offered, replace(wish, local_start=one), by, now) for one in local_starts
    ]


def book(wish: Wish, takes: Sequence[Take], *, by: Actor, now: datetime) -> list[Appointment]:
    """Book every date that is wanted, or none, each as an appointment of its own.

    They share their `series`; a group that is joined belongs to none. The same form sent twice
    books once. Raises RuleBroken, InTheWay, NotAllowed, NotThere.
    """
    if not takes:
        raise RuleBroken("Choose at least one date.")
    if len(takes) > MOST_TIMES:
        raise RuleBroken(f"Choose at most {MOST_TIMES} dates.")
    with writing() as session:
        if made := _made(session, wish):
            return made
        code = reference()
        key, booked = wish.form_key, []
        for take in takes:
            one = replace(wish, local_start=take.local_start, form_key=key)
            booked.append(book_in(session, one, by=by, now=now, anyway=take.anyway))
            key = None
        for appointment in booked:
            if appointment.places == 1:
                appointment.series = code
    return booked


def cancel_from(appointment_id: int, *, by: Actor, now: datetime) -> int:
    """Cancel this one and all later ones of its sequence; return how many there were.

    Those of a colleague stay where one may not change them. Raises RuleBroken, NotThere,
    NotAllowed.
    """
    with writing() as session:
        first = held(
            session, appointment_id, by=by, revision=None, also=_givers(session, appointment_id)
        )
        if first.series is None:
            raise RuleBroken("This appointment belongs to no series.")
        coming = select(Appointment).where(
            Appointment.series == first.series,
            Appointment.starts >= first.starts,
            Appointment.status.in_(states.OPEN),
        )
        whole = coming.options(*WHOLE).order_by(Appointment.starts)
        rows = session.scalars(whole.execution_options(populate_existing=True)).unique().all()
        mine = [one for one in rows if by.may("appointments", one.employee_id)]
        for one in mine:
            cancel_in(session, one, side=journal.PANEL, who=by.name, now=now)
            session.flush()
            outbox.changed(session, "appointment", one.id, now=now)
            mailing.tell(session, "cancelled", one, by=by, now=now)
    return len(mine)


def _givers(session: Transaction, appointment_id: int) -> list[int]:
    """Return everybody who gives a part of its sequence: all are held at once and in order."""
    code = select(Appointment.series).where(Appointment.id == appointment_id).scalar_subquery()
    query = select(Appointment.employee_id).where(Appointment.series == code).distinct()
    return list(session.scalars(query))


def members(series: str | None, *, by: Actor) -> list[Member]:
    """Return the appointments of a sequence that this person may see, in order."""
    if series is None:
        return []
    rows = db.session.execute(
        select(
            Appointment.employee_id, Appointment.id, Appointment.starts, Appointment.ends,
            Appointment.status,
        )
        .where(Appointment.series == series)
        .order_by(Appointment.starts)
    )  # fmt: skip
    return [
        Member(id, starts, ends, status)
        for employee_id, id, starts, ends, status in rows
        if by.sees(employee_id)
    ]


def _made(session: Transaction, wish: Wish) -> list[Appointment]:
    """Return what this form has booked already."""
    if wish.form_key is None:
        return []
    hold_form(session, wish.form_key)
    first = made_by(session, wish.form_key)
    if first is None or first.series is None:
        return [first] if first else []
    rows = select(Appointment).where(Appointment.series == first.series).options(*WHOLE)
    return list(session.scalars(rows.order_by(Appointment.starts)).unique())


def _look(session: Transaction, offered: Offered, wish: Wish, by: Actor, now: datetime) -> Look:
    zone = wish.zone or offered.employee.zone
    try:
        starts = promise(wish.local_start, zone)
    except RuleBroken as skipped:
        return Look(wish.local_start, impossible=str(skipped))
    span = Span(starts, starts + timedelta(minutes=offered.service.duration))
    found = _conflicts(session, offered, wish, span, now)
    told = tuple(one.told(by.employee_id) for one in found)
    instead = _instead(session, wish, starts, zone, now) if found else None
    return Look(wish.local_start, span, told, instead)


def _conflicts(
    session: Transaction, offered: Offered, wish: Wish, span: Span, now: datetime
) -> list[Conflict]:
    if group := joinable(session, wish.service_id, wish.employee_id, span.starts):
        return lack(group, wish.persons, now=now)
    service = offered.service
    buffers = service.buffer_before, service.buffer_after
    return all_conflicts(session, wish.employee_id, span, buffers, service_id=service.id, now=now)


def _instead(
    session: Transaction, wish: Wish, starts: datetime, zone: str, now: datetime
) -> datetime | None:
    """Return the next free time of the same day; if none follows, the last one before."""
    day = datetime.fromisoformat(wish.local_start).date()
    sought = free_times.Search(
        wish.service_id, day, zone=zone, employee_id=wish.employee_id, persons=wish.persons,
        staff=True,
    )  # fmt: skip
    free = free_times.search_in(session, sought, now=now).employees
    minutes, wished = free[0].minutes if free else [], minute_of(starts)
    if not minutes:
        return None
    nearest = min(minutes, key=lambda one: (one < wished, abs(one - wished)))
    return instant_of(nearest)
