"""Places of a group appointment: who joins it, and how many are left.

All need the caller's transaction, which holds the employee.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from panel.db.tables import Appointment, Booking
from panel.domain.conflicts import Conflict, Voice, crowded, passed
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.states import APPROVED, OPEN, PENDING
from panel.services import journal, mailing, outbox
from panel.services.appointment_changes import settle, write
from panel.services.appointment_rows import WHOLE
from panel.services.availability import accept
from panel.services.outbox import Transaction


def joinable(
    session: Transaction, service_id: int, employee_id: int, starts: datetime
) -> Appointment | None:
    """Return the open group of this service, employee and start; full ones too."""
    query = (
        select(Appointment)
        .where(
            Appointment.service_id == service_id,
            Appointment.employee_id == employee_id,
            Appointment.starts == starts,
            Appointment.status.in_(OPEN),
            Appointment.places > 1,
        )
        .order_by((Appointment.places - Appointment.persons).desc(), Appointment.id)
        .limit(1)
    )
    return session.scalar(query.options(*WHOLE).execution_options(populate_existing=True))


def join(
    session: Transaction,
    appointment: Appointment,
    booking: Booking,
    *,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> None:
    """Add a booking to a group. Raises InTheWay where too few places are left."""
    overridden = room(appointment, booking.persons, by=by, now=now, anyway=anyway)
    appointment.bookings.append(booking)
    write(
        session, appointment, "joined", side=journal.PANEL, who=by.name, now=now,
        after=party(booking), note=overridden,
    )  # fmt: skip
    follow(session, appointment, by=by, now=now, told=("booked", booking))


def room(appointment: Appointment, more: int, *, by: Actor, now: datetime, anyway: bool) -> str:
    """Let so many more persons come, or raise InTheWay; return what was overridden."""
    return accept(lack(appointment, more, now=now), by=by, anyway=anyway)


def lack(appointment: Appointment, more: int, *, now: datetime) -> list[Conflict]:
    """Return what keeps so many more persons from coming."""
    employee = appointment.employee
    voice = Voice(employee.id, employee.name, employee.zone)
    starts, left = appointment.starts, appointment.places - appointment.persons
    found = crowded(voice, appointment.service.name, starts, left, more)
    return found + passed(voice, Span(starts, appointment.ends), now)


def follow(
    session: Transaction,
    appointment: Appointment,
    *,
    by: Actor,
    now: datetime,
    told: tuple[str, Booking] | None,
) -> None:
    """Let appointment and copies follow a change of one of its bookings.

    `told` says what its customer is told, if anything. The group may have become certain
    with it, which all the others have waited for.
    """
    before = appointment.status
    settle(session, appointment, side=journal.PANEL, who=by.name, now=now)
    session.flush()
    outbox.changed(session, "appointment", appointment.id, now=now)
    if told is not None:
        mailing.tell(session, told[0], appointment, bookings=[told[1]], by=by, now=now)
    if before == PENDING and appointment.status == APPROVED:
        others = [one for one in appointment.bookings if one.status == APPROVED]
        others = [one for one in others if told is None or one is not told[1]]
        mailing.tell(session, "approved", appointment, bookings=others, by=by, now=now)


def party(booking: Booking) -> str:
    """Name who comes, as the journal keeps it: Lea Roth, 2 persons."""
    more = f", {booking.persons} persons" if booking.persons > 1 else ""
    return f"{booking.customer.name}{more}"
