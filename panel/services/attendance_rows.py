"""One event, or one date of it, with who attends: held for a change, and what time brings about.

All need the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from panel.db.tables import Attendance, Company, Event, Occurrence
from panel.domain import attendance as rules
from panel.domain.attendance import CANCELLED, OFFERED, WAITING, Door, Party, Turn, counted
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import PERMISSIONS, Actor
from panel.services import journal, mailing, outbox
from panel.services.event_rows import MISSING, WHOLE, people, visible
from panel.services.holding import hold
from panel.services.outbox import Transaction

# What is told to a customer of what the journal says, and as which mail.
_TOLD = {
    "attending": "booked",
    "offer_accepted": "booked",
    "places": "changed",
    "offered": "offered",
    "attendance_cancelled": "cancelled",
}


@dataclass
class Gathering:
    """What is attended: an event with all its dates, or one date of it.

    `rows` are its attendances with their customers, in the order in which they came.
    """

    event: Event
    occurrence: Occurrence | None
    rows: list[Attendance]

    @property
    def dates(self) -> list[Occurrence]:
        """Return the dates that it takes place on, cancelled ones left out."""
        all_ = [self.occurrence] if self.occurrence else self.event.occurrences
        return [one for one in all_ if one.status == "open"]

    def door(self) -> Door:
        """Return it as somebody finds it who wants places."""
        event, starts = self.event, min((one.starts for one in self.dates), default=None)
        return Door(
            open=event.status == "open",
            shown=event.shown,
            opens_at=event.opens_at,
            closes_at=rules.closing(starts, event.closes_minutes) if starts else None,
            starts=starts,
            most_places=event.most_places,
            waiting_list=event.waiting_list,
        )

    def turn(self, now: datetime) -> Turn:
        """Say what time has brought about, without writing it down."""
        door = self.door()
        offers = door.open and door.closes_at is not None and now < door.closes_at
        parties = [party(one) for one in self.rows]
        return rules.turn(parties, self.event.capacity, offers=offers, now=now)


def party(row: Attendance) -> Party:
    """Return an attendance as the rules see it."""
    return Party(row.id, row.places, row.status, row.offered_until)


def gathered(
    session: Transaction, event_id: int, occurrence_id: int | None, *, by: Actor
) -> Gathering:
    """Hold an event and return what is attended, for somebody who may change it.

    Raises NotThere, NotAllowed, and RuleBroken where a date is wanted or is not.
    """
    organizer, staff = people(session, event_id)
    if organizer is None or not (by.sees(organizer) or visible(by, organizer, staff)):
        raise NotThere(MISSING)
    if not by.holds("events"):
        raise NotAllowed(f"You may not change {PERMISSIONS['events']}. The owner can allow it.")
    return locked(session, event_id, occurrence_id)


def locked(session: Transaction, event_id: int, occurrence_id: int | None) -> Gathering:
    """Let nobody else take its places until the end, and return what is attended.

    Its people are held first, as everybody does who changes an event, so that two never wait
    for each other.
    """
    organizer, staff = people(session, event_id)
    hold(session, {organizer or 0, *staff})
    session.scalar(select(Event.id).where(Event.id == event_id).with_for_update())
    event = session.get_one(Event, event_id, options=WHOLE, populate_existing=True)
    return read(session, event, occurrence_id)


def read(session: Transaction, event: Event, occurrence_id: int | None) -> Gathering:
    """Return what is attended, of an event with its dates. Raises NotThere, RuleBroken."""
    date = next((one for one in event.occurrences if one.id == occurrence_id), None)
    if occurrence_id is not None and date is None:
        raise NotThere("This event has no such date.")
    if event.whole and date is not None:
        raise RuleBroken("This event is booked with all its dates.", "date")
    if not event.whole and date is None:
        raise RuleBroken("Choose a date.", "date")
    query = (
        select(Attendance)
        .where(Attendance.event_id == event.id, Attendance.occurrence_id == occurrence_id)
        .order_by(Attendance.id)
        .options(joinedload(Attendance.customer))
        .execution_options(populate_existing=True)
    )
    return Gathering(event, date, list(session.scalars(query)))


def settle(session: Transaction, gathering: Gathering, *, now: datetime) -> int:
    """Take back lapsed offers and offer what is free; return what is free then."""
    came = gathering.turn(now)
    rows = {one.id: one for one in gathering.rows}
    closes_at = gathering.door().closes_at
    for id in came.lapsed:
        rows[id].status, rows[id].offered_until = CANCELLED, None
        note(session, gathering, rows[id], "offer_lapsed", now=now)
    for id in came.offered:
        assert closes_at is not None
        until = rules.offered_until(now, _offer_minutes(session), closes_at)
        rows[id].status, rows[id].offered_until = OFFERED, until
        note(session, gathering, rows[id], "offered", now=now)
    session.flush()
    return came.free


def settle_all(session: Transaction, event: Event, *, now: datetime) -> None:
    """The same for all that is attended of an event, as when it got more places."""
    moving = select(Attendance.occurrence_id).where(
        Attendance.event_id == event.id, Attendance.status.in_((WAITING, OFFERED))
    )
    for one in session.scalars(moving.distinct()).all():
        settle(session, locked(session, event.id, one), now=now)


def follow(session: Transaction, gathering: Gathering, *, booked: bool, now: datetime) -> None:
    """Let the waiting list follow a change, and the copies in Outlook if `booked` says that
    it is about booked places: nobody else is named there."""
    settle(session, gathering, now=now)
    for one in gathering.dates if booked else ():
        if one.ends > now:
            outbox.changed(session, "occurrence", one.id, now=now)


def cancel_with(
    session: Transaction, event: Event, occurrence: Occurrence | None
) -> list[Attendance]:
    """Cancel whoever attends what is cancelled; return them. The caller writes the journal."""
    query = select(Attendance).where(
        Attendance.event_id == event.id,
        Attendance.occurrence_id == (occurrence.id if occurrence else None),
        Attendance.status.in_(rules.OPEN),
    )
    rows = list(session.scalars(query.options(joinedload(Attendance.customer))))
    for one in rows:
        one.status, one.offered_until = CANCELLED, None
    return rows


def note(
    session: Transaction,
    gathering: Gathering,
    row: Attendance,
    kind: str,
    *,
    now: datetime,
    who: str = "",
    before: str = "",
    words: str = "",
) -> None:
    """Write what happened to one attendance into the journal, and tell its customer."""
    date, event = gathering.occurrence, gathering.event
    journal.note(
        session,
        subject="occurrence" if date else "event",
        subject_id=date.id if date else event.id,
        employee_id=event.organizer_id,
        side=journal.PANEL,
        kind=kind,
        who=who,
        before=before,
        after=named(row),
        note=words,
        now=now,
    )
    if kind in _TOLD:
        mailing.tell_attendance(session, _TOLD[kind], row, now=now)


def named(row: Attendance) -> str:
    """Name who comes, as the journal keeps it: Lea Roth, 2 places."""
    return row.customer.name if row.places == 1 else f"{row.customer.name}, {counted(row.places)}"


def _offer_minutes(session: Transaction) -> int:
    return session.scalar(select(Company.offer_minutes)) or 720
