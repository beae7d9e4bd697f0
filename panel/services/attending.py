"""What customers do at events by themselves: book places, and with their link look and change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from panel.db.base import db, reading, writing
from panel.db.tables import Attendance, Event, Occurrence
from panel.domain import attendance as rules
from panel.domain.attendance import BOOKED, OFFERED, WAITING, Answer
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor, visitor
from panel.mail import calendars
from panel.services import attendances, company, mail_facts, waiting_list
from panel.services.attendance_rows import Gathering, gathered, party
from panel.services.attendances import Wish, attend_in, made_by
from panel.services.booking_customers import Caller, differs, find_or_make
from panel.services.managing import call

# What an offer is called that nobody took up in time, until the clock goes on to the next.
LAPSED = "lapsed"
_WHOLE = (
    joinedload(Attendance.customer),
    joinedload(Attendance.occurrence),
    joinedload(Attendance.event).joinedload(Event.organizer),
    joinedload(Attendance.event).selectinload(Event.occurrences),
)


@dataclass(frozen=True)
class Request:
    """What a visitor sends: places at one date, or at all dates of a whole event (None).

    `waits` says that they know that they go on the waiting list. `zone` is where they are.
    `form_key` belongs to the form, so that a double click books once.
    """

    event_id: int
    occurrence_id: int | None
    places: int
    caller: Caller
    note: str = ""
    form_key: str | None = None
    zone: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Attended:
    """Somebody's places as they see them.

    `cancel_until` (aware UTC) is the last moment to cancel by oneself; None where places are
    not booked or it is too late.
    """

    row: Attendance
    status: str
    dates: tuple[Occurrence, ...]
    cancel_until: datetime | None

    @property
    def can_be_given_back(self) -> bool:
        """Say whether they can cancel now; the waiting list is left at any time."""
        return self.cancel_until is not None or self.status in (WAITING, OFFERED)


def book(request: Request, *, now: datetime) -> Attendance:
    """Book places, or put the visitor on the waiting list who wants that.

    Raises RuleBroken, also where the last places have just gone; NotThere.
    """
    with writing() as session:
        one = request
        gathering = gathered(session, one.event_id, one.occurrence_id, by=visitor(one.caller.name))
        if known := made_by(session, one.form_key):
            return known
        _must_find_places(gathering, one, now)
        customer = find_or_make(session, one.caller, now=now)
        answers = tuple(differs(one.caller, customer))
        wish = Wish(
            one.event_id, one.occurrence_id, customer.id, one.places, note=one.note,
            answers=answers, form_key=one.form_key, zone=one.zone,
        )  # fmt: skip
        return attend_in(session, wish, by=visitor(customer.name), now=now)


def attended(attendance_id: int, *, now: datetime) -> Attended:
    """Return somebody's places. Raises NotThere."""
    query = select(Attendance).where(Attendance.id == attendance_id)
    row = db.session.scalar(query.options(*_WHOLE).execution_options(populate_existing=True))
    if row is None:
        raise NotThere("There is no such booking.")
    event, date = row.event, row.occurrence
    dates = [one for one in event.occurrences if one.status == "open"]
    status = LAPSED if rules.has_lapsed(party(row), now) else row.status
    shown = (date,) if date else tuple(dates or event.occurrences)
    latest = shown[0].starts - timedelta(minutes=company.current().cancel_notice_minutes)
    return Attended(row, status, shown, latest if status == BOOKED and now <= latest else None)


def calendar_file(attendance_id: int, *, now: datetime) -> str:
    """Return the dates as a file for one's own calendar. Raises NotThere."""
    told = mail_facts.to_attendee(reading(), attended(attendance_id, now=now).row)
    return calendars.write(told.visits, calendars.PUBLISH, now=now)


def cancel(attendance_id: int, *, now: datetime) -> Attendance:
    """Give one's places back in time, or leave the waiting list. Raises RuleBroken, NotThere."""
    seen = attended(attendance_id, now=now)
    if not seen.can_be_given_back:
        raise RuleBroken(f"It is too late to cancel this here. {call()}")
    return attendances.cancel(attendance_id, by=_customer(seen), now=now)


def accept(attendance_id: int, *, now: datetime) -> Attendance:
    """Take the places that were offered. Raises RuleBroken, NotThere."""
    seen = attended(attendance_id, now=now)
    return waiting_list.accept_offer(seen.row.reference, by=_customer(seen), now=now)


def decline(attendance_id: int, *, now: datetime) -> Attendance:
    """Let the offered places go on to the next. Raises RuleBroken, NotThere."""
    seen = attended(attendance_id, now=now)
    return waiting_list.decline_offer(seen.row.reference, by=_customer(seen), now=now)


def _customer(seen: Attended) -> Actor:
    return visitor(seen.row.customer.name)


def _must_find_places(gathering: Gathering, wish: Request, now: datetime) -> None:
    """Put nobody on the waiting list who pressed a button that books. Raises RuleBroken."""
    free = gathering.turn(now).free
    said = rules.answer(gathering.door(), places=wish.places, free=free, now=now)
    if said is Answer.FULL or (said is Answer.WAIT and not wish.waits):
        raise RuleBroken("Somebody else has just booked these places. What you typed is kept.")
