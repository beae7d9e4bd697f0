"""A linked account in daily life: leave it, ask it now, choose its calendars."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session, joinedload, scoped_session

from panel.db.base import ask, db, writing
from panel.db.tables import (
    Connection,
    Mailbox,
    Mirror,
    Push,
    RemoteCalendarRow,
)
from panel.domain.errors import AlreadyChanged, NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services import journal, outbox
from panel.services.ending import begin_leaving, end_connection
from panel.services.outside import Outside
from panel.services.sync.calendars import BLOCKS_FOR, forget_reading
from panel.services.sync.farewell import stop_telling

Transaction = scoped_session[Session]
BETWEEN = timedelta(seconds=30)
# No round takes longer from its first calendar to its last.
A_ROUND = timedelta(hours=1)
_CALENDAR = RemoteCalendarRow.__table__.c
_KEPT = (
    select(
        _CALENDAR.id, _CALENDAR.name, _CALENDAR.can_edit, _CALENDAR.is_write,
        _CALENDAR.is_blocking, _CALENDAR.gone_since, _CALENDAR.read_at,
    )
    .where(_CALENDAR.mailbox_id == bindparam("mailbox"))
    .order_by(_CALENDAR.is_default.desc(), _CALENDAR.id)
)  # fmt: skip


class Kept(NamedTuple):
    """A calendar as it was last listed; `gone_since` it is there no more."""

    id: int
    name: str
    writable: bool
    written: bool
    blocking: bool
    gone_since: datetime | None
    read_at: datetime | None


def linked(employee_id: int) -> Connection | None:
    """The live connection of one employee, with its mailbox; None where there is none."""
    found: Connection | None = db.session.scalar(
        select(Connection)
        .where(Connection.employee_id == employee_id, Connection.state != "ended")
        .options(joinedload(Connection.mailbox))
    )
    return found


def calendars(mailbox_id: int) -> list[RemoteCalendarRow]:
    """The calendars of a mailbox as last listed, the default one first."""
    rows = db.session.scalars(
        select(RemoteCalendarRow)
        .where(RemoteCalendarRow.mailbox_id == mailbox_id)
        .order_by(RemoteCalendarRow.is_default.desc(), RemoteCalendarRow.id)
    )
    return list(rows)


def kept(mailbox_id: int) -> list[Kept]:
    """The calendars of a mailbox as plain values, also those that are gone."""
    return [Kept(*row) for row in ask(_KEPT, mailbox=mailbox_id)]


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


def entries_there(mailbox_id: int) -> int:
    """How many of our entries stand in this Outlook, the past ones too."""
    linked_ones = select(func.count()).where(
        Mirror.mailbox_id == mailbox_id, Mirror.remote_id.is_not(None), Mirror.state != "gone"
    )
    return db.session.scalar(linked_ones) or 0


def disconnect(employee_id: int, *, remove: bool, by: Actor, outside: Outside) -> int:
    """Sync nothing any more (R9, R10); return how many entries stand in Outlook.

    They stay, unless `remove` asks for the upcoming ones to be taken away, which goes on in
    the background. Before, Microsoft is told to tell us nothing more, which may take three
    seconds. Raises NotAllowed, NotThere.
    """
    must_be_allowed(by, employee_id)
    now = outside.now()
    known = linked(employee_id)
    if known is not None and not remove:
        stop_telling(known.mailbox_id, outside)
    with writing() as session:
        connection = _live(session, employee_id)
        entries = entries_there(connection.mailbox_id)
        if remove and connection.state == "active" and connection.refused_at is None:
            begin_leaving(session, connection, now=now)
            outbox.wake(session, connection.mailbox_id)
        else:
            end_connection(session, connection, now=now)
        journal.note(
            session, subject="connection", subject_id=connection.id, employee_id=employee_id,
            side=journal.BOTH, kind="disconnected", who=by.name, before=connection.address,
            now=now,
        )  # fmt: skip
    return entries


def sync_now(employee_id: int, *, by: Actor, now: datetime) -> None:
    """Read the mailbox as soon as possible. Raises RuleBroken within 30 s of the last time."""
    must_be_allowed(by, employee_id, manager=True)
    with writing() as session:
        mailbox = session.get_one(Mailbox, _live(session, employee_id).mailbox_id)
        if mailbox.asked_at is not None and now - mailbox.asked_at < BETWEEN:
            since = int((now - mailbox.asked_at).total_seconds())
            left = int(BETWEEN.total_seconds()) - since
            raise RuleBroken(f"Checked {since} seconds ago. You can ask again in {left} seconds.")
        mailbox.asked_at = mailbox.round_due = mailbox.list_due = now
        outbox.wake(session, mailbox.id)


def sync_all(*, by: Actor, now: datetime) -> int:
    """Read every mailbox as soon as possible that was not asked for within 30 s; say how many."""
    by.must_be_in_back_end()
    live = select(Connection.mailbox_id).where(Connection.state == "active")
    with writing() as session:
        asked = or_(Mailbox.asked_at.is_(None), Mailbox.asked_at <= now - BETWEEN)
        which = update(Mailbox).where(Mailbox.id.in_(live), asked)
        values = {"asked_at": now, "round_due": now, "list_due": now}
        found = session.scalars(which.values(**values).returning(Mailbox.id)).all()
        for mailbox_id in found:
            outbox.wake(session, mailbox_id)
    return len(found)


def choose_calendars(
    employee_id: int, *, write_id: int | None, blocking: Collection[int], by: Actor, now: datetime
) -> None:
    """Choose the calendar that new copies go to, and those whose busy time blocks bookings.

    Copies that stand in another calendar stay there and go on syncing. A calendar that is
    gone is chosen no longer. `write_id` and `blocking` are ids of our rows. Raises RuleBroken,
    NotAllowed, NotThere.
    """
    must_be_allowed(by, employee_id)
    with writing() as session:
        mailbox_id = _live(session, employee_id).mailbox_id
        rows = {row.id: row for row in calendars(mailbox_id)}
        chosen = rows.get(write_id or 0)
        if chosen is None or chosen.gone_since is not None:
            raise RuleBroken("Choose the calendar to write appointments to.", "write")
        if not chosen.can_edit:
            raise RuleBroken(f"{chosen.name} is read only. Choose another calendar.", "write")
        for row in rows.values():
            there = row.gone_since is None
            row.is_write, row.is_blocking = row is chosen, there and row.id in blocking
            if not (row.is_write or row.is_blocking):
                forget_reading(session, row, now)
        session.get_one(Mailbox, mailbox_id).round_due = now
        _try_now(session, mailbox_id, now)
        outbox.wake(session, mailbox_id)


def retry(mirror_id: int, *, by: Actor, now: datetime) -> None:
    """Try a parked copy again."""
    with writing() as session:
        mirror = session.get(Mirror, mirror_id)
        if mirror is None or not by.sees(mirror.employee_id):
            raise NotThere("There is no such entry.")
        _try_again(session, mirror, by, now)


def add_again(mirror_id: int, *, by: Actor, now: datetime) -> None:
    """Write an entry once more that its person deleted. Raises NotThere, AlreadyChanged."""
    with writing() as session:
        mirror = session.get(Mirror, mirror_id, with_for_update=True)
        if mirror is None or not by.sees(mirror.employee_id):
            raise NotThere("There is no such entry.")
        if mirror.state != "gone" or mirror.held_deletions_id is not None:
            raise AlreadyChanged("This entry is not missing any more.")
        mirror.ruling = "back"
        outbox.raise_desired(session, mirror, now=now)


def retry_parked(employee_id: int, *, by: Actor, now: datetime) -> int:
    """Try everything of one employee again that could not be written; say how much that is."""
    must_be_allowed(by, employee_id)
    with writing() as session:
        parked = session.scalars(
            select(Mirror).where(Mirror.employee_id == employee_id, Mirror.state == "parked")
        ).all()
        for mirror in parked:
            _try_again(session, mirror, by, now)
    return len(parked)


def put_back_held(employee_id: int, *, by: Actor, now: datetime) -> int:
    """After a reconnect: write the panel's values over the copies that differ; say how many."""
    must_be_allowed(by, employee_id)
    with writing() as session:
        held = session.scalars(
            select(Mirror).where(Mirror.employee_id == employee_id, Mirror.state == "held")
        ).all()
        for mirror in held:
            mirror.ruling = "back"
            outbox.raise_desired(session, mirror, now=now)
    return len(held)


