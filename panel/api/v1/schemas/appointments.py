"""Appointments, as they are given out and asked for."""

from __future__ import annotations

from marshmallow import fields

from panel.api.v1.fields import Choice, Day, Instant, Number, Shape, SomeEmployee, Tick, Words
from panel.api.v1.schemas.shared import StretchSchema, about
from panel.domain.states import OPEN, STATES

MONDAY = "2026-11-23T09:00:00+01:00"
COPY_STATES = ("not_connected", "waiting", "in_outlook", "question", "parked")


class AppointmentsWantedSchema(StretchSchema):
    """What a list is narrowed to."""

    first = Day(
        data_key="from",
        metadata=about("The first date, in the zone of the business."),
    )
    last = Day(data_key="to", metadata=about("The last date, included."))
    employee_id = Number(data_key="employee", strict=False)
    service_id = Number(data_key="service", strict=False)
    customer_id = Number(data_key="customer", strict=False)
    status = Choice(STATES)
    search = Words(
        most=200,
        load_default="",
        metadata=about("Words in the customer's name, address or phone, or the reference."),
    )


class CopySchema(Shape):
    """How an appointment stands in its employee's Outlook."""

    state = Choice(
        COPY_STATES,
        required=True,
        allow_none=True,
        metadata=about(
            "in_outlook is only said once Outlook has confirmed the appointment as it is now; "
            "null where nothing of it belongs there, as when it is cancelled."
        ),
    )
    confirmed_at = Instant(required=True, allow_none=True)
    event_id = fields.String(required=True, allow_none=True)


class BookerSchema(Shape):
    """Who booked."""

    id = Number(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True)


class BookingSchema(Shape):
    id = Number(required=True)
    customer = fields.Nested(BookerSchema, required=True)
    persons = Number(required=True)
    status = Choice(STATES, required=True)
    note = fields.String(required=True, metadata=about("What the customer wrote."))


class AppointmentSchema(Shape):
    id = Number(required=True)
    reference = fields.String(required=True)
    service_id = Number(required=True)
    employee_id = Number(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    zone = fields.String(required=True)
    status = Choice(STATES, required=True)
    places = Number(required=True, metadata=about("For how many persons; above one, a group."))
    persons = Number(least=0, required=True, metadata=about("How many have booked."))
    note = fields.String(required=True, metadata=about("What staff wrote for themselves."))
    revision = Number(required=True, metadata=about("Counts changes; it is also the ETag."))
    created_at = Instant(required=True)
    bookings = fields.List(fields.Nested(BookingSchema), required=True)
    outlook = fields.Nested(CopySchema, required=True)

    example = {
        "id": 17, "reference": "K7QM2XPA", "service_id": 1, "employee_id": 2,
        "starts_at": MONDAY, "ends_at": "2026-11-23T10:00:00+01:00", "zone": "Europe/Berlin",
        "status": "approved", "places": 1, "persons": 1, "note": "", "revision": 1,
        "created_at": "2026-11-16T15:04:05+01:00",
        "bookings": [
            {
                "id": 21, "persons": 1, "status": "approved", "note": "",
                "customer": {
                    "id": 8, "name": "Lea Roth", "email": "lea@example.com", "phone": "",
                },
            }
        ],
        "outlook": {"state": "waiting", "confirmed_at": None, "event_id": None},
    }  # fmt: skip


class CallerSchema(Shape):
    """Who books: known by their address, else written down as new."""

    name = Words(least=1, most=120, required=True)
    email = Words(least=3, most=254, required=True)
    phone = Words(most=40, load_default="")


class NewAppointmentSchema(Shape):
    service_id = Number(required=True)
    employee_id = SomeEmployee(required=True)
    starts_at = Instant(required=True)
    customer = fields.Nested(CallerSchema, required=True)
    persons = Number(most=500, load_default=1, metadata=about("More than one in groups only."))
    note = Words(most=2000, load_default="", metadata=about("What the customer wrote."))
    status = Choice(OPEN)
    anyway = Tick(load_default=False)

    example = {
        "service_id": 1, "employee_id": "any", "starts_at": MONDAY,
        "customer": {"name": "Lea Roth", "email": "lea@example.com", "phone": "+49 30 1234"},
    }  # fmt: skip


class AppointmentChangeSchema(Shape):
    starts_at = Instant()
    employee_id = Number()
    status = Choice(STATES)
    anyway = Tick(load_default=False)

    example = {"starts_at": "2026-11-24T11:30:00+01:00"}
