"""Customers as attendees of an entry: Microsoft mails them, and nobody can keep it from that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db
from panel.db.tables import Attendance, Customer, Mailbox, Occurrence, OutlookSettings
from panel.domain.attendance import BOOKED
from panel.domain.content import Content, Guest
from panel.domain.remote import Attendee, RemoteEvent

# Microsoft takes no more attendees (Microsoft Graph, resources/event: attendees).
MOST = 500
# So many entries are written in a minute whose attendees are mailed of it.
A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 20


@dataclass(frozen=True)
class Meeting:
    """What a copy is to say beside its text: see Content, by the same names."""

    guests: tuple[Guest, ...] | None
    hidden: bool
    teams: bool


def meeting(settings: OutlookSettings, customers: Iterable[Customer]) -> Meeting:
    """Work out who is invited, as the settings say; whoever has no address cannot be."""
    if not settings.invite_customers:
        return Meeting(None, True, settings.teams_meeting)
    known = {
        one.email.casefold(): (one.email, one.name)
        for one in customers
        if one.email and one.erased_at is None
    }
    guests = tuple(known[address] for address in sorted(known))[:MOST]
    return Meeting(guests, not settings.show_attendees, settings.teams_meeting)


def attending(occurrence: Occurrence) -> list[Customer]:
    """Whoever has booked this date, or its whole event. Its event must be loaded."""
    event = occurrence.event
    return list(
        db.session.scalars(
            select(Customer)
            .join(Attendance, Attendance.customer_id == Customer.id)
            .where(
                Attendance.event_id == event.id,
                Attendance.occurrence_id == (None if event.whole else occurrence.id),
                Attendance.status == BOOKED,
            )
        )
    )


def invited(event: RemoteEvent, content: Content, agreed: Content) -> tuple[Attendee, ...]:
    """The list of attendees with our customers put right; everybody else stays in it."""
    wanted, gone = content.invited, agreed.invited - content.invited
    stay = [one for one in event.attendees if one.address.casefold() not in gone]
    known = event.people | agreed.invited
    new = [one for one in content.guests or () if one[0].casefold() in wanted - known]
    return (*stay, *(Attendee(address, name) for address, name in new))


def pause(session: scoped_session[Session], mailbox_id: int, now: datetime) -> timedelta | None:
    """Count one more entry of which Microsoft mails people, in the caller's transaction.

    Returns how long to wait first where there were too many in the last minute; it is not
    counted then.
    """
    mailbox = session.get_one(Mailbox, mailbox_id)
    last = [one for one in mailbox.mailings if datetime.fromisoformat(one) > now - A_MINUTE]
    if len(last) >= MOST_A_MINUTE:
        return datetime.fromisoformat(last[0]) + A_MINUTE - now
    mailbox.mailings = [*last, now.isoformat()]
    return None
