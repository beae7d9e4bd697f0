"""The list of a mailbox's calendars: read from Microsoft, kept, and shown from what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import Moment
from panel.db.tables import BusyBlock, Mailbox, Mirror, RemoteCalendarRow, Subscription
from panel.domain.remote import RemoteCalendar
from panel.services.sync.visit import Place, Visit

EVERY = timedelta(hours=24)
# How long a calendar that is gone goes on blocking: it may come back.
BLOCKS_FOR = timedelta(hours=24)
# Done in every round, so written once.
_BLOCKS = BusyBlock.__table__
_FREE_GONE = delete(_BLOCKS).where(
    _BLOCKS.c.calendar_id.in_(
        select(RemoteCalendarRow.id).where(
            RemoteCalendarRow.mailbox_id == bindparam("mailbox"),
            RemoteCalendarRow.gone_since <= bindparam("since", type_=Moment),
        )
    )
)


def list_again(visit: Visit) -> list[Place]:
    """Read the complete list afresh. A calendar that is missing from it deletes nothing."""
    listed = visit.client.calendars()
    with visit.recording() as session:
        store(session, visit.mailbox_id, listed, now=visit.now())
    return visit.places()


def store(
    session: scoped_session[Session],
    mailbox_id: int,
    listed: Iterable[RemoteCalendar],
    *,
    now: datetime,
) -> None:
    """Keep a complete list in the caller's transaction; at the first, choose for the person.

    Written is the default calendar, blocking is every calendar that they can edit.
    """
    rows = {row.remote_id: row for row in _rows(session, mailbox_id)}
    first = not rows
    seen = set()
    for one in listed:
        seen.add(one.id)
        row = rows.get(one.id) or _new(session, mailbox_id, one, chosen=first)
        row.name, row.color = one.name[:300], one.color[:30]
        row.can_edit, row.is_default, row.gone_since = one.can_edit, one.is_default, None
        row.allows_teams = one.allows_teams
    for remote_id, row in rows.items():
        if remote_id not in seen:
            _miss(session, row, now)
    mailbox = session.get_one(Mailbox, mailbox_id)
    mailbox.list_due = now + EVERY


def _miss(session: scoped_session[Session], row: RemoteCalendarRow, now: datetime) -> None:
    """Note that a calendar is gone: its copies are looked for, its busy time stays for a day."""
    if row.gone_since is None:
        row.gone_since, row.delta_link = now, None
        session.execute(
            update(Mirror)
            .where(Mirror.calendar_id == row.id, Mirror.state == "linked", Mirror.base_end > now)
            .values(hinted=True)
        )


def free_gone(session: scoped_session[Session], mailbox_id: int, now: datetime) -> None:
    """Let go of the busy time of calendars that have been gone for a day."""
    gone = {"mailbox": mailbox_id, "since": now - BLOCKS_FOR}
    session.connection().execute(_FREE_GONE, gone)


def forget_reading(session: scoped_session[Session], row: RemoteCalendarRow, now: datetime) -> None:
    """Let go of what was read of a calendar that is read no more."""
    row.delta_link = row.window_start = row.window_end = None
    session.execute(delete(BusyBlock).where(BusyBlock.calendar_id == row.id))
    told = update(Subscription).where(Subscription.calendar_id == row.id)
    session.execute(told.values(due_at=now))


def _rows(session: scoped_session[Session], mailbox_id: int) -> list[RemoteCalendarRow]:
    of_mailbox = select(RemoteCalendarRow).where(RemoteCalendarRow.mailbox_id == mailbox_id)
    return list(session.scalars(of_mailbox))


def _new(
    session: scoped_session[Session], mailbox_id: int, one: RemoteCalendar, *, chosen: bool
) -> RemoteCalendarRow:
    row = RemoteCalendarRow(
        mailbox_id=mailbox_id,
        remote_id=one.id,
        is_write=chosen and one.is_default and one.can_edit,
        is_blocking=chosen and one.can_edit,
    )
    session.add(row)
    return row
