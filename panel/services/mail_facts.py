"""What a mail about an appointment or an event can say, read in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from panel.db.tables import (
    Appointment,
    Attendance,
    Booking,
    Company,
    Customer,
    Employee,
    Event,
    Occurrence,
    Service,
    User,
)
from panel.domain.moments import clock, local
from panel.domain.schedule import Span
from panel.domain.texts import inert
from panel.domain.words import money
from panel.mail.calendars import Visit
from panel.services.outbox import Transaction

Values = dict[str, str]


@dataclass(frozen=True)
class Told:
    """Whom one mail goes to, what it can say, and what their calendar may take from it."""

    subject: str
    subject_id: int
    address: str
    name: str
    values: Values
    visits: tuple[Visit, ...] = ()
    booking_id: int | None = None
    attendance_id: int | None = None


def to_customer(
    session: Transaction, appointment: Appointment, booking: Booking, before: Span | None = None
) -> Told:
    """Tell a customer about their booking; the booking must have its customer.

    `before` is the time that they knew, where it was another one.
    """
    zone = booking.zone or booking.customer.zone or appointment.zone
    values = _visit(session, appointment, [booking], zone)
    values["starts_before"] = _before(before, zone, company_of(session))
    return Told(
        "appointment", appointment.id, _address_of(booking.customer), booking.customer.name,
        values, (_entry(appointment, booking, values),), booking.id,
    )  # fmt: skip


def to_employee(
    session: Transaction, appointment: Appointment, bookings: Sequence[Booking], employee_id: int
) -> Told | None:
    """Tell an employee about an appointment; None where they have no address."""
    employee = session.get_one(Employee, employee_id)
    user = session.get(User, employee.user_id) if employee.user_id else None
    if user is None or not user.active:
        return None
    values = _visit(session, appointment, bookings, employee.zone)
    values |= _contacts(bookings)
    return Told("appointment", appointment.id, user.email, employee.name, values)


def to_attendee(
    session: Transaction,
    attendance: Attendance,
    dates: Sequence[Occurrence] | None = None,
    before: Span | None = None,
) -> Told:
    """Tell a customer about their places at an event, or at some of its dates.

    `before`: a date as they knew it.
    """
    event = session.get_one(Event, attendance.event_id)
    customer = session.get_one(Customer, attendance.customer_id)
    dates = dates_of(session, attendance) if dates is None else dates
    company = company_of(session)
    zone = attendance.zone or customer.zone or (dates[0].zone if dates else company.zone)
    until = attendance.offered_until
    price = event.price * attendance.places if event.price is not None else None
    values = business(company) | _dates(dates, zone, company) | {
        "customer_name": inert(customer.name),
        "event_name": event.name,
        "starts_before": _before(before, zone, company),
        "places": str(attendance.places),
        "place": _place(event.place, company),
        "price": _price(attendance.price if attendance.price is not None else price, company),
        "offered_until": moment(until, zone, company) if until else "",
        "booking_ref": attendance.reference,
    }  # fmt: skip
    visits = tuple(_date(attendance, one, event, values["place"]) for one in dates)
    return Told(
        "event", event.id, _address_of(customer), customer.name, values, visits,
        attendance_id=attendance.id,
    )  # fmt: skip


def _date(attendance: Attendance, one: Occurrence, event: Event, place: str) -> Visit:
    uid = f"{attendance.reference}-{one.id}@panel"
    return Visit(uid, one.revision, one.starts, one.ends, event.name, place)


def to_user(session: Transaction, user: User) -> Told:
    """Tell somebody who signs in."""
    values = business(company_of(session)) | {"user_name": user.name}
    return Told("user", user.id, user.email, user.name, values)


def bookings_of(session: Transaction, appointment_id: int) -> list[Booking]:
    """Return the bookings of an appointment with their customers."""
    query = select(Booking).where(Booking.appointment_id == appointment_id).order_by(Booking.id)
    return list(session.scalars(query.options(joinedload(Booking.customer))))


def dates_of(session: Transaction, attendance: Attendance) -> list[Occurrence]:
    """Return the date that was booked, or all dates of an event that is booked as a whole."""
    query = select(Occurrence).where(Occurrence.event_id == attendance.event_id)
    if attendance.occurrence_id is not None:
        query = query.where(Occurrence.id == attendance.occurrence_id)
    dates = list(session.scalars(query.order_by(Occurrence.starts)))
    # Of a course those that take place; of one that is cancelled, those that would have.
    return [one for one in dates if one.status == "open"] or dates


def company_of(session: Transaction) -> Company:
    """Return the business; before anybody has named it, one with everything as usual."""
    usual = Company(id=1, name="Panel", zone="UTC", phone="", address="", currency="EUR")
    usual.hour_format, usual.reminder_minutes, usual.email, usual.accent = 24, 0, "", ""
    return session.get(Company, 1) or usual


def moment(instant: datetime, zone: str, company: Company, ends: datetime | None = None) -> str:
    """Say when: Wednesday 25 November 2026, 10:00–11:00 (Europe/London)."""
    there = local(instant, zone)
    hours = clock(instant, zone, company.hour_format)
    if ends is not None:
        hours += f"–{clock(ends, zone, company.hour_format)}"
    return f"{there:%A} {there.day} {there:%B} {there.year}, {hours} ({zone})"


def _before(span: Span | None, zone: str, company: Company) -> str:
    return moment(span.starts, zone, company, span.ends) if span else ""


def _visit(
    session: Transaction, appointment: Appointment, bookings: Sequence[Booking], zone: str
) -> Values:
    service = session.get_one(Service, appointment.service_id)
    company = company_of(session)
    persons = sum(one.persons for one in bookings)
    return business(company) | {
        "customer_name": ", ".join(inert(one.customer.name) for one in bookings),
        "persons": str(persons) if persons > 1 else "",
        "service_name": service.name,
        "employee_name": session.get_one(Employee, appointment.employee_id).name,
        "starts": moment(appointment.starts, zone, company, appointment.ends),
        "starts_short": _short(appointment.starts, zone, company),
        "place": _place(service.place, company),
        "price": _price(_asked(service, bookings), company),
        "booking_ref": appointment.reference,
    }


def _contacts(bookings: Sequence[Booking]) -> Values:
    people = [one.customer for one in bookings]
    answers = [(str(ask), str(said)) for one in bookings for ask, said in one.answers or ()]
    return {
        "customer_phone": ", ".join(inert(one.phone, address=True) for one in people if one.phone),
        "customer_email": ", ".join(inert(one.email, address=True) for one in people if one.email),
        "customer_note": "\n".join(inert(one.note) for one in bookings if one.note),
        "answers": "\n".join(f"{ask}: {inert(said)}" for ask, said in answers if said),
    }


def _entry(appointment: Appointment, booking: Booking, values: Values) -> Visit:
    return Visit(
        f"{appointment.reference}-{booking.id}@panel", appointment.revision, appointment.starts,
        appointment.ends, f"{values['service_name']}, {values['business_name']}", values["place"],
    )  # fmt: skip


def _dates(dates: Sequence[Occurrence], zone: str, company: Company) -> Values:
    if not dates:
        return {"starts": "", "starts_short": ""}
    first = dates[0]
    more = f", and {len(dates) - 1} more" if len(dates) > 1 else ""
    return {
        "starts": moment(first.starts, zone, company, first.ends) + more,
        "starts_short": _short(first.starts, zone, company),
    }


def _asked(service: Service, bookings: Sequence[Booking]) -> int | None:
    """The price of all bookings together: as it was when they were made, where that is kept."""
    prices = [
        one.price if one.price is not None else (service.price or 0) * one.persons
        for one in bookings
    ]
    known = service.price is not None or any(one.price is not None for one in bookings)
    return sum(prices) if known and bookings else None


def business(company: Company) -> Values:
    """Return what any mail can say of the business."""
    return {"business_name": company.name, "business_phone": company.phone}


def _place(own: str, company: Company) -> str:
    return own or ", ".join(part.strip() for part in company.address.splitlines() if part.strip())


def _price(hundredths: int | None, company: Company) -> str:
    return "" if hundredths is None else money(hundredths, company.currency)


def _address_of(customer: Customer) -> str:
    return "" if customer.erased_at else customer.email


def _short(instant: datetime, zone: str, company: Company) -> str:
    there = local(instant, zone)
    return f"{there:%a} {there.day} {there:%b}, {clock(instant, zone, company.hour_format)}"
