"""What every page says around its content: whose business it is, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from panel.db.base import db
from panel.db.tables import Company, Question
from panel.domain.people import Actor


@dataclass(frozen=True)
class Standing:
    """The business, its zone, and how many questions wait for whoever asks."""

    business: str
    zone: str
    questions: int


def standing(by: Actor | None) -> Standing:
    """Read it in one statement; before a business is set up, there is only Panel."""
    waiting = select(func.count(Question.id)).where(Question.closed_at.is_(None))
    if by is None or not by.in_back_end:
        waiting = waiting.where(Question.employee_id == (by.employee_id if by else None))
    row = db.session.execute(
        select(Company.name, Company.zone, waiting.scalar_subquery()).where(Company.id == 1)
    ).one_or_none()
    return Standing(*row) if row else Standing("Panel", "UTC", 0)
