"""The linked accounts in daily life: leave one, ask them now, try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, joinedload, scoped_session

from panel.db.base import ask, db, fixed, writing
from panel.db.tables import Connection, FormerCopy, Mailbox, Mirror, RemoteCalendarRow
from panel.domain.errors import AlreadyChanged, NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services import homes, journal, moving, outbox
from panel.services.ending import begin_leaving, end_connection
from panel.services.outside import Outside
from panel.services.sync.farewell import stop_telling
from panel.services.sync.leaving import left_to_remove, titles

Transaction = scoped_session[Session]
BETWEEN = timedelta(seconds=30)
_LINK, _AGAIN = Connection.__table__.c, Connection.__table__.alias()
# Every card asks for it, and mostly there is nothing: built once, from the plain table.
_LEFT = select(_LINK.id).where(
    _LINK.employee_id == bindparam("employee"),
    _LINK.state == fixed("ended"),
    _LINK.remove_total > 0,
    _LINK.mailbox_id.not_in(select(_AGAIN.c.mailbox_id).where(_AGAIN.c.state != fixed("ended"))),
)


def linked(employee_id: int, connection_id: int | None = None) -> Connection | None:
    """A live connection of one employee, with its mailbox; None where there is none.

    Without `connection_id` the one that was linked first.
    """
    found: Connection | None = db.session.scalar(
        _of(employee_id, connection_id).options(joinedload(Connection.mailbox))
    )
    return found


def _of(employee_id: int, connection_id: int | None = None) -> Select[Connection]:
    live = select(Connection).where(
        Connection.employee_id == employee_id, Connection.state != "ended"
    )
    if connection_id is not None:
        live = live.where(Connection.id == connection_id)
    return live.order_by(Connection.id).limit(1)


def entries_there(connection: Connection) -> int:
    """How many of our entries stand in this Outlook, the past ones too."""
    there, own = connection.mailbox_id, Mirror.employee_id == connection.employee_id
    copies = select(func.count(Mirror.id)).where(
        own, Mirror.mailbox_id == there, Mirror.remote_id.is_not(None), Mirror.state != "gone"
    )
    former = select(func.count(FormerCopy.id)).join(Mirror, Mirror.id == FormerCopy.mirror_id)
    left = former.where(
        own, FormerCopy.mailbox_id == there, FormerCopy.remote_id.is_not(None),
        FormerCopy.state != "gone",
    )  # fmt: skip
    return (db.session.scalar(copies) or 0) + (db.session.scalar(left) or 0)


def without(connection: Connection) -> tuple[bool, bool]:
    """Without this account: whether others are linked, and whether one of them is written."""
    others = homes.live(connection.employee_id).where(Connection.id != connection.id)
    written = select(RemoteCalendarRow.id).where(
        RemoteCalendarRow.mailbox_id.in_(others), RemoteCalendarRow.is_write
    )
    found = (db.session.scalar(one.limit(1)) is not None for one in (others, written))
    return next(found), next(found)


@dataclass(frozen=True)
class LeftBehind:
    """What could not be removed from an account that was left: titles and when they begin."""

    connection_id: int
    address: str
    entries: tuple[tuple[str, datetime], ...]


def removed(connection_id: int, *, now: datetime) -> tuple[int, int]:
    """Of the entries that are being removed from an account: how many are gone, of how many."""
    connection = db.session.get_one(Connection, connection_id)
    total = connection.remove_total or 0
    return max(total - len(left_to_remove(connection, now)), 0), total


def left_behind(employee_id: int, *, now: datetime) -> list[LeftBehind]:
    """What is to come and stands in accounts that were left, though it was to be removed."""
    ids = [row.id for row in ask(_LEFT, employee=employee_id)]
    left = [db.session.get_one(Connection, one) for one in ids]
    found = [(one, left_to_remove(one, now)) for one in left]
    return [LeftBehind(one.id, one.address, titles(rest)) for one, rest in found if rest]


def see_to_the_rest(connection_id: int, employee_id: int, *, by: Actor) -> None:
    """Say no more of what could not be removed: its person has seen to it."""
    must_be_allowed(by, employee_id)
    with writing() as session:
        connection = session.get(Connection, connection_id)
        if connection is None or connection.employee_id != employee_id:
            raise NotThere("There is no such account.")
        connection.remove_total = None


def disconnect(
    employee_id: int,
    *,
    connection_id: int | None = None,
    remove: bool,
    by: Actor,
    outside: Outside,
) -> int:
    """Sync nothing with one account any more (R9, R10); return how many entries stand there.

    They stay, unless `remove` asks for the upcoming ones to be taken away, which goes on in
    the background. What was written there is written to the chosen calendar of another
    account, if there is one. Before, Microsoft is told to tell us nothing more, which may take
    three seconds. Raises NotAllowed, NotThere.
    """
    must_be_allowed(by, employee_id)
    now = outside.now()
    known = linked(employee_id, connection_id)
    if known and not remove:
        stop_telling(known.mailbox_id, outside)
    with writing() as session:
        connection = _held(session, employee_id, connection_id)
        entries = entries_there(connection)
        if remove and connection.state == "active" and connection.refused_at is None:
            begin_leaving(session, connection, now=now)
            outbox.wake(session, connection.mailbox_id)
        else:
            end_connection(session, connection, now=now)
        session.flush()
        moving.go_on_elsewhere(session, connection, now)
        if connection.state == "leaving":
            connection.remove_total = len(left_to_remove(connection, now))
        _note_leaving(session, connection, by, now)
    return entries


def _note_leaving(session: Transaction, connection: Connection, by: Actor, now: datetime) -> None:
    journal.note(
        session, subject="connection", subject_id=connection.id,
        employee_id=connection.employee_id, side=journal.BOTH, kind="disconnected", who=by.name,
        before=connection.address, now=now,
    )  # fmt: skip


def sync_now(employee_id: int, *, by: Actor, now: datetime) -> None:
    """Read all accounts as soon as possible. Raises RuleBroken within 30 s of the last time."""
    must_be_allowed(by, employee_id, manager=True)
    with writing() as session:
        mailboxes = hold_accounts(session, employee_id)
        asked = [one.asked_at for one in mailboxes if one.asked_at is not None]
        if asked and now - max(asked) < BETWEEN:
            since = int((now - max(asked)).total_seconds())
            left = int(BETWEEN.total_seconds()) - since
            raise RuleBroken(f"Checked {since} seconds ago. You can ask again in {left} seconds.")
        for mailbox in mailboxes:
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


def hold_accounts(session: Transaction, employee_id: int) -> list[Mailbox]:
    """Let no worker record anything for this employee until the caller's transaction ends.

    Returns the mailboxes of the linked accounts, held in the order of their ids. Raises NotThere.
    """
    live = select(Connection.mailbox_id).where(
        Connection.employee_id == employee_id, Connection.state != "ended"
    )
    held = select(Mailbox).where(Mailbox.id.in_(live)).order_by(Mailbox.id).with_for_update()
    mailboxes = list(session.scalars(held))
    if not mailboxes:
        raise NotThere("No Outlook account is connected here.")
    return mailboxes


def _held(session: Transaction, employee_id: int, connection_id: int | None) -> Connection:
    """A live connection; it and all mailboxes are held, in the order in which the sync does."""
    hold_accounts(session, employee_id)
    connection: Connection | None = session.scalar(
        _of(employee_id, connection_id).with_for_update()
    )
    if connection is None:
        raise NotThere("No such Outlook account is connected here.")
    return connection


def _try_again(session: Transaction, mirror: Mirror, by: Actor, now: datetime) -> None:
    outbox.raise_desired(session, mirror, now=now)
    journal.note(
        session, subject=mirror.subject, subject_id=mirror.subject_id,
        employee_id=mirror.employee_id, side=journal.PANEL, kind="retried", who=by.name, now=now,
    )  # fmt: skip
