"""Take our future copies out of an Outlook that its owner leaves, then let go of the account."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from panel.db.base import db, fresh, writing
from panel.db.tables import Connection, Mirror
from panel.domain.errors import CannotDelete, Forbidden, Gone, RowRefused
from panel.domain.remote import RemoteEvent
from panel.services.ending import end_connection
from panel.services.sync import subscribing
from panel.services.sync.visit import Visit

AT_MOST = timedelta(hours=24)


def remove_copies(visit: Visit) -> None:
    """Delete the copies that have not ended."""
    for mirror_id, remote_id, marker in _left(visit):
        for entry in [remote_id] if remote_id else _made(visit, marker):
            # Gone already, or not ours to take: neither holds up the leaving.
            with suppress(Gone, CannotDelete, Forbidden, RowRefused):
                visit.client.delete(entry)
        _unlink(visit, mirror_id)
    subscribing.end_all(visit)
    with visit.recording() as session:
        end_connection(session, session.get_one(Connection, visit.connection_id), now=visit.now())


def is_over(now: datetime) -> ColumnElement[bool]:
    """A leaving connection that cannot go on: refused, or at it for a day."""
    late = Connection.ended_at < now - AT_MOST
    return and_(Connection.state == "leaving", or_(late, Connection.refused_at.is_not(None)))


def give_up(mailbox_id: int, now: datetime) -> None:
    """End a leaving that cannot go on; whatever is left there stays."""
    with writing() as session:
        stuck = select(Connection).where(Connection.mailbox_id == mailbox_id, is_over(now))
        for connection in session.scalars(stuck).all():
            end_connection(session, connection, now=now)


def _left(visit: Visit) -> list[tuple[int, str | None, str | None]]:
    """Each copy with its id; without one, a create whose answer was lost, with its marker."""
    rows = db.session.execute(
        select(Mirror.id, Mirror.remote_id, Mirror.marker).where(
            Mirror.mailbox_id == visit.mailbox_id,
            or_(Mirror.remote_id.is_not(None), Mirror.intent.is_not(None)),
            or_(Mirror.base_end > visit.now(), Mirror.base_end.is_(None)),
        )
    ).all()
    fresh()
    return [(mirror_id, remote_id, marker) for mirror_id, remote_id, marker in rows]


def _made(visit: Visit, marker: str | None) -> list[str]:
    """What a create made of which we have no id."""
    found: list[str] = []
    for place in visit.places() if marker else ():
        with suppress(Gone, Forbidden, RowRefused):
            events = visit.client.find_marker(place.remote_id, marker or "")
            found += [one.id for one in events if isinstance(one, RemoteEvent)]
    return found


def _unlink(visit: Visit, mirror_id: int) -> None:
    with visit.recording() as session:
        mirror = session.get_one(Mirror, mirror_id)
        mirror.state, mirror.remote_id, mirror.calendar_id = "none", None, None
        mirror.base = mirror.base_end = mirror.change_key = None
        mirror.marker = mirror.transaction_id = mirror.intent = None
