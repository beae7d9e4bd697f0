"""Let go of a Microsoft account: nothing is sent or read any more (R10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, delete, literal, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import Moment
from panel.db.tables import (
    BusyBlock,
    Connection,
    Credential,
    FormerCopy,
    HeldDeletions,
    Mailbox,
    Mirror,
    Push,
    Question,
    RemoteCalendarRow,
    Subscription,
)
from panel.services.sync.leases import database_now

Transaction = scoped_session[Session]


def end_connection(session: Transaction, connection: Connection, *, now: datetime) -> None:
    """End it in the caller's transaction. Entries in Outlook and the mirrors of them stay.

    The fence is raised, so that a worker who is writing just now finds itself shut out; what
    it wrote is settled at the next connect.
    """
    connection.state, connection.ended_at = "ended", now
    _stop(session, connection)
    mailbox_id = connection.mailbox_id
    mirrors = select(Mirror.id).where(Mirror.mailbox_id == mailbox_id)
    session.execute(
        update(Mirror)
        .where(Mirror.mailbox_id == mailbox_id, Mirror.state == "intent")
        .values(state="unknown")
    )
    session.execute(
        update(Question)
        .where(Question.mirror_id.in_(mirrors), Question.closed_at.is_(None))
        .values(closed_at=now, answer="disconnected")
    )
    _forget_deletions(session, mailbox_id, now)
    # What was to make room stays as well, until its person links this account again.
    former = update(FormerCopy).where(FormerCopy.mailbox_id == mailbox_id)
    session.execute(former.values(remove_at=None))
    session.execute(delete(Credential).where(Credential.connection_id == connection.id))


def _forget_deletions(session: Transaction, mailbox_id: int, now: datetime) -> None:
    """What was deleted there is no order any more, however much it was."""
    session.execute(
        update(Mirror)
        .where(Mirror.mailbox_id == mailbox_id)
        .values(deleted_at=None, held_deletions_id=None)
    )
    session.execute(
        update(HeldDeletions)
        .where(HeldDeletions.mailbox_id == mailbox_id, HeldDeletions.closed_at.is_(None))
        .values(closed_at=now, answer="disconnected")
    )


def begin_leaving(session: Transaction, connection: Connection, *, now: datetime) -> None:
    """Sync no more, but keep the credential for the one purpose of removing our copies."""
    connection.state, connection.ended_at = "leaving", now
    _stop(session, connection)


def _stop(session: Transaction, connection: Connection) -> None:
    mailbox_id = connection.mailbox_id
    # The mailbox first, as everybody who works on it does, so that two never wait for each other.
    _fence_off(session, mailbox_id)
    calendars = select(RemoteCalendarRow.id).where(RemoteCalendarRow.mailbox_id == mailbox_id)
    session.execute(delete(BusyBlock).where(BusyBlock.calendar_id.in_(calendars)))
    # What is told under their keys from now on is ignored.
    session.execute(delete(Subscription).where(Subscription.calendar_id.in_(calendars)))
    session.execute(
        update(RemoteCalendarRow)
        .where(RemoteCalendarRow.mailbox_id == mailbox_id)
        .values(delta_link=None, window_start=None, window_end=None)
    )
    mirrors = select(Mirror.id).where(Mirror.mailbox_id == mailbox_id)
    session.execute(delete(Push).where(Push.mirror_id.in_(mirrors)))


def _fence_off(session: Transaction, mailbox_id: int) -> None:
    """Shut out whoever works on it. Their last request may still be under way, so that the
    next one waits for it, as after any lease that ran out."""
    now = database_now()
    held = case((Mailbox.lease_until > now, literal(now, Moment)), else_=Mailbox.lease_until)
    session.execute(
        update(Mailbox)
        .where(Mailbox.id == mailbox_id)
        .values(
            fence=Mailbox.fence + 1,
            lease_until=held,
            pulled_at=None,
            compare_due=None,
        )
    )
