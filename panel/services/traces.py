"""Where one customer has left traces, and wiping them out. Needs the caller's transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, false, or_, select, update

from panel.db.tables import (
    Appointment,
    Attendance,
    Booking,
    Customer,
    FormerCopy,
    JournalEntry,
    Mail,
    Mirror,
    Occurrence,
    Repeatable,
)
from panel.domain.moments import read_span
from panel.services.outbox import Transaction

# What stands for a text that named somebody: that it was there is still known.
WIPED = "…"


@dataclass(frozen=True)
class Traces:
    """What somebody has booked and attended, by id; `own` appointments are theirs alone."""

    customer_id: int
    name: str
    email: str
    bookings: Sequence[int]
    attendances: Sequence[int]
    appointments: Sequence[int]
    own: Sequence[int]
    occurrences: Sequence[int]
    events: Sequence[int]

    def in_mails(self) -> ColumnElement[bool]:
        """Say which mails are to them or about them."""
        return or_(
            Mail.booking_id.in_(self.bookings),
            Mail.attendance_id.in_(self.attendances),
            (Mail.subject == "appointment") & Mail.subject_id.in_(self.own),
            # What an employee was told of a group names everybody in it.
            (Mail.subject == "appointment")
            & Mail.subject_id.in_(self.appointments)
            & Mail.kind.startswith("employee_"),
            Mail.to_address == self.email if self.email else false(),
        )

    def in_outlook(self) -> ColumnElement[bool]:
        """Say which copies are of what they booked."""
        return or_(
            (Mirror.subject == "appointment") & Mirror.subject_id.in_(self.appointments),
            (Mirror.subject == "occurrence") & Mirror.subject_id.in_(self.occurrences),
        )

    def in_journal(self) -> ColumnElement[bool]:
        """Say which lines of the journal may name them."""
        entry = JournalEntry
        return or_(
            (entry.subject == "appointment") & entry.subject_id.in_(self.appointments),
            (entry.subject == "occurrence") & entry.subject_id.in_(self.occurrences),
            (entry.subject == "event") & entry.subject_id.in_(self.events),
            (entry.subject == "customer") & (entry.subject_id == self.customer_id),
        )


def traces_of(session: Transaction, customer: Customer) -> Traces:
    """Look up where a customer has left traces."""
    bookings = session.execute(
        select(Booking.id, Booking.appointment_id).where(Booking.customer_id == customer.id)
    ).all()
    rows = session.execute(
        select(Attendance.id, Attendance.event_id, Attendance.occurrence_id).where(
            Attendance.customer_id == customer.id
        )
    ).all()
    appointments = {within for _, within in bookings}
    shared = session.scalars(
        select(Booking.appointment_id).where(
            Booking.appointment_id.in_(appointments), Booking.customer_id != customer.id
        )
    )
    whole = {event for _, event, date in rows if date is None}
    dates = set(session.scalars(select(Occurrence.id).where(Occurrence.event_id.in_(whole))))
    return Traces(
        customer.id, customer.name, customer.email,
        bookings=[id for id, _ in bookings],
        attendances=[id for id, _, _ in rows],
        appointments=sorted(appointments),
        own=sorted(appointments - set(shared)),
        occurrences=sorted(dates | {date for _, _, date in rows if date is not None}),
        events=sorted({event for _, event, _ in rows}),
    )  # fmt: skip


def wipe(session: Transaction, left: Traces, *, as_: str) -> None:
    """Take them out of bookings, journal, mails and what is remembered of Outlook.

    `as_` stands where a name must stand. What is to come must be cancelled before.
    """
    said = {"note": "", "answers": [], "zone": ""}
    session.execute(update(Booking).where(Booking.id.in_(left.bookings)).values(**said))
    session.execute(update(Attendance).where(Attendance.id.in_(left.attendances)).values(**said))
    session.execute(update(Appointment).where(Appointment.id.in_(left.own)).values(note=""))
    for made in (
        update(Appointment).where(Appointment.id.in_(left.appointments)),
        update(Attendance).where(Attendance.id.in_(left.attendances)),
    ):
        session.execute(made.where(made.table.c.created_by == left.name).values(created_by=as_))
    _wipe_journal(session, left, as_)
    _wipe_mails(session, left)
    _wipe_memory(session, left)
    # Answers kept for programs that ask twice: any of them may name the person.
    session.execute(delete(Repeatable))


def _wipe_journal(session: Transaction, left: Traces, as_: str) -> None:
    name = re.compile(rf"(?<!\w){re.escape(left.name)}(?!\w)")
    for entry in session.scalars(select(JournalEntry).where(left.in_journal())):
        # Earlier names too may stand in what belongs to nobody else.
        alone = entry.subject == "customer" or (
            entry.kind == "edited" and entry.subject_id in left.own
        )
        for field in ("before", "after"):
            text = getattr(entry, field)
            if text and alone and read_span(text) is None:
                setattr(entry, field, WIPED)
        for field in ("who", "before", "after", "note"):
            setattr(entry, field, name.sub(as_, getattr(entry, field)))


def _wipe_mails(session: Transaction, left: Traces) -> None:
    session.execute(
        update(Mail).where(left.in_mails(), Mail.status == "waiting").values(status="dropped")
    )
    empty = {"title": WIPED, "text": "", "calendar": None}
    session.execute(update(Mail).where(left.in_mails()).values(**empty))
    if left.email:
        to_them = Mail.to_address == left.email
        session.execute(update(Mail).where(to_them).values(to_address="", to_name=""))


def _wipe_memory(session: Transaction, left: Traces) -> None:
    """Forget what title and text the copies had, but not whether they had a text at all."""
    theirs = left.in_outlook()
    former = select(FormerCopy).join(Mirror, Mirror.id == FormerCopy.mirror_id).where(theirs)
    for copies in (select(Mirror).where(theirs), former):
        for copy in session.scalars(copies).all():
            for field in ("base", "intent"):
                known = getattr(copy, field)
                if known:
                    block = WIPED if known["block"] else ""
                    setattr(copy, field, {**known, "title": WIPED, "block": block})
