"""One visit to one mailbox: the lease, the line and what is known of its calendars."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import ask, at_rest, db, fresh, writing
from panel.db.tables import Connection, Mirror, OutlookSettings, RemoteCalendarRow
from panel.outlook.client import OutlookClient
from panel.services import installation
from panel.services.integration import ready, registration, settings
from panel.services.outside import Outside
from panel.services.sync.leases import Lease
from panel.services.sync.tokens import Tokens
from panel.services.sync.traffic import Tally

# Every visit asks these, most of them several times, so they are written once.
_MAILBOX: BindParameter[int] = bindparam("mailbox")
_CALENDAR = RemoteCalendarRow.__table__.c
_PLACES = (
    select(
        _CALENDAR.id, _CALENDAR.remote_id, _CALENDAR.name, _CALENDAR.can_edit, _CALENDAR.is_write,
        _CALENDAR.is_blocking, _CALENDAR.allows_teams,
    )
    .where(_CALENDAR.mailbox_id == _MAILBOX, _CALENDAR.gone_since.is_(None))
    .order_by(_CALENDAR.id)
)  # fmt: skip
_COPIES = (Mirror.mailbox_id == _MAILBOX, Mirror.remote_id.is_not(None))
_HOLDING = select(Mirror.calendar_id).where(*_COPIES).distinct()
_LAST_COPY = select(func.max(Mirror.base_end)).where(*_COPIES)
_LINK = select(Connection).where(
    Connection.mailbox_id == _MAILBOX, Connection.state.in_(("active", "leaving"))
)


@dataclass(frozen=True)
class Place:
    """A calendar of the mailbox: our row, Microsoft's id, and what it is used for.

    `meets` says that Teams meetings can be held in it.
    """

    id: int
    remote_id: str
    name: str
    writable: bool
    writes: bool
    blocks: bool
    meets: bool


@dataclass(frozen=True)
class Visit:
    """A mailbox held by its lease, with a line to Microsoft in its owner's name."""

    outside: Outside
    lease: Lease
    tokens: Tokens
    client: OutlookClient
    connection_id: int
    employee_id: int
    leaving: bool
    tally: Tally
    # After a restore nothing is written before the owner has seen what differs.
    reads_only: bool = False

    @property
    def mailbox_id(self) -> int:
        return self.lease.mailbox_id

    def now(self) -> datetime:
        return self.outside.now()

    @contextmanager
    def recording(self, *, lightly: bool = False) -> Iterator[scoped_session[Session]]:
        """A writing transaction that a later holder of the mailbox fences off (LeaseLost)."""
        with writing(lightly=lightly) as session:
            self.lease.check(session)
            yield session

    def places(self) -> list[Place]:
        """The calendars of the mailbox that are there, as last listed."""
        found = [_place(row) for row in ask(_PLACES, mailbox=self.mailbox_id)]
        fresh()
        return found

    def read_places(self) -> list[Place]:
        """The calendars that are written, that block, or in which copies lie."""
        holding = set(ask(_HOLDING, mailbox=self.mailbox_id).scalars())
        return [one for one in self.places() if one.writes or one.blocks or one.id in holding]

    def last_copy(self) -> datetime | None:
        """The end of the last copy in this mailbox."""
        last = ask(_LAST_COPY, mailbox=self.mailbox_id).scalar()
        fresh()
        return last


def open_visit(lease: Lease, outside: Outside, tally: Tally | None = None) -> Visit | None:
    """Begin the visit, or None where nothing may be sent or read for this mailbox now.

    What it costs is counted in `tally`.
    """
    tally = tally or Tally()
    kept, held = settings(), installation.held()
    may = ready(kept) and (held is None or held.comparing)
    entry = registration(outside, kept) if may else None
    connection = _connection(lease.mailbox_id, kept)
    fresh()
    if entry is None or connection is None:
        return None
    tokens = Tokens(outside, entry, connection.id, lease)
    client = OutlookClient(
        outside.graph_url,
        access_token=tokens,
        http=outside.http,
        deadline=outside.deadline,
        before_request=lambda: _before_request(lease),
        after_request=tally.asked,
    )
    leaving = connection.state == "leaving"
    return Visit(
        outside,
        lease,
        tokens,
        client,
        connection.id,
        connection.employee_id,
        leaving,
        tally,
        reads_only=held is not None,
    )


def _connection(mailbox_id: int, kept: OutlookSettings) -> Connection | None:
    """The live connection, made with the registration that is set up now."""
    connection: Connection | None = db.session.scalar(_LINK, {"mailbox": mailbox_id})
    if connection is None or connection.refused_at is not None:
        return None
    if (connection.client_id, connection.tenant) != (kept.client_id, kept.tenant):
        return None
    db.session.expunge(connection)
    return connection


def _before_request(lease: Lease) -> None:
    assert at_rest(), "no transaction may be open during a call to Microsoft"
    lease.keep()


def _place(row: Row[*tuple[Any, ...]]) -> Place:
    return Place(
        row.id,
        row.remote_id,
        row.name,
        row.can_edit,
        row.is_write and row.can_edit,
        row.is_blocking,
        row.allows_teams,
    )
