"""Mail people what waits for their decision, once, with both values, the rule and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from panel.db.tables import (
    Appointment,
    Employee,
    Event,
    HeldDeletions,
    Mirror,
    Occurrence,
    Question,
    Service,
    User,
)
from panel.domain.moments import clock, local
from panel.domain.people import BACK_END
from panel.domain.questions import CHANGING, KEPT_BY, Asked, Times, reason, there, title, verb
from panel.domain.texts import inert
from panel.domain.words import and_more
from panel.services import mail_rows, subjects
from panel.services.mail_facts import Told, Values, bookings_of, company_of
from panel.services.outbox import Transaction
from panel.services.question_rows import asked_of

# What was dragged about and came to rest closes its own question: nobody need hear of it.
QUIET = timedelta(minutes=2)
NAMED = 5


def tell_question(session: Transaction, question: Question, *, now: datetime) -> None:
    """Mail the employee a question that was opened in the caller's transaction.

    Where they do not sign in, the owner is asked.
    """
    session.flush()
    employee = session.get_one(Employee, question.employee_id)
    asked, values = asked_of(question), _about(session, question)
    for user in _readers(session, employee):
        times = _times(session, employee.zone)
        said = values | _question(asked, times, values["customer_name"], user, employee)
        told = Told("question", question.id, user.email, user.name, said)
        once = f"employee_question:{question.id}:{user.id}"
        mail_rows.write(session, "employee_question", told, once=once, now=now, due_at=now + QUIET)


def tell_held(
    session: Transaction, held: HeldDeletions, copies: Sequence[Mirror], *, now: datetime
) -> None:
    """Mail the employee and the owners that these are gone, and ask whether it was meant."""
    employee = session.get_one(Employee, held.employee_id)
    values = _business(session) | {
        "employee_name": employee.name,
        "deleted": str(len(copies)),
        "upcoming": str(held.upcoming),
        "some_of_them": _some(session, copies, employee),
    }
    users = {one.id: one for one in [*_readers(session, employee), *_owners(session)]}
    for user in users.values():
        told = Told("held", held.id, user.email, user.name, values)
        once = f"employee_held:{held.id}:{user.id}"
        mail_rows.write(session, "employee_held", told, once=once, now=now)


def _readers(session: Transaction, employee: Employee) -> list[User]:
    """Whoever answers for an employee: they, or the owners where they do not sign in."""
    user = session.get(User, employee.user_id) if employee.user_id else None
    return [user] if user is not None and user.active else _owners(session)


def _owners(session: Transaction) -> list[User]:
    owners = select(User).where(User.role == "owner", User.active).order_by(User.id)
    return list(session.scalars(owners))


def _question(asked: Asked, times: Times, customer: str, user: User, employee: Employee) -> Values:
    own = employee.user_id == user.id
    may = not own or user.role in BACK_END or KEPT_BY[asked.subject] in employee.permissions
    answers = [one for one in asked.answers if may or one not in CHANGING]
    return {
        "question": title(asked, times),
        "reason": reason(asked, times, customer=customer, own=own),
        "in_panel": times.day_span(asked.here.starts, asked.here.ends),
        "in_outlook": there(asked, times),
        "choices": "\n".join(
            f"{verb(asked, one, times)}: %panel_url%?answer={one}" for one in answers
        ),
        "employee_name": employee.name,
        "starts_short": f"{times.day(times.date(asked.here.starts))}, "
        f"{times.clock(asked.here.starts)}",
    }


def _about(session: Transaction, question: Question) -> Values:
    """What it is about, and who booked it."""
    if question.subject == "appointment":
        appointment = session.get_one(Appointment, question.subject_id)
        names = [inert(one.customer.name) for one in bookings_of(session, appointment.id)]
        what = session.get_one(Service, appointment.service_id).name
        return _business(session) | {"what": what, "customer_name": and_more(names)}
    date_ = session.get_one(Occurrence, question.subject_id)
    what = session.get_one(Event, date_.event_id).name
    return _business(session) | {"what": what, "customer_name": ""}


def _some(session: Transaction, copies: Sequence[Mirror], employee: Employee) -> str:
    """The first few of what is gone, and how many more."""
    times = _times(session, employee.zone)
    rows = [subjects.find(session, one.subject, one.subject_id) for one in copies]
    rows.sort(key=lambda one: one.starts)
    lines = [times.day_span(one.starts, one.ends) for one in rows[:NAMED]]
    more = len(rows) - NAMED
    return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _times(session: Transaction, zone: str) -> Times:
    """Times as this employee reads them, named with their day."""
    written = company_of(session).hour_format

    def hours(instant: datetime) -> str:
        return clock(instant, zone, written)

    def day(value: date) -> str:
        return f"{value:%a} {value.day} {value:%b}"

    def living(instant: datetime) -> date:
        return local(instant, zone).date()

    def day_span(starts: datetime, ends: datetime) -> str:
        return f"{day(living(starts))}, {hours(starts)}–{hours(ends)}"

    return Times(clock=hours, day=day, day_span=day_span, date=living)


def _business(session: Transaction) -> Values:
    company = company_of(session)
    return {"business_name": company.name, "business_phone": company.phone}