def must_be_allowed(by: Actor, employee_id: int, *, manager: bool = False) -> None:
    """The owner and the employee may; a manager only where it is said. Raises NotAllowed."""
    if by.is_owner or by.is_employee(employee_id) or (manager and by.in_back_end):
        return
    raise NotAllowed("Only the owner and the employee may change this connection.")


def _live(session: Transaction, employee_id: int) -> Connection:
    """The live connection, held with its mailbox, in the order in which the sync holds them."""
    live = select(Connection).where(
        Connection.employee_id == employee_id, Connection.state != "ended"
    )
    mailboxes = live.with_only_columns(Connection.mailbox_id).scalar_subquery()
    session.scalars(select(Mailbox).where(Mailbox.id == mailboxes).with_for_update()).all()
    connection: Connection | None = session.scalar(live.with_for_update())
    if connection is None:
        raise NotThere("No Outlook account is connected here.")
    return connection


def _try_again(session: Transaction, mirror: Mirror, by: Actor, now: datetime) -> None:
    outbox.raise_desired(session, mirror, now=now)
    journal.note(
        session, subject=mirror.subject, subject_id=mirror.subject_id,
        employee_id=mirror.employee_id, side=journal.PANEL, kind="retried", who=by.name, now=now,
    )  # fmt: skip


def _try_now(session: Transaction, mailbox_id: int, now: datetime) -> None:
    """Have done with waiting: what could not be written may be now."""
    mirrors = select(Mirror.id).where(Mirror.mailbox_id == mailbox_id)
    session.execute(update(Push).where(Push.mirror_id.in_(mirrors)).values(due_at=now))
