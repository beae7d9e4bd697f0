"""Take our future copies out of an Outlook that its owner leaves, then let go of the account."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select

from panel.db.base import db, fresh
from panel.db.tables import Connection, Mirror
from panel.domain.errors import CannotDelete, Forbidden, Gone, RowRefused
from panel.services.ending import end_connection
from panel.services.sync.visit import Visit

AT_MOST = timedelta(hours=24)


def remove_copies(visit: Visit) -> None:
    """Delete the copies that have not ended; whatever is left after a day stays there."""
    for mirror_id, remote_id in _left(visit):
        # Gone already, or not ours to take: neither holds up the leaving.
        with suppress(Gone, CannotDelete, Forbidden, RowRefused):
            visit.client.delete(remote_id)
        _unlink(visit, mirror_id)
    with visit.recording() as session:
        end_connection(session, session.get_one(Connection, visit.connection_id), now=visit.now())


def _left(visit: Visit) -> list[tuple[int, str]]:
    connection = db.session.get_one(Connection, visit.connection_id)
    over = connection.ended_at is not None and visit.now() - connection.ended_at > AT_MOST
    rows = db.session.execute(
        select(Mirror.id, Mirror.remote_id).where(
            Mirror.mailbox_id == visit.mailbox_id,
            Mirror.remote_id.is_not(None),
            Mirror.base_end > visit.now(),
        )
    ).all()
    fresh()
    return [] if over else [(mirror_id, remote_id) for mirror_id, remote_id in rows if remote_id]


def _unlink(visit: Visit, mirror_id: int) -> None:
    with visit.recording() as session:
        mirror = session.get_one(Mirror, mirror_id)
        mirror.state, mirror.remote_id, mirror.calendar_id = "none", None, None
        mirror.base = mirror.base_end = mirror.change_key = None
        mirror.marker = mirror.transaction_id = mirror.intent = None
