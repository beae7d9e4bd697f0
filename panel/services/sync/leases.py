"""The lease on a mailbox: one worker at a time, and a late one is found out.

Lease time is the database's clock, because two machines may disagree about the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import ask, db, engine_name, fresh, writing
from panel.db.tables import Mailbox
from panel.domain.errors import PanelError

# A whole exchange with Microsoft, from the first byte to the last.
DEADLINE = timedelta(seconds=20)
LENGTH = timedelta(seconds=90)

# Asked before every request and in every transaction, so written once.
_TABLE = Mailbox.__table__
_MAILBOX = _TABLE.c
_FENCE = select(_MAILBOX.fence).where(_MAILBOX.id == bindparam("mailbox"))
_MINE = (
    update(_TABLE)
    .where(_MAILBOX.id == bindparam("mailbox"), _MAILBOX.fence == bindparam("held"))
    .values(fence=bindparam("held"))
)


class LeaseLost(PanelError):
    """Another worker has the mailbox now; what this one was told may be stale."""

    def __init__(self) -> None:
        super().__init__("Another worker has taken over this mailbox.")


@dataclass
class Lease:
    """A mailbox held until `until`; `fence` grows with every holder.

    `over`: it was handed back with what the visit had to say last.
    """

    mailbox_id: int
    fence: int
    until: datetime
    over: bool = False

    def keep(self) -> None:
        """Make sure that the lease outlives one exchange. Raises LeaseLost."""
        now = database_now()
        held = ask(_FENCE, mailbox=self.mailbox_id).scalar()
        fresh()
        if held != self.fence or now >= self.until:
            raise LeaseLost
        if self.until - now < 2 * DEADLINE:
            self._extend(now)

    def _extend(self, now: datetime) -> None:
        with writing() as session:
            self.check(session)
            session.execute(
                update(Mailbox)
                .where(Mailbox.id == self.mailbox_id)
                .values(lease_until=now + LENGTH)
            )
        self.until = now + LENGTH

    def check(self, session: scoped_session[Session]) -> None:
        """Fence the caller's transaction off from a later holder. Raises LeaseLost."""
        mine = {"mailbox": self.mailbox_id, "held": self.fence}
        if session.connection().execute(_MINE, mine).rowcount != 1:
            raise LeaseLost

    def release(self) -> None:
        """Hand the mailbox back, unless somebody else has it already."""
        if not self.over:
            with writing(lightly=True) as session:
                self.hand_back(session)

    def hand_back(self, session: scoped_session[Session]) -> None:
        """Hand it back in the caller's transaction."""
        session.connection().execute(
            update(_TABLE)
            .where(Mailbox.id == self.mailbox_id, Mailbox.fence == self.fence)
            .values(lease_until=None)
        )


def take(mailbox_id: int) -> Lease | None:
    """Take the mailbox if nobody holds it. A dead holder's lease lapses by itself.

    The taker waits the length of one exchange beyond the lease: until then an answer to the
    last holder's request may still be under way. What this one commits before it asks for
    anything to be changed waits for the disk, and takes the lease along.
    """
    with writing(lightly=True) as session:
        now = database_now()
        free = or_(Mailbox.lease_until.is_(None), Mailbox.lease_until < now - DEADLINE)
        taken = (
            session.connection()
            .execute(
                update(_TABLE)
                .where(Mailbox.id == mailbox_id, free)
                .values(lease_until=now + LENGTH, fence=Mailbox.fence + 1)
                .returning(Mailbox.fence)
            )
            .scalar()
        )
    return None if taken is None else Lease(mailbox_id, taken, now + LENGTH)


def database_now() -> datetime:
    """The time by the clock that all who share the database share."""
    if engine_name() == "sqlite":
        return datetime.now(UTC)  # SQLite has no clock but this machine's.
    now = db.session.scalar(select(func.clock_timestamp()))
    assert isinstance(now, datetime)
    return now
