"""What every page says around its content: whose business it is, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, literal_column, select

from panel.db.base import ask, fixed, one_of
from panel.db.tables import Alert, Company, Employee, HeldDeletions, Question, User
from panel.domain.people import BACK_END
from panel.domain.questions import FOLLOWED
from panel.services import signing_in
from panel.services.signing_in import Person


@dataclass(frozen=True)
class Standing:
    """The business, its zone and currency, and how many questions wait for whoever asks,
    and for the back end how many connections somebody must put right.

    `hour_format` is 12 or 24, `first_weekday` 0 for Monday. `step` is the slot grid in minutes.
    """

    business: str
    zone: str
    questions: int
    duties: int = 0
    hour_format: int = 24
    first_weekday: int = 0
    currency: str = "EUR"
    step: int = 15


NOTHING = Standing("Panel", "UTC", 0)


def standing() -> Standing:
    """Read it for a stranger; before a business is set up, there is only Panel."""
    row = ask(_STRANGERS).one_or_none()
    return Standing(*row) if row else NOTHING


def known(user_id: int, version: int) -> tuple[Person, Standing] | None:
    """Return who a session belongs to and what stands around their pages, in one statement.

    None once the session was ended or the login deactivated.
    """
    row = ask(_KNOWN, user_id=user_id, version=version).one_or_none()
    if row is None:
        return None
    around = Standing(
        row.business, row.company_zone, row.waiting, row.duties, row.hour_format,
        row.first_weekday, row.currency, row.step_minutes,
    )  # fmt: skip
    return signing_in.person_of(row), around if row.business else NOTHING


# Every page asks: built once, from the plain tables and with our own words in the statement,
# which is what costs the least.
_COMPANY, _QUESTION = Company.__table__.c, Question.__table__.c
_OPEN = select(func.count(_QUESTION.id)).where(
    _QUESTION.closed_at.is_(None), _QUESTION.kind != fixed(FOLLOWED)
)
_HELD = HeldDeletions.__table__.c
_MANY = select(func.count(_HELD.id)).where(_HELD.closed_at.is_(None))
_ME = Employee.__table__.c.id
_IN_BACK_END = one_of(User.__table__.c.role, BACK_END)
_WAITING = case(
    (_IN_BACK_END, _OPEN.scalar_subquery() + _MANY.scalar_subquery()),
    else_=_OPEN.where(_QUESTION.employee_id == _ME).scalar_subquery()
    + _MANY.where(_HELD.employee_id == _ME).scalar_subquery(),
)
_ALERT = Alert.__table__.c
_NONE: ColumnElement[int] = literal_column("0")
_DUTIES = case(
    (
        _IN_BACK_END,
        select(func.count(_ALERT.id)).where(_ALERT.ended_at.is_(None)).scalar_subquery(),
    ),
    else_=_NONE,
)
_KNOWN = signing_in.KNOWN.add_columns(
    _COMPANY.name.label("business"),
    _COMPANY.zone.label("company_zone"),
    _WAITING.label("waiting"),
    _DUTIES.label("duties"),
    _COMPANY.hour_format,
    _COMPANY.first_weekday,
    _COMPANY.currency,
    _COMPANY.step_minutes,
).outerjoin(Company.__table__, _COMPANY.id == literal_column("1"))
_STRANGERS = select(
    _COMPANY.name, _COMPANY.zone, _NONE, _NONE, _COMPANY.hour_format,
    _COMPANY.first_weekday, _COMPANY.currency, _COMPANY.step_minutes,
).where(_COMPANY.id == 1)  # fmt: skip
