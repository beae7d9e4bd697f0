"""Who comes to an event, as its copy in Outlook names them."""

from __future__ import annotations

from sqlalchemy import or_, select

from panel.db.base import db
from panel.db.tables import Attendance, Customer, Occurrence
from panel.domain.attendance import BOOKED, NO_SHOW, counted

# An entry is read on a phone; whoever wants all of them opens the event's page.
MOST_NAMED = 100


def attendee_lines(occurrence: Occurrence) -> list[str]:
    """Say how many places are taken and by whom; nothing before somebody has booked.

    Its event must be loaded. Whoever was erased is counted and not named.
    """
    event = occurrence.event
    rows = db.session.execute(
        select(Attendance.places, Customer)
        .join(Customer, Customer.id == Attendance.customer_id)
        .where(
            Attendance.event_id == event.id,
            Attendance.occurrence_id == (None if event.whole else occurrence.id),
            Attendance.status.in_((BOOKED, NO_SHOW)),
        )
        .order_by(Attendance.id)
    ).all()
    if not rows:
        return []
    taken = sum(places for places, _ in rows)
    named = [_named(customer, places) for places, customer in rows if customer.erased_at is None]
    more = [f"and {len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
    return [f"{taken} of {counted(event.capacity)}", *named[:MOST_NAMED], *more]


def names_erased(occurrence: Occurrence) -> bool:
    """Say whether somebody who was to come, or came, has been erased since."""
    event_id, date = occurrence.event_id, occurrence.id
    erased = (
        select(Attendance.id)
        .join(Customer, Customer.id == Attendance.customer_id)
        .where(
            Attendance.event_id == event_id,
            or_(Attendance.occurrence_id == date, Attendance.occurrence_id.is_(None)),
            Customer.erased_at.is_not(None),
        )
    )
    return db.session.scalar(erased.limit(1)) is not None


def _named(customer: Customer, places: int) -> str:
    party = f"{customer.name} ({counted(places)})" if places > 1 else customer.name
    return ", ".join(part for part in (party, customer.phone, customer.email) if part)
