"""Of which calendars has Microsoft told that something has changed there?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from panel.db.base import ask, fresh
from panel.db.tables import Mailbox, RemoteCalendarRow, Subscription
from panel.domain.cadence import SECOND_LOOK
from panel.services.sync.remembering import judge_questions_again
from panel.services.sync.visit import Visit


def has_been_told() -> ColumnElement[bool]:
    """That Microsoft told of a calendar of the mailbox, and nobody has looked since."""
    calendars = select(RemoteCalendarRow.mailbox_id).join(Subscription).where(_is_told())
    return Mailbox.id.in_(calendars)


def is_to_be_tended(now: datetime) -> ColumnElement[bool]:
    """That a subscription of the mailbox is to be made, renewed or ended."""
    calendars = select(RemoteCalendarRow.mailbox_id).join(Subscription)
    return Mailbox.id.in_(calendars.where(Subscription.due_at <= now))


def begin(visit: Visit) -> set[int]:
    """Begin to look: return our ids of those calendars.

    Until `end` they count as not looked at, and what is told from now on is for the next look.
    """
    told = set(ask(_TOLD, mailbox=visit.mailbox_id).scalars())
    fresh()
    if told:
        with visit.recording() as session:
            mine = Subscription.calendar_id.in_(told)
            begun = update(Subscription).where(mine, Subscription.told_at.is_not(None))
            session.execute(begun.values(heard_at=Subscription.told_at, told_at=None))
    return told


def end(visit: Visit, told: Collection[int], *, found: bool) -> None:
    """Note that they have been looked at. What could not be seen yet, a round looks for soon."""
    soon = visit.now() + SECOND_LOOK
    with visit.recording() as session:
        looked = update(Subscription).where(Subscription.calendar_id.in_(told))
        session.execute(looked.values(heard_at=None))
        judge_questions_again(session, visit.mailbox_id)
        if not found:
            mailbox = session.get_one(Mailbox, visit.mailbox_id)
            mailbox.round_due = min(mailbox.round_due or soon, soon)


def _is_told() -> ColumnElement[bool]:
    return or_(Subscription.told_at.is_not(None), Subscription.heard_at.is_not(None))


# Asked in every visit, so written once.
_TOLD = (
    select(Subscription.calendar_id)
    .join(RemoteCalendarRow)
    .where(RemoteCalendarRow.mailbox_id == bindparam("mailbox"), _is_told())
)
