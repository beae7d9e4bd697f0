"""What every page says around its content: whose business it is, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, select

from panel.db.base import db
from panel.db.tables import Company, Question
from panel.domain.people import Actor

COMPANY, QUESTION = Company.__table__.c, Question.__table__.c


@dataclass(frozen=True)
class Standing:
    """The business, its zone, and how many questions wait for whoever asks.

    `hour_format` is 12 or 24, `first_weekday` 0 for Monday.
    """

    business: str
    zone: str
    questions: int
    hour_format: int = 24
    first_weekday: int = 0


def standing(by: Actor | None) -> Standing:
    """Read it in one statement; before a business is set up, there is only Panel."""
    if by is not None and by.in_back_end:
        row = db.session.execute(_EVERYBODYS).one_or_none()
    else:
        row = db.session.execute(_OWN, {"employee": by.employee_id if by else None}).one_or_none()
    return Standing(*row) if row else Standing("Panel", "UTC", 0)


def _reading(*, own: bool) -> Select[str, str, int, int, int]:
    waiting = select(func.count(QUESTION.id)).where(QUESTION.closed_at.is_(None))
    if own:
        waiting = waiting.where(QUESTION.employee_id == bindparam("employee"))
    columns = (COMPANY.name, COMPANY.zone, waiting.scalar_subquery())
    return select(*columns, COMPANY.hour_format, COMPANY.first_weekday).where(COMPANY.id == 1)


# Every page asks: built once, from the plain tables, which is what costs the least.
_OWN, _EVERYBODYS = _reading(own=True), _reading(own=False)
