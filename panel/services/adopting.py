"""Whose copies a mailbox holds, as people come, leave and come back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db
from panel.db.tables import FormerCopy, Mailbox, Mirror
from panel.domain.remote import Identity

Transaction = scoped_session[Session]

# What a mirror knows of the one copy in its mailbox.
COPY = (
    "calendar_id", "remote_id", "marker", "transaction_id", "change_key", "base", "base_end",
    "intent", "state",
)  # fmt: skip
NO_COPY = {**dict.fromkeys(COPY), "state": "none"}


def adopt(session: Transaction, employee_id: int, mailbox_id: int, now: datetime) -> None:
    """Tie all mirrors of one employee to this mailbox, in the caller's transaction.

    What it holds of theirs already is taken up again; what happened there meanwhile is no
    order. Another mailbox's copies are remembered there, and so are the copies of whoever
    had this mailbox before: nothing of theirs is read or written through its new owner.
    """
    mine, here = Mirror.employee_id == employee_id, Mirror.mailbox_id == mailbox_id
    _leave(session, ~mine, here, to=None)
    _leave(session, mine, Mirror.mailbox_id.is_distinct_from(mailbox_id), to=mailbox_id)
    _come_back(session, employee_id, mailbox_id)
    session.execute(update(Mirror).where(mine, here, Mirror.base_end > now).values(adopting=True))


def stayed(employee_id: int, identity: Identity) -> int:
    """How many entries of theirs stand in an account that they left for another."""
    count = (
        select(func.count(FormerCopy.id))
        .join(Mirror, Mirror.id == FormerCopy.mirror_id)
        .join(Mailbox, Mailbox.id == FormerCopy.mailbox_id)
        .where(
            Mirror.employee_id == employee_id,
            Mailbox.tenant_id == identity.tenant_id,
            Mailbox.object_id == identity.object_id,
            FormerCopy.remote_id.is_not(None),
            FormerCopy.state != "gone",
        )
    )
    return db.session.scalar(count) or 0


def _leave(session: Transaction, *which: ColumnElement[bool], to: int | None) -> None:
    """Remember the copies where they lie, and let the mirrors start afresh elsewhere."""
    columns = [getattr(Mirror, name) for name in COPY]
    lying = select(Mirror.id, Mirror.mailbox_id, *columns).where(
        *which, Mirror.mailbox_id.is_not(None), Mirror.state != "none"
    )
    session.execute(insert(FormerCopy).from_select(["mirror_id", "mailbox_id", *COPY], lying))
    session.execute(
        update(Mirror)
        .where(*which)
        .values(
            mailbox_id=to, **NO_COPY, hinted=False, adopting=False, ruling=None,
            missing_since=None, parked_why=None, confirmed=0,
        )
    )  # fmt: skip


def _come_back(session: Transaction, employee_id: int, mailbox_id: int) -> None:
    """Take up what stayed in this mailbox when its owner left it for another."""
    stayed = (
        select(FormerCopy, Mirror)
        .join(Mirror, Mirror.id == FormerCopy.mirror_id)
        .where(Mirror.employee_id == employee_id, FormerCopy.mailbox_id == mailbox_id)
    )
    for former, mirror in session.execute(stayed).all():
        for name in COPY:
            setattr(mirror, name, getattr(former, name))
    session.flush()
    owned = select(Mirror.id).where(Mirror.employee_id == employee_id)
    session.execute(
        delete(FormerCopy).where(
            FormerCopy.mailbox_id == mailbox_id, FormerCopy.mirror_id.in_(owned)
        )
    )
