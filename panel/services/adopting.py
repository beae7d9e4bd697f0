"""Whose copies a mailbox holds, as people come, leave and come back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db
from panel.db.tables import FormerCopy, Mailbox, Mirror
from panel.domain.remote import Identity
from panel.services.homes import homes, live

Transaction = scoped_session[Session]

# What a mirror knows of the one copy in its mailbox.
COPY = (
    "calendar_id", "remote_id", "marker", "transaction_id", "change_key", "base", "base_end",
    "intent", "state",
)  # fmt: skip
# The state of a former copy that lay in an account which was left: what was done to it there
# is no order.
LEFT = "left"
NO_COPY = {**dict.fromkeys(COPY), "state": "none"}


def adopt(session: Transaction, employee_id: int, mailbox_id: int, now: datetime) -> None:
    """Take up what a mailbox that has just been linked holds of this employee's copies.

    In the caller's transaction, which has stored the connection. What happened there meanwhile
    is no order. The copies of whoever had this mailbox before are remembered, and nothing of
    theirs is read or written through its new owner.
    """
    mine, here = Mirror.employee_id == employee_id, Mirror.mailbox_id == mailbox_id
    _leave(session, ~mine, here, to=None)
    theirs = select(Mirror.id).where(~mine)
    session.execute(
        update(FormerCopy)
        .where(FormerCopy.mailbox_id == mailbox_id, FormerCopy.mirror_id.in_(theirs))
        .values(remove_at=None)
    )
    take_along(session, employee_id, homes(session, [employee_id])[employee_id])
    _come_back(session, employee_id, mailbox_id, now)
    session.execute(update(Mirror).where(mine, here, Mirror.base_end > now).values(adopting=True))


def take_along(session: Transaction, employee_id: int, home: int) -> None:
    """Tie to this mailbox what lies in accounts that are not linked any more.

    The copies there are remembered.
    """
    gone = or_(Mirror.mailbox_id.is_(None), Mirror.mailbox_id.not_in(live(employee_id)))
    _leave(session, Mirror.employee_id == employee_id, gone, to=home)


def take_up(session: Transaction, mirror: Mirror, former: FormerCopy) -> None:
    """Let a mirror have a former copy again, where it lies."""
    mirror.mailbox_id = former.mailbox_id
    for name in COPY:
        setattr(mirror, name, getattr(former, name))
    if mirror.state == LEFT:
        mirror.state = "linked"
    session.delete(former)


def make_room(mirror: Mirror, now: datetime, carried: dict[str, Any] | None = None) -> FormerCopy:
    """What a mirror's copy becomes that is to go once another one stands elsewhere."""
    assert mirror.mailbox_id is not None
    copy = {name: getattr(mirror, name) for name in COPY}
    return FormerCopy(
        mirror_id=mirror.id, mailbox_id=mirror.mailbox_id, remove_at=now, carried=carried, **copy
    )


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
            missing_since=None, parked_why=None, confirmed=0, moving="",
        )
    )  # fmt: skip


def _come_back(session: Transaction, employee_id: int, mailbox_id: int, now: datetime) -> None:
    """Take up what stayed in this mailbox when its owner left it.

    What stands in another linked account meanwhile is taken away here, if it is to come.
    """
    stayed = (
        select(FormerCopy, Mirror)
        .join(Mirror, Mirror.id == FormerCopy.mirror_id)
        .where(Mirror.employee_id == employee_id, FormerCopy.mailbox_id == mailbox_id)
        .order_by(FormerCopy.id.desc())
    )
    for former, mirror in session.execute(stayed).all():
        if mirror.state == "none":
            take_up(session, mirror, former)
        elif former.base_end is None or former.base_end > now:
            former.state, former.remove_at = LEFT, now
    session.flush()
