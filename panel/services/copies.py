"""How appointments and dates stand in Outlook, in one word each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from panel.db.base import db, fixed
from panel.db.tables import Connection, Mirror, OutlookSettings, Question, RemoteCalendarRow
from panel.domain.questions import FOLLOWED

# A decision comes before a refusal, that before what is only on its way.
QUESTION, PARKED, WAITING, IN_OUTLOOK = "question", "parked", "waiting", "in_outlook"


_MIRROR, _QUESTION = Mirror.__table__, Question.__table__


@dataclass(frozen=True)
class Place:
    """Where a copy lies or would lie: the calendar's name, and whether its person is linked.

    `refused` says that Microsoft wants them to sign in again, `switched_off` that the owner
    lets nothing be synced at all.
    """

    calendar: str
    connected: bool
    switched_off: bool = False
    refused: bool = False


def place_of(mirror: Mirror | None, employee_id: int) -> Place:
    """Say where the copy of one subject lies for this employee."""
    live = select(Connection.refused_at).where(
        Connection.employee_id == employee_id, Connection.state == "active"
    )
    linked = db.session.execute(live).one_or_none()
    calendar = None
    if mirror is not None and mirror.calendar_id is not None:
        row = db.session.get(RemoteCalendarRow, mirror.calendar_id)
        calendar = row.name if row else None
    settings = db.session.get(OutlookSettings, 1)
    off = settings is not None and not settings.enabled
    refused = linked is not None and linked.refused_at is not None
    return Place(calendar or "", linked is not None, off, refused)


def added_to(
    query: Select[*tuple[Any, ...]],
    subject: str,
    subject_id: ColumnElement[int],
    employee_id: ColumnElement[int],
) -> Select[*tuple[Any, ...]]:
    """Add to the end of each row what `word` says of the copy that this employee has of it."""
    mirror, question = _MIRROR.c, _QUESTION.c
    theirs = (mirror.subject_id == subject_id) & (mirror.employee_id == employee_id)
    asks = question.closed_at.is_(None) & (question.kind != fixed(FOLLOWED))
    asked = (question.mirror_id == mirror.id) & asks
    return (
        query.add_columns(
            mirror.state,
            mirror.mailbox_id,
            mirror.desired,
            mirror.confirmed,
            func.coalesce(question.id, mirror.held_deletions_id),
        )
        .outerjoin(_MIRROR, (mirror.subject == fixed(subject)) & theirs)
        .outerjoin(_QUESTION, asked)
    )


def word(
    state: str | None,
    mailbox_id: int | None,
    desired: int | None,
    confirmed: int | None,
    question_id: int | None,
) -> str:
    """Say how a copy stands, or nothing where there is nothing to say.

    question: waits for a decision. parked: it could not be written. waiting: on its way.
    in_outlook: confirmed as it stands here; never said before that.
    """
    if question_id is not None:
        return QUESTION
    if state == "parked":
        return PARKED
    if state == "held":
        return QUESTION
    agreed = desired == confirmed
    if state == "linked" and agreed:
        return IN_OUTLOOK
    return WAITING if mailbox_id is not None and not agreed else ""
