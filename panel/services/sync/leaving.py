"""Take our future copies out of an Outlook that its owner leaves, then let go of the account."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.exc import OperationalError

from panel.db.base import ask, db, fresh, writing
from panel.db.tables import Connection, FormerCopy, Mirror
from panel.domain.content import Content
from panel.domain.errors import CannotDelete, Forbidden, Gone, PanelError, RowRefused
from panel.domain.remote import RemoteEvent
from panel.services import journal
from panel.services.adopting import NO_COPY
from panel.services.ending import end_connection
from panel.services.outbox import Transaction
from panel.services.sheltering import sheltered
from panel.services.sync import subscribing
from panel.services.sync.evidence import is_present
from panel.services.sync.visit import Visit

AT_MOST = timedelta(hours=24)
NOT_ITS_FAULT = (PanelError, OperationalError)
_LEAVING = select(Connection.id).where(
    Connection.mailbox_id == bindparam("mailbox"), Connection.state == "leaving"
)


class Left(NamedTuple):
    """An entry of ours that stands in an account which is left, or may stand there.

    Without `remote_id` it is a create whose answer was lost, known by its marker. `former_id`
    where its mirror has a copy elsewhere.
    """

    mirror_id: int
    former_id: int | None
    subject: str
    subject_id: int
    remote_id: str | None
    marker: str | None


def remove_copies(visit: Visit) -> None:
    """Delete the copies that have not ended. What Outlook refuses stays, and is listed."""
    for left in left_to_remove(_connection(visit), visit.now()):
        fresh()
        with sheltered(f"Copy {left.mirror_id} could not be removed.", but=NOT_ITS_FAULT):
            if _remove(visit, left):
                _unlink(visit, left)
    subscribing.end_all(visit)
    with visit.recording() as session:
        # Nothing is under way any more: whoever signs in again need not wait for it.
        visit.lease.hand_back(session)
        _end(session, session.get_one(Connection, visit.connection_id), visit.now())


def left_to_remove(connection: Connection, now: datetime) -> list[Left]:
    """What of ours is to come in this account, by the connection that leaves it."""
    mine = Mirror.employee_id == connection.employee_id
    columns = (Mirror.subject, Mirror.subject_id)
    found: list[Left] = []
    for table, own in ((Mirror, Mirror.id), (FormerCopy, FormerCopy.mirror_id)):
        former_id = FormerCopy.id if table is FormerCopy else db.null()
        rows = select(own, former_id, *columns, table.remote_id, table.marker).where(
            mine,
            table.mailbox_id == connection.mailbox_id,
            or_(table.remote_id.is_not(None), table.marker.is_not(None)),
            or_(table.base_end > now, table.base_end.is_(None)),
            table.state != "gone",
        )
        if table is FormerCopy:
            rows = rows.join(Mirror, Mirror.id == FormerCopy.mirror_id)
        found += [Left(*row) for row in db.session.execute(rows)]
    return found


def titles(entries: Iterable[Left]) -> tuple[tuple[str, datetime], ...]:
    """What the entries are called and when they begin, the next one first."""
    found = []
    for left in entries:
        row = _kept(left)
        if row is not None and row.base:
            agreed = Content.from_json(row.base)
            found.append((agreed.title, agreed.starts))
    return tuple(sorted(found, key=lambda one: one[1]))


def _kept(left: Left) -> Mirror | FormerCopy | None:
    if left.former_id is not None:
        return db.session.get(FormerCopy, left.former_id)
    return db.session.get(Mirror, left.mirror_id)


def is_over(now: datetime) -> ColumnElement[bool]:
    """A leaving connection that cannot go on: refused, or at it for a day."""
    late = Connection.ended_at < now - AT_MOST
    return and_(Connection.state == "leaving", or_(late, Connection.refused_at.is_not(None)))


def give_up(mailbox_id: int, now: datetime) -> None:
    """End a leaving that cannot go on; whatever is left there stays, and is listed."""
    leaves = ask(_LEAVING, mailbox=mailbox_id).first() is not None
    fresh()
    if not leaves:
        return
    with writing() as session:
        stuck = select(Connection).where(Connection.mailbox_id == mailbox_id, is_over(now))
        for connection in session.scalars(stuck).all():
            _end(session, connection, now)


def _end(session: Transaction, connection: Connection, now: datetime) -> None:
    left = len(left_to_remove(connection, now))
    kind, note = "entries_removed", f"{(connection.remove_total or left) - left} removed"
    if left:
        kind, note = "entries_left", f"{left} left"
    journal.note(
        session, subject="connection", subject_id=connection.id,
        employee_id=connection.employee_id, side=journal.OUTLOOK, kind=kind, who="",
        before=connection.address, note=note, now=now,
    )  # fmt: skip
    end_connection(session, connection, now=now)


def _connection(visit: Visit) -> Connection:
    return db.session.get_one(Connection, visit.connection_id, populate_existing=True)


def _remove(visit: Visit, left: Left) -> bool:
    """Delete one entry; say whether it is gone. What is not ours to take holds up nothing."""
    entries = [left.remote_id] if left.remote_id else _made(visit, left.marker)
    gone = [_is_deleted(visit, entry) for entry in entries]
    return all(gone)


def _is_deleted(visit: Visit, entry: str) -> bool:
    try:
        visit.client.delete(entry)
    except Gone:
        return True
    except CannotDelete:
        return not is_present(visit, entry)
    except (Forbidden, RowRefused):
        return False
    return True


def _made(visit: Visit, marker: str | None) -> list[str]:
    """What a create made of which we have no id."""
    found: list[str] = []
    for place in visit.places() if marker else ():
        with suppress(Gone, Forbidden, RowRefused):
            events = visit.client.find_marker(place.remote_id, marker or "")
            found += [one.id for one in events if isinstance(one, RemoteEvent)]
    return found


def _unlink(visit: Visit, left: Left) -> None:
    with visit.recording() as session:
        if left.former_id is not None:
            session.delete(session.get_one(FormerCopy, left.former_id))
            return
        mirror = session.get_one(Mirror, left.mirror_id)
        for name, value in NO_COPY.items():
            setattr(mirror, name, value)
