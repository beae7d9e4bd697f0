"""How appointments and dates stand in Outlook, in one word each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from panel.db.base import db
from panel.db.tables import Connection, Mirror, OutlookSettings, Question, RemoteCalendarRow

# A decision comes before a refusal, that before what is only on its way.
QUESTION, PARKED, WAITING, IN_OUTLOOK = "question", "parked", "waiting", "in_outlook"


_MIRROR, _QUESTION = Mirror.__table__, Question.__table__
_STATES = (
    select(
        _MIRROR.c.subject_id, _MIRROR.c.employee_id, _MIRROR.c.state, _MIRROR.c.mailbox_id,
        _MIRROR.c.desired, _MIRROR.c.confirmed, _QUESTION.c.id,
    )
    .outerjoin_from(
        _MIRROR,
        _QUESTION,
        (_QUESTION.c.mirror_id == _MIRROR.c.id) & _QUESTION.c.closed_at.is_(None),
    )
    .where(_MIRROR.c.subject == bindparam("subject"))
    .where(_MIRROR.c.subject_id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip


Known = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Place:
    """Where a copy lies or would lie: the calendar's name, and whether its person is linked."""

    calendar: str
    connected: bool
    switched_off: bool = False


def place_of(mirror: Mirror | None, employee_id: int) -> Place:
    """Say where the copy of one subject lies for this employee."""
    live = select(Connection.id).where(
        Connection.employee_id == employee_id, Connection.state == "active"
    )
    calendar = None
    if mirror is not None and mirror.calendar_id is not None:
        row = db.session.get(RemoteCalendarRow, mirror.calendar_id)
        calendar = row.name if row else None
    settings = db.session.get(OutlookSettings, 1)
    off = settings is not None and not settings.enabled
    return Place(calendar or "", db.session.scalar(live) is not None, off)


def states(subject: str, subject_ids: Collection[int]) -> Known:
    """Return a word for each (subject id, employee id) that has something to say.

    question: waits for a decision. parked: Outlook refused it. waiting: on its way.
    in_outlook: confirmed as it stands here; never said before that.
    """
    if not subject_ids:
        return {}
    rows = db.session.execute(_STATES, {"subject": subject, "ids": list(subject_ids)})
    found: Known = {}
    for subject_id, employee_id, state, mailbox_id, desired, confirmed, question in rows:
        said = word(state, mailbox_id is not None, desired == confirmed, question is not None)
        if said:
            found[subject_id, employee_id] = said
    return found


def word(state: str, linked: bool, agreed: bool, asked: bool) -> str:
    """Say how one copy stands; "" where there is nothing to say (see `states`)."""
    if asked:
        return QUESTION
    if state == "parked":
        return PARKED
    if state == "linked" and agreed:
        return IN_OUTLOOK
    return WAITING if linked and not agreed else ""
