"""What visitors do on the public pages: book, without a login and without being trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from panel.db.base import fresh, reading, writing
from panel.db.tables import Appointment, BookingAttempt, Company, Customer, Employee
from panel.domain.errors import TooOften
from panel.domain.moments import local_text
from panel.domain.people import visitor
from panel.domain.schedule import Span
from panel.services import appointments
from panel.services.appointments import Wish
from panel.services.booking_customers import Caller, differs, find_or_make
from panel.services.choosing import Slot, choose, free_then
from panel.services.free_people import rules_of
from panel.services.holding import hold_form
from panel.services.outbox import Transaction
from panel.services.outside import Outside
from panel.services.sync import live
from panel.services.tries import neighbourhood

# Of several who are free, so many are asked at Outlook at once.
AT_ONCE = 3
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Request:
    """What a visitor sends: a time, who they are, and what they were asked.

    `zone` is where they are. `form_key` belongs to the form, so that a double click books once.
    """

    slot: Slot
    name: str
    email: str
    phone: str = ""
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    form_key: str | None = None

    @property
    def caller(self) -> Caller:
        """Who they say they are."""
        return Caller(self.name, self.email, self.phone)


def book(request: Request, *, outside: Outside) -> Appointment:
    """Book what a visitor wants. Raises SlotTaken with what is free next, RuleBroken, NotThere.

    Outlook is asked first, where what is known of it is older than a minute, for at most two
    seconds; check and insert then stand in one transaction that holds the employee.
    """
    slot, now = request.slot, outside.now()
    ask_outlook(slot, outside=outside)
    with writing() as session:
        if request.form_key:
            hold_form(session, request.form_key)
            if known := appointments.made_by(session, request.form_key):
                return known
        choice = choose(session, slot, now=now)
        customer = customer_of(session, request, now)
        wish = _wish(session, request, choice.employee_id, customer)
        made = appointments.book_in(session, wish, by=visitor(customer.name), now=now)
        made.unchecked = made.unchecked or choice.unchecked
    return made


def _wish(session: Transaction, request: Request, employee_id: int, customer: Customer) -> Wish:
    """What is booked: the wall time is promised where the employee is."""
    slot = request.slot
    zone = session.get_one(Employee, employee_id).zone
    return Wish(
        slot.service_id,
        employee_id,
        customer.id,
        local_text(slot.starts, zone),
        note=request.note,
        persons=slot.persons,
        answers=(*request.answers, *differs(request.caller, customer)),
        form_key=request.form_key,
        visitor_zone=slot.zone,
    )


def booking_of(appointment: Appointment, form_key: str) -> int:
    """Return the id of the booking that a form made within an appointment."""
    return next(one.id for one in appointment.bookings if one.form_key == form_key)


def count_attempt(network: str, *, now: datetime) -> None:
    """Remember that a booking was sent from a network address or its neighbours. Raises TooOften.

    A search is never counted: only what takes somebody's time is.
    """
    with writing() as session:
        company = session.get(Company, 1)
        most = company.bookings_per_hour if company else 0
        if not most:
            return
        key = neighbourhood(network)
        session.execute(delete(BookingAttempt).where(BookingAttempt.at <= now - HOUR))
        sent = select(BookingAttempt.at).where(BookingAttempt.key == key)
        full = session.scalar(sent.order_by(BookingAttempt.at.desc()).offset(most - 1).limit(1))
        if full is not None:
            minutes = -(-(full + HOUR - now) // timedelta(minutes=1))
            raise TooOften(f"That is a lot of bookings from one place. Wait {minutes} minutes.")
        session.add(BookingAttempt(key=key, at=now))


def ask_outlook(slot: Slot, *, outside: Outside) -> None:
    """Ask Outlook about this time of those who would take it, the fairest choice first."""
    session, now = reading(), outside.now()
    usual = rules_of(session, slot.service_id, staff=slot.staff).duration
    duration = slot.lasts[0] if slot.lasts else usual
    free = free_then(session, slot, now=now)
    fresh()
    span = Span(slot.starts, slot.starts + timedelta(minutes=duration))
    live.look(free[:AT_ONCE], span, outside=outside)


def customer_of(session: Transaction, request: Request, now: datetime) -> Customer:
    """Return the customer with this address, who is as they say now; else a new one.

    Nothing that is known already is overwritten by whoever types an address: a name or a
    number that differs stands with the booking alone, where staff see it.
    """
    return find_or_make(session, request.caller, now=now)
