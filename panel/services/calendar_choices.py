"""Which calendars of the linked accounts are written, and which block."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from panel.db.base import ask, db, writing
from panel.db.tables import Connection, Mailbox, Mirror, Push, RemoteCalendarRow
from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.services import homes, moving, outbox
from panel.services.connections import hold_accounts, must_be_allowed
from panel.services.outbox import Transaction
from panel.services.sync.calendars import BLOCKS_FOR, forget_reading

# No round takes longer from its first calendar to its last.
A_ROUND = timedelta(hours=1)
_CALENDAR, _LINK = RemoteCalendarRow.__table__.c, Connection.__table__.c
_KEPT = (
    select(
        _CALENDAR.id, _CALENDAR.name, _CALENDAR.color, _CALENDAR.can_edit, _CALENDAR.is_write,
        _CALENDAR.is_blocking, _LINK.address, _CALENDAR.mailbox_id, _CALENDAR.gone_since,
        _CALENDAR.read_at,
    )
    .join_from(
        RemoteCalendarRow.__table__, Connection.__table__, _LINK.mailbox_id == _CALENDAR.mailbox_id
    )
    .where(_LINK.employee_id == bindparam("employee"), _LINK.state == "active")
    .order_by(_LINK.id, _CALENDAR.is_default.desc(), _CALENDAR.id)
)  # fmt: skip


class Kept(NamedTuple):
    """A calendar of a linked account as it was last listed; `gone_since` it is there no more."""

    id: int
    name: str
    color: str
    writable: bool
    written: bool
    blocking: bool
    account: str
    mailbox_id: int
    gone_since: datetime | None
    read_at: datetime | None


def calendars(employee_id: int) -> list[RemoteCalendarRow]:
    """The calendars of all linked accounts as last listed."""
    rows = db.session.scalars(
        select(RemoteCalendarRow)
        .where(RemoteCalendarRow.mailbox_id.in_(homes.live(employee_id)))
        .order_by(RemoteCalendarRow.id)
    )
    return list(rows)


def kept(employee_id: int) -> list[Kept]:
    """The calendars as plain values, also those that are gone: by account, the default first."""
    return [Kept._make(row) for row in ask(_KEPT, employee=employee_id)]


@dataclass(frozen=True)
class Troubled:
    """A calendar that is to block bookings and is not read.

    `gone` from Outlook, it goes on blocking until `until`; else Outlook denies it, and it was
    last read at `read_at`, or never.
    """

    name: str
    gone: bool
    until: datetime | None
    read_at: datetime | None


def troubled(
    calendars: Iterable[Kept],
    pulled_at: datetime | None,
    round_due: datetime | None,
    *,
    now: datetime,
) -> list[Troubled]:
    """Those of a mailbox's blocking calendars that rounds do not reach. Known after a round.

    The last one was completed at `pulled_at`; `round_due` is when the next one comes.
    """
    # While a round is due, it might reach them yet.
    known = pulled_at if round_due is not None and round_due > now else None
    found = []
    for one in sorted(one for one in calendars if one.blocking):
        if one.gone_since is not None:
            found.append(Troubled(one.name, True, one.gone_since + BLOCKS_FOR, one.read_at))
        elif known is not None and (one.read_at is None or known - one.read_at > A_ROUND):
            found.append(Troubled(one.name, False, None, one.read_at))
    return found


def choose_calendars(
    employee_id: int, *, write_id: int | None, blocking: Collection[int], by: Actor, now: datetime
) -> int:
    """Choose the calendar that copies go to, and those whose busy time blocks bookings.

    Upcoming copies move to another calendar than before; returns how many. A calendar that is
    gone is chosen no longer. `write_id` and `blocking` are ids of our rows, of any linked
    account. Raises RuleBroken, NotAllowed, NotThere.
    """
    must_be_allowed(by, employee_id)
    with writing() as session:
        hold_accounts(session, employee_id)
        rows = {row.id: row for row in calendars(employee_id)}
        chosen = _writable(rows.get(write_id or 0))
        _must_be_reached(session, chosen)
        changes = not chosen.is_write
        for row in rows.values():
            there = row.gone_since is None
            row.is_write, row.is_blocking = row is chosen, there and row.id in blocking
            if not (row.is_write or row.is_blocking):
                forget_reading(session, row, now)
        session.flush()
        moved = moving.move_all(session, employee_id, chosen, now) if changes else 0
        for mailbox_id in {row.mailbox_id for row in rows.values()}:
            _look_again(session, mailbox_id, now)
    return moved


def _writable(chosen: RemoteCalendarRow | None) -> RemoteCalendarRow:
    if chosen is None or chosen.gone_since is not None:
        raise RuleBroken("Choose the calendar to write appointments to.", "write")
    if not chosen.can_edit:
        raise RuleBroken(f"{chosen.name} is read only. Choose another calendar.", "write")
    return chosen


def _must_be_reached(session: Transaction, chosen: RemoteCalendarRow) -> None:
    """What cannot be written now is not moved to: it would be left behind meanwhile."""
    waits = select(Connection.address).where(
        Connection.mailbox_id == chosen.mailbox_id,
        Connection.state == "active",
        Connection.refused_at.is_not(None),
    )
    address = session.scalar(waits)
    if address is not None and not chosen.is_write:
        raise RuleBroken(f"Sign in again as {address} first, then choose its calendar.", "write")


def _look_again(session: Transaction, mailbox_id: int, now: datetime) -> None:
    """Have done with waiting: what could not be written may be now."""
    session.get_one(Mailbox, mailbox_id).round_due = now
    mirrors = select(Mirror.id).where(Mirror.mailbox_id == mailbox_id)
    session.execute(update(Push).where(Push.mirror_id.in_(mirrors)).values(due_at=now))
    outbox.wake(session, mailbox_id)
