"""Copies on their way to the calendar that is written now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update

from panel.db.tables import Connection, FormerCopy, Mirror, RemoteCalendarRow
from panel.services import homes, outbox
from panel.services.adopting import take_along
from panel.services.outbox import Transaction

# A copy lies where it is not to stay; it has made room, and what it left is not gone yet.
WANTED, BEGUN = "wanted", "begun"


def move_all(
    session: Transaction, employee_id: int, calendar: RemoteCalendarRow, now: datetime
) -> int:
    """Send for all upcoming copies of one employee; say how many are on their way.

    The sync writes each in the new calendar before it takes it from the old one. What has no
    copy yet is written in the new one at once. In the caller's transaction, which holds the
    accounts and has stored the choice.
    """
    take_along(session, employee_id, calendar.mailbox_id)
    mine = Mirror.employee_id == employee_id
    bare = Mirror.state == "none"
    session.execute(update(Mirror).where(mine, bare).values(mailbox_id=calendar.mailbox_id))
    ahead = or_(Mirror.base_end > now, and_(Mirror.base_end.is_(None), ~bare))
    elsewhere = Mirror.calendar_id.is_distinct_from(calendar.id)
    session.execute(
        update(Mirror).where(mine, ahead, elsewhere, Mirror.state != "gone").values(moving=WANTED)
    )
    session.execute(
        update(Mirror).where(mine, ~elsewhere, Mirror.moving == WANTED).values(moving="")
    )
    for mailbox_id in session.scalars(homes.live(employee_id)).all():
        outbox.tie_upcoming(session, employee_id, mailbox_id, now)
    total = under_way(session, employee_id)
    _expect(session, employee_id, calendar.mailbox_id, total)
    return total


def under_way(session: Transaction, employee_id: int) -> int:
    """How many copies of one employee are not where they are to be yet."""
    count = select(func.count(Mirror.id)).where(
        Mirror.employee_id == employee_id, Mirror.moving != ""
    )
    return session.scalar(count) or 0


def finish(session: Transaction, employee_id: int) -> None:
    """Say that those moves are over of which nothing is left where the copy was."""
    left = exists().where(FormerCopy.mirror_id == Mirror.id, FormerCopy.remove_at.is_not(None))
    session.execute(
        update(Mirror)
        .where(Mirror.employee_id == employee_id, Mirror.moving == BEGUN, ~left)
        .values(moving="")
    )


def go_on_elsewhere(session: Transaction, connection: Connection, now: datetime) -> None:
    """Write what one account held to the calendar that another one has for it, if one has.

    For a connection that has just ended or begun to. Without such a calendar all waits for one
    to be chosen.
    """
    calendar = homes.written(session, connection.employee_id)
    if calendar is not None:
        take_along(session, connection.employee_id, calendar.mailbox_id)
        if connection.state == "leaving":
            session.execute(
                update(FormerCopy)
                .where(FormerCopy.mailbox_id == connection.mailbox_id, FormerCopy.base_end > now)
                .values(remove_at=now)
            )
        outbox.tie_upcoming(session, connection.employee_id, calendar.mailbox_id, now)
    finish(session, connection.employee_id)


def _expect(session: Transaction, employee_id: int, mailbox_id: int, total: int) -> None:
    """Keep how many copies had to move, so that it can be said how many have."""
    live = update(Connection).where(
        Connection.employee_id == employee_id, Connection.state == "active"
    )
    session.execute(live.values(move_total=None))
    session.execute(live.where(Connection.mailbox_id == mailbox_id).values(move_total=total))
