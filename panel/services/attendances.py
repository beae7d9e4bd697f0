"""Book places at events, change them, and say who did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from panel.db.base import writing
from panel.db.tables import Attendance
from panel.domain import attendance as rules
from panel.domain.attendance import (
    BOOKED,
    CANCELLED,
    MOST_PLACES,
    NO_SHOW,
    WAITING,
)
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.moments import zone_named
from panel.domain.people import Actor
from panel.domain.words import whole
from panel.services.admission import let_in, must_be_early
from panel.services.attendance_rows import Gathering, follow, gathered, named, note, settle
from panel.services.offering import customer_to_book
from panel.services.outbox import Transaction
from panel.services.references import reference

# What the journal calls it when somebody comes onto the list.
_CAME = {BOOKED: "attending", WAITING: "waiting"}


@dataclass(frozen=True)
class Wish:
    """What somebody wants to attend: one date, or without one an event with all its dates.

    `answers` are pairs of question and answer, `zone` is where the customer is. `form_key`
    belongs to the form that was sent: sent twice, it books once.
    """

    event_id: int
    occurrence_id: int | None
    customer_id: int
    places: int = 1
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    form_key: str | None = None
    zone: str = ""


def attend(wish: Wish, *, by: Actor, now: datetime, anyway: bool = False) -> Attendance:
    """Book places, or put the customer on the waiting list where that is kept.

    Customers obey opening, closing and the most places of one booking; staff may go past them
    knowingly (`anyway`), but nobody ever past the capacity. Raises RuleBroken, InTheWay,
    NotAllowed, NotThere.
    """
    with writing() as session:
        return attend_in(session, wish, by=by, now=now, anyway=anyway)


def attend_in(
    session: Transaction, wish: Wish, *, by: Actor, now: datetime, anyway: bool = False
) -> Attendance:
    """Book places within the caller's transaction, as `attend` does."""
    places = whole(wish.places, "places", least=1, most=MOST_PLACES, unit="places")
    gathering = gathered(session, wish.event_id, wish.occurrence_id, by=by)
    if made := made_by(session, wish.form_key):
        return made
    free = settle(session, gathering, now=now)
    status, overridden = let_in(gathering, places, free, by=by, now=now, anyway=anyway)
    customer = customer_to_book(session, wish.customer_id)
    customer.zone = zone_named(wish.zone).key if wish.zone else customer.zone
    price = gathering.event.price
    row = Attendance(
        event_id=gathering.event.id, occurrence_id=wish.occurrence_id, customer=customer,
        places=places, status=status, note=wish.note.strip(),
        answers=[list(pair) for pair in wish.answers], form_key=wish.form_key,
        price=None if price is None else price * places, zone=wish.zone,
        reference=reference(), created_at=now, created_by=by.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    gathering.rows.append(row)
    note(session, gathering, row, _CAME[status], who=by.name, words=overridden, now=now)
    follow(session, gathering, booked=status == BOOKED, now=now)
    return row


def cancel(attendance_id: int, *, by: Actor, now: datetime) -> Attendance:
    """Give the places back; whoever waits for them is offered them at once.

    Customers can cancel booked places until the company's notice before the start, and leave
    the waiting list at any time. Raises RuleBroken, NotAllowed, NotThere.
    """
    with writing() as session:
        gathering, row = held(session, attendance_id, by=by)
        if row.status not in rules.OPEN:
            raise RuleBroken(f"This is {rules.STATES[row.status]}, so it cannot be cancelled.")
        booked = row.status == BOOKED
        if booked and not by.is_staff:
            must_be_early(session, gathering, now)
        row.status, row.offered_until = CANCELLED, None
        note(session, gathering, row, "attendance_cancelled", who=by.name, now=now)
        follow(session, gathering, booked=booked, now=now)
    return row


def set_places(
    attendance_id: int, places: int, *, by: Actor, now: datetime, anyway: bool = False
) -> Attendance:
    """Change how many places somebody has; each keeps the price that it was booked for.

    Raises RuleBroken, InTheWay, NotAllowed, NotThere.
    """
    whole(places, "places", least=1, most=MOST_PLACES, unit="places")
    with writing() as session:
        gathering, row = held(session, attendance_id, by=by)
        free = settle(session, gathering, now=now)
        if row.status not in rules.OPEN:
            raise RuleBroken(f"This is {rules.STATES[row.status]}, so it cannot be changed.")
        if row.places == places:
            return row
        left = free + row.places if row.status in rules.HELD else MOST_PLACES
        _, overridden = let_in(gathering, places, left, by=by, now=now, anyway=anyway, waits=False)
        before = named(row)
        row.price = None if row.price is None else row.price // row.places * places
        row.places = places
        note(
            session, gathering, row, "places", who=by.name, before=before, words=overridden,
            now=now,
        )  # fmt: skip
        follow(session, gathering, booked=row.status == BOOKED, now=now)
    return row


def set_no_show(attendance_id: int, no_show: bool, *, by: Actor, now: datetime) -> Attendance:
    """Say that somebody did not come, or that they did. Raises RuleBroken as it has not begun."""
    with writing() as session:
        gathering, row = held(session, attendance_id, by=by)
        wanted, needed = (NO_SHOW, BOOKED) if no_show else (BOOKED, NO_SHOW)
        if row.status != needed:
            raise RuleBroken(f"This is {rules.STATES[row.status]}. Look again, then decide.")
        starts = gathering.door().starts
        if starts is None or starts > now:
            raise RuleBroken("Nobody can have stayed away from what has not begun.")
        row.status = wanted
        kind = "attendance_no_show" if no_show else "attendance_reopened"
        note(session, gathering, row, kind, who=by.name, now=now)
    return row


def held(session: Transaction, attendance_id: int, *, by: Actor) -> tuple[Gathering, Attendance]:
    """Return an attendance among all of its event or date, held. Raises NotThere, NotAllowed."""
    row = session.get(Attendance, attendance_id)
    if row is None:
        raise NotThere("There is no such booking.")
    gathering = gathered(session, row.event_id, row.occurrence_id, by=by)
    return gathering, next(one for one in gathering.rows if one.id == attendance_id)


def made_by(session: Transaction, form_key: str | None) -> Attendance | None:
    """Return what the form with this key has booked already, if anything."""
    if form_key is None:
        return None
    made = select(Attendance).where(Attendance.form_key == form_key)
    return session.scalar(made.options(joinedload(Attendance.customer)))
