"""What somebody sees first: today, what waits for them, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from panel.db.base import db
from panel.db.tables import HeldDeletions, Question
from panel.domain.moments import day_span, local
from panel.domain.people import Actor
from panel.domain.questions import FOLLOWED
from panel.domain.states import PENDING
from panel.services import calendar
from panel.services.appointment_lists import Filter, Line, beginning, first

SHOWN = 5


@dataclass(frozen=True)
class Today:
    """One day in `zone`. `pending` wait for approval, the next first; `waiting` counts all."""

    date: date
    zone: str
    window: calendar.Window
    pending: list[Line]
    waiting: int


def today(by: Actor, *, zone: str, now: datetime, employee_id: int | None = None) -> Today:
    """Return the reader's day: their own, or for the back end one employee's or everybody's."""
    day = local(now, zone).date()
    if not by.in_back_end:
        employee_id = by.employee_id
    window = calendar.agenda(by, *day_span(day, zone), employee_id=employee_id)
    pending = Filter(when="upcoming", employee_id=employee_id, status=PENDING)
    return Today(day, zone, window, *beginning(by, pending, now=now, size=SHOWN))


def coming(by: Actor, *, now: datetime, employee_id: int | None = None) -> list[Line]:
    """Return the appointments that come next, from the same people."""
    return first(by, Filter("open", "upcoming", employee_id), now=now, size=SHOWN)


def question_count(by: Actor) -> int:
    """Count the open questions, for the number in the navigation."""
    asked = select(func.count()).where(Question.closed_at.is_(None), Question.kind != FOLLOWED)
    held = select(func.count()).where(HeldDeletions.closed_at.is_(None))
    if not by.in_back_end:
        asked = asked.where(Question.employee_id == by.employee_id)
        held = held.where(HeldDeletions.employee_id == by.employee_id)
    return (db.session.scalar(asked) or 0) + (db.session.scalar(held) or 0)
