"""Find appointments, and hold one of them for a change. All need the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from panel.db.tables import Appointment, Booking
from panel.domain.errors import AlreadyChanged, NotThere
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.services.availability import accept, all_conflicts
from panel.services.holding import hold
from panel.services.outbox import Transaction

WHOLE = (
    joinedload(Appointment.service),
    joinedload(Appointment.employee),
    selectinload(Appointment.bookings).joinedload(Booking.customer),
)
MISSING = "There is no such appointment."
MOVED_ON = "Somebody changed this appointment while you had it open. Look again, then decide."


def held(
    session: Transaction,
    appointment_id: int,
    *,
    by: Actor,
    revision: int | None,
    also: Iterable[int] = (),
) -> Appointment:
    """Return an appointment that this actor may change, its employee held until the end.

    `also` holds further employees. Raises NotThere (for a colleague's too, so that ids tell
    nothing), NotAllowed, and AlreadyChanged where `revision` is not its present one.
    """
    owner = session.scalar(select(Appointment.employee_id).where(Appointment.id == appointment_id))
    if owner is None or not by.sees(owner):
        raise NotThere(MISSING)
    by.must("appointments", owner)
    hold(session, [owner, *also])
    appointment = session.get_one(
        Appointment, appointment_id, options=WHOLE, populate_existing=True
    )
    # Between the first look and the lock it may have gone to a colleague.
    if appointment.employee_id != owner or revision not in (None, appointment.revision):
        raise AlreadyChanged(MOVED_ON)
    return appointment


def checked(
    session: Transaction,
    appointment: Appointment,
    wish: Span,
    *,
    by: Actor,
    now: datetime,
    anyway: bool,
) -> str:
    """Let the wished time pass, or raise InTheWay; return what was overridden, in words."""
    found = all_conflicts(
        session,
        appointment.employee_id,
        wish,
        (appointment.buffer_before, appointment.buffer_after),
        ignoring=("appointment", appointment.id) if appointment.id else None,
        service_id=appointment.service_id,
        now=now,
    )
    return accept(found, by=by, anyway=anyway)
