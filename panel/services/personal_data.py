"""All that is kept about one customer, for them to have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from panel.db.base import db
from panel.db.tables import Appointment, Attendance, Booking, Event, Mail, Occurrence
from panel.domain.people import Actor
from panel.services import customers


def of(customer_id: int, *, by: Actor) -> dict[str, Any]:
    """Return what is kept about a customer, as JSON can hold it; instants in UTC.

    Only the owner may ask. Raises NotThere, NotAllowed.
    """
    by.must_own()
    one = customers.one(customer_id, by=by)
    bookings, attendances = _bookings(one.id), _attendances(one.id)
    return {
        "customer": {
            "name": one.name, "email": one.email, "phone": one.phone, "note": one.note,
            "zone": one.zone, "since": _at(one.created_at),
        },
        "appointments": [_booking(row) for row in bookings],
        "events": [_attendance(row) for row in attendances],
        "mails": [_mail(row) for row in _mails(one.email, bookings, attendances)],
    }  # fmt: skip


def _bookings(customer_id: int) -> list[Booking]:
    within = joinedload(Booking.appointment)
    query = select(Booking).where(Booking.customer_id == customer_id).order_by(Booking.id)
    options = (within.joinedload(Appointment.service), within.joinedload(Appointment.employee))
    return list(db.session.scalars(query.options(*options)))


def _attendances(customer_id: int) -> list[Attendance]:
    query = select(Attendance).where(Attendance.customer_id == customer_id)
    event = joinedload(Attendance.event)
    options = (event.selectinload(Event.occurrences), joinedload(Attendance.occurrence))
    return list(db.session.scalars(query.order_by(Attendance.id).options(*options)))


def _booking(row: Booking) -> dict[str, Any]:
    one = row.appointment
    return {
        "service": one.service.name, "with": one.employee.name, "reference": one.reference,
        "starts": _at(one.starts), "ends": _at(one.ends), "status": row.status,
        "persons": row.persons, "price": row.price, "note": row.note,
        "note_of_the_appointment": one.note, "answers": row.answers,
        "booked_at": _at(row.created_at),
    }  # fmt: skip


def _attendance(row: Attendance) -> dict[str, Any]:
    dates: Iterable[Occurrence] = [row.occurrence] if row.occurrence else row.event.occurrences
    return {
        "event": row.event.name, "reference": row.reference,
        "dates": [{"starts": _at(one.starts), "ends": _at(one.ends)} for one in dates],
        "status": row.status, "places": row.places, "price": row.price, "note": row.note,
        "answers": row.answers, "booked_at": _at(row.created_at),
    }  # fmt: skip


def _mails(email: str, bookings: list[Booking], attendances: list[Attendance]) -> list[Mail]:
    about = or_(
        Mail.booking_id.in_([one.id for one in bookings]),
        Mail.attendance_id.in_([one.id for one in attendances]),
    )
    query = select(Mail).where(Mail.to_address == email, about).order_by(Mail.id)
    return list(db.session.scalars(query)) if email else []


def _mail(row: Mail) -> dict[str, Any]:
    sent = _at(row.sent_at) if row.sent_at else None
    return {"to": row.to_address, "title": row.title, "text": row.text, "sent_at": sent}


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
