"""What should stand in one person's Outlook, worked out afresh each time it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from panel.db.base import ask, db
from panel.db.tables import (
    Appointment,
    Booking,
    Company,
    Customer,
    Employee,
    Event,
    Mirror,
    Occurrence,
    OutlookSettings,
)
from panel.domain.body import one_line
from panel.domain.content import Content
from panel.domain.texts import fill
from panel.services.sync.attendees import attendee_lines, names_erased
from panel.services.sync.inviting import attending, meeting

HOLDING = frozenset({"approved", "completed", "no-show"})
GONE_BOOKINGS = frozenset({"cancelled", "rejected"})


# Asked for every copy that is sent, so written once.
_COMPANY = select(Company.name, Company.phone)
_WHOLE = [
    joinedload(Appointment.service),
    joinedload(Appointment.employee),
    selectinload(Appointment.bookings).joinedload(Booking.customer),
]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one copy. Without `content` its subject does not exist any more.

    `owner`: this copy may move or cancel the subject. `since`: when the subject stopped being
    wanted by anybody, where that is known. `erased`: somebody in it has been erased here.
    """

    wanted: bool
    owner: bool
    content: Content | None
    since: datetime | None
    erased: bool = False


def wanted(mirror: Mirror, settings: OutlookSettings) -> Wanted:
    """Work out what should stand there, in the reading transaction that is open."""
    if mirror.subject == "appointment":
        return _appointment(mirror, settings)
    return _occurrence(mirror, settings)


def _appointment(mirror: Mirror, settings: OutlookSettings) -> Wanted:
    appointment = db.session.get(
        Appointment, mirror.subject_id, options=_WHOLE, populate_existing=True
    )
    if appointment is None:
        return Wanted(False, False, None, None)
    employee = appointment.employee
    owner = appointment.employee_id == mirror.employee_id
    pending = appointment.status == "pending" and _insert_pending(employee, settings)
    held = pending or appointment.status in HOLDING
    before, after = _buffers(appointment, settings)
    company = _company()
    values = _values(appointment, _coming(appointment), company)
    content = Content(
        title=_title(settings.appointment_title, values, appointment.service.name),
        block=_block(appointment, settings, company),
        location=one_line(appointment.service.place),
        starts=appointment.starts - timedelta(minutes=before),
        ends=appointment.ends + timedelta(minutes=after),
        before=before,
        after=after,
        **vars(meeting(settings, _invited(appointment))),
    )
    erased = any(one.customer.erased_at is not None for one in appointment.bookings)
    return Wanted(owner and held, owner, content, appointment.unwanted_at, erased)


def _insert_pending(employee: Employee, settings: OutlookSettings) -> bool:
    own = employee.insert_pending
    return settings.insert_pending if own is None else own


def _buffers(appointment: Appointment, settings: OutlookSettings) -> tuple[int, int]:
    if not settings.include_buffers:
        return 0, 0
    return appointment.buffer_before, appointment.buffer_after


def _coming(appointment: Appointment) -> list[Booking]:
    """The bookings that count; whoever was erased is not named any more."""
    return [
        one
        for one in appointment.bookings
        if one.status not in GONE_BOOKINGS and one.customer.erased_at is None
    ]


def _invited(appointment: Appointment) -> list[Customer]:
    """Whoever waits for approval is not invited yet."""
    return [one.customer for one in _coming(appointment) if one.status in HOLDING]


def _values(
    appointment: Appointment, bookings: list[Booking], company: dict[str, str]
) -> dict[str, str]:
    return {
        "service_name": appointment.service.name,
        "customer_full_name": ", ".join(one.customer.name for one in bookings),
        "customer_phone": ", ".join(one.customer.phone for one in bookings if one.customer.phone),
        "customer_email": ", ".join(one.customer.email for one in bookings if one.customer.email),
        "customer_note": "\n".join(_notes(bookings)),
        "booking_ref": appointment.reference,
        "employee_name": appointment.employee.name,
        "location": appointment.service.place,
        **company,
    }


def _notes(bookings: list[Booking]) -> list[str]:
    """What the customers said, each with their name where there are several."""
    if len(bookings) == 1:
        return [bookings[0].note]
    return [f"{one.customer.name}: {one.note}" for one in bookings if one.note]


def _block(appointment: Appointment, settings: OutlookSettings, company: dict[str, str]) -> str:
    named = _coming(appointment) if settings.customer_in_body else []
    text = fill(settings.appointment_text, _values(appointment, named, company))
    lines = [text, *(_contact(booking) for booking in named)]
    return "\n".join(line for line in lines if line.strip())


def _contact(booking: Booking) -> str:
    customer = booking.customer
    party = f"{customer.name} ({booking.persons} persons)" if booking.persons > 1 else customer.name
    return "\n".join(part for part in (party, customer.phone, customer.email) if part)


def _title(template: str, values: dict[str, str], otherwise: str) -> str:
    return one_line(fill(template, values)) or one_line(otherwise)


def _occurrence(mirror: Mirror, settings: OutlookSettings) -> Wanted:
    occurrence = db.session.get(
        Occurrence,
        mirror.subject_id,
        options=[
            joinedload(Occurrence.event).joinedload(Event.organizer),
            joinedload(Occurrence.event).selectinload(Event.staff),
        ],
        populate_existing=True,
    )
    if occurrence is None:
        return Wanted(False, False, None, None)
    event = occurrence.event
    owner = event.organizer_id == mirror.employee_id
    staffed = settings.add_staff and mirror.employee_id in {one.id for one in event.staff}
    values = _event_values(event)
    content = Content(
        title=_title(settings.event_title, values, event.name),
        block=_event_block(occurrence, values, settings),
        location=one_line(event.place),
        starts=occurrence.starts,
        ends=occurrence.ends,
        # Once, by the organizer: not by everybody who helps.
        **(vars(meeting(settings, attending(occurrence))) if owner else {}),
    )
    open_ = event.status == "open" and occurrence.status == "open"
    erased = names_erased(occurrence)
    return Wanted(open_ and (owner or staffed), owner, content, occurrence.unwanted_at, erased)


def _event_block(occurrence: Occurrence, values: dict[str, str], settings: OutlookSettings) -> str:
    text = fill(settings.event_text, values)
    lines = [text, *attendee_lines(occurrence)] if settings.customer_in_body else [text]
    return "\n".join(line for line in lines if line.strip())


def _event_values(event: Event) -> dict[str, str]:
    return {
        "event_name": event.name,
        "event_description": event.description,
        "location": event.place,
        "employee_name": event.organizer.name,
        "capacity": str(event.capacity),
        **_company(),
    }


def _company() -> dict[str, str]:
    name, phone = ask(_COMPANY).first() or ("", "")
    return {"company_name": name, "company_phone": phone}
