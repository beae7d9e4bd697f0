"""The waiting list of an event: offers are taken up, declined, or go on to the next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from panel.db.base import db, fresh, writing
from panel.db.tables import Attendance
from panel.domain import attendance as rules
from panel.domain.attendance import BOOKED, CANCELLED, OFFERED, WAITING
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services.attendance_rows import follow, locked, note, party, settle
from panel.services.attendances import held
from panel.services.outbox import Transaction

LAPSED = "This place is no longer kept for you."


def accept_offer(reference: str, *, by: Actor, now: datetime) -> Attendance:
    """Book the places that were offered; done twice, it is booked once.

    Raises RuleBroken where the offer has lapsed or there is none, NotThere, NotAllowed.
    """
    with writing() as session:
        gathering, row = held(session, _known(session, reference), by=by)
        if row.status == BOOKED:
            return row
        if rules.has_lapsed(party(row), now) or row.status == CANCELLED:
            raise RuleBroken(LAPSED)
        if row.status != OFFERED:
            raise RuleBroken(f"This is {rules.STATES[row.status]}. No place is free yet.")
        row.status, row.offered_until = BOOKED, None
        note(session, gathering, row, "offer_accepted", who=by.name, now=now)
        follow(session, gathering, booked=True, now=now)
    return row


def decline_offer(reference: str, *, by: Actor, now: datetime) -> Attendance:
    """Leave the waiting list; what was offered goes on to the next. Done twice, it is done once.

    Raises RuleBroken where it is booked already, NotThere, NotAllowed.
    """
    with writing() as session:
        gathering, row = held(session, _known(session, reference), by=by)
        if row.status == CANCELLED:
            return row
        if row.status not in (OFFERED, WAITING):
            raise RuleBroken(f"This is {rules.STATES[row.status]}. Cancel it instead.")
        row.status, row.offered_until = CANCELLED, None
        note(session, gathering, row, "offer_declined", who=by.name, now=now)
        follow(session, gathering, booked=False, now=now)
    return row


def go_on(now: datetime) -> None:
    """Let every offer that nobody took up in time go on to the next: what the clock does."""
    fresh()
    lapsed = (
        select(Attendance.event_id, Attendance.occurrence_id)
        .where(Attendance.status == OFFERED, Attendance.offered_until <= now)
        .distinct()
    )
    for event_id, occurrence_id in db.session.execute(lapsed).all():
        with writing() as session:
            settle(session, locked(session, event_id, occurrence_id), now=now)


def _known(session: Transaction, reference: str) -> int:
    found = session.scalar(select(Attendance.id).where(Attendance.reference == reference))
    if found is None:
        raise NotThere("There is no such booking.")
    return found
