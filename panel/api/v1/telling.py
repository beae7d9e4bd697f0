"""Appointments and customers, written as JSON holds them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from panel.domain.moments import local
from panel.services.appointment_rows import Appointment, Booking
from panel.services.copy_reports import Report, reports
from panel.services.customers import Customer

Json = dict[str, Any]


def tell_all(appointments: list[Appointment]) -> list[Json]:
    """Return appointments with their bookings, and how they stand in Outlook."""
    known = reports(appointments)
    return [_appointment(one, known[one.id]) for one in appointments]


def tell(appointment: Appointment) -> Json:
    """Return one appointment; see `tell_all`."""
    return tell_all([appointment])[0]


def tell_customer(customer: Customer) -> Json:
    """Return a customer as they are kept."""
    return {
        **_person(customer),
        "note": customer.note,
        "active": customer.active,
        "created_at": _iso(customer.created_at, "UTC"),
    }


def _appointment(one: Appointment, copy: Report) -> Json:
    return {
        "id": one.id,
        "reference": one.reference,
        "service_id": one.service_id,
        "employee_id": one.employee_id,
        "starts_at": _iso(one.starts, one.zone),
        "ends_at": _iso(one.ends, one.zone),
        "zone": one.zone,
        "status": one.status,
        "places": one.places,
        "persons": one.persons,
        "note": one.note,
        "revision": one.revision,
        "created_at": _iso(one.created_at, one.zone),
        "bookings": [_booking(booking) for booking in one.bookings],
        "outlook": {
            "state": copy.state,
            "confirmed_at": copy.confirmed_at and _iso(copy.confirmed_at, one.zone),
            "event_id": copy.event_id,
        },
    }


def _booking(one: Booking) -> Json:
    return {
        "id": one.id,
        "customer": _person(one.customer),
        "persons": one.persons,
        "status": one.status,
        "note": one.note,
    }


def _person(one: Customer) -> Json:
    return {"id": one.id, "name": one.name, "email": one.email, "phone": one.phone}


def _iso(moment: datetime, zone: str) -> str:
    """Write an instant to the second, with the offset of its zone."""
    return local(moment.astimezone(UTC), zone).isoformat(timespec="seconds")
