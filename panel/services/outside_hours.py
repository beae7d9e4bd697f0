"""Appointments that lie outside somebody's work hours: counted and listed, never moved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from panel.db.base import reading
from panel.db.tables import Appointment
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.states import OPEN
from panel.services.appointment_rows import WHOLE
from panel.services.plans import plans


def outside_hours(employee_id: int, *, by: Actor, now: datetime) -> list[Appointment]:
    """Return the upcoming appointments outside work hours, in breaks or on days off.

    The next one comes first, each with its service, bookings and customers. Raises NotThere.
    """
    if not by.sees(employee_id):
        raise NotThere("There is no such employee.")
    session = reading()
    plan = plans(session, [employee_id]).get(employee_id)
    if plan is None:
        raise NotThere("There is no such employee.")
    rows = session.execute(
        select(Appointment.id, Appointment.service_id, Appointment.starts, Appointment.ends)
        .where(
            Appointment.employee_id == employee_id,
            Appointment.starts > now,
            Appointment.status.in_(OPEN),
        )
        .order_by(Appointment.starts)
    ).all()
    services = {row.service_id for row in rows}
    limited = {service_id: plan.only(service_id) for service_id in services}
    outside = [
        row.id for row in rows if not limited[row.service_id].holds(Span(row.starts, row.ends))
    ]
    wanted = select(Appointment).where(Appointment.id.in_(outside)).options(*WHOLE)
    return list(session.scalars(wanted.order_by(Appointment.starts))) if outside else []
