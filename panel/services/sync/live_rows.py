"""What a live check reads and stores; see `live`. Every transaction here is its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from panel.db.base import EPOCH, Moment, db, engine_name, fresh, writing
from panel.db.tables import (
    BusyBlock,
    Connection,
    Credential,
    Employee,
    Mailbox,
    Mirror,
    OutlookSettings,
    RemoteCalendarRow,
)
from panel.domain.blocks import block_of
from panel.domain.remote import RemoteEvent, TokenSet
from panel.outlook.registration import Registration
from panel.services import installation
from panel.services.integration import ready, registration, settings
from panel.services.outbox import Transaction
from panel.services.outside import Outside
from panel.services.sync import leases, traffic
from panel.services.sync.leases import Lease
from panel.services.sync.tokens import opened, sealed_tokens
from panel.services.sync.traffic import Tally

FRESH = timedelta(seconds=60)
EARLY = timedelta(minutes=1)


@dataclass(frozen=True)
class Line:
    """A mailbox to ask: its blocking calendars (our id, Microsoft's) and its tokens.

    `lease` is held only where the tokens must be renewed.
    """

    employee_id: int
    mailbox_id: int
    connection_id: int
    calendars: tuple[tuple[int, str], ...]
    tokens: TokenSet
    version: int
    lease: Lease | None


def stale_lines(
    employee_ids: Collection[int], outside: Outside
) -> tuple[list[Line], Registration | None]:
    """Return the mailboxes that must be asked, and the registration to ask with.

    None of those that were read within the last minute; none either that cannot be asked at
    all, which the search knows: the import is running, or a sign-in is needed.
    """
    kept = settings()
    may = ready(kept) and installation.held() is None
    entry = registration(outside) if may else None
    rows = db.session.execute(_stale(employee_ids, kept, outside.now())).all() if entry else []
    found = [_line(connection, credential, outside) for connection, credential in rows]
    fresh()
    return [_with_lease(one, outside) for one in found if one.calendars], entry


def _stale(
    employee_ids: Collection[int], kept: OutlookSettings, now: datetime
) -> Select[Connection, Credential]:
    wanted = func.coalesce(Employee.block_busy, kept.block_busy)
    read_at = (
        select(func.min(func.coalesce(RemoteCalendarRow.read_at, literal(EPOCH, Moment))))
        .where(RemoteCalendarRow.mailbox_id == Connection.mailbox_id, RemoteCalendarRow.is_blocking)
        .scalar_subquery()
    )
    return (
        select(Connection, Credential)
        .join(Credential, Credential.connection_id == Connection.id)
        .join(Employee, Employee.id == Connection.employee_id)
        .where(
            Connection.employee_id.in_(employee_ids),
            Connection.state == "active",
            Connection.importing.is_(False),
            Connection.refused_at.is_(None),
            Connection.client_id == kept.client_id,
            Connection.tenant == kept.tenant,
            wanted.is_(True),
            read_at < now - FRESH,
        )
    )


def _line(connection: Connection, credential: Credential, outside: Outside) -> Line:
    calendars = db.session.execute(
        select(RemoteCalendarRow.id, RemoteCalendarRow.remote_id).where(
            RemoteCalendarRow.mailbox_id == connection.mailbox_id,
            RemoteCalendarRow.is_blocking,
            RemoteCalendarRow.gone_since.is_(None),
        )
    )
    return Line(
        connection.employee_id,
        connection.mailbox_id,
        connection.id,
        tuple((id, remote_id) for id, remote_id in calendars),
        opened(outside, credential),
        credential.version,
        None,
    )


def _with_lease(line: Line, outside: Outside) -> Line:
    if line.tokens.expires_at - outside.now() >= EARLY:
        return line
    return Line(**{**vars(line), "lease": leases.take(line.mailbox_id)})


def let_go(line: Line) -> None:
    """Hand the mailbox back, where it was held."""
    if line.lease is not None:
        line.lease.release()


def store(
    line: Line,
    seen: dict[int, list[RemoteEvent]],
    renewed: TokenSet | None,
    tally: Tally,
    outside: Outside,
) -> None:
    """Store what was found as busy time, and what was renewed; nothing is ever freed here.

    Nothing of an account that was disconnected while it was asked.
    """
    name = installation.own(outside)
    with writing() as session:
        session.get_one(Mailbox, line.mailbox_id, with_for_update=True)
        if session.get_one(Connection, line.connection_id).state != "active":
            return
        for calendar_id, events in seen.items():
            for event in _strangers(session, line, events, name):
                _keep(session, line.employee_id, calendar_id, event)
        good = update(Mailbox).where(Mailbox.id == line.mailbox_id)
        session.execute(good.values(silent_since=None))
        traffic.store(session, line.mailbox_id, tally, now=outside.now())
        if renewed is not None:
            session.execute(
                update(Credential)
                .where(
                    Credential.connection_id == line.connection_id,
                    Credential.version == line.version,
                )
                .values(
                    sealed=sealed_tokens(outside, line.connection_id, renewed),
                    version=line.version + 1,
                )
            )


def _strangers(
    session: Transaction, line: Line, events: Iterable[RemoteEvent], name: str
) -> list[RemoteEvent]:
    """Leave out what Panel wrote itself: a copy never stands in its own appointment's way."""
    ids = [one.id for one in events]
    sent = [one.transaction_id for one in events if one.transaction_id]
    ours = select(Mirror.remote_id, Mirror.transaction_id).where(
        or_(Mirror.remote_id.in_(ids), Mirror.transaction_id.in_(sent))
    )
    known = {one for row in session.execute(ours) for one in row if one}
    return [
        one
        for one in events
        if one.id not in known
        and one.transaction_id not in known
        and not (one.marker or "").startswith(name)
    ]


def _keep(session: Transaction, employee_id: int, calendar_id: int, event: RemoteEvent) -> None:
    block = block_of(event)
    if block is None:
        return
    dialect = sqlite if engine_name() == "sqlite" else postgresql
    found = asdict(block)
    row = dialect.insert(BusyBlock).values(
        employee_id=employee_id, calendar_id=calendar_id, **found
    )
    session.execute(
        row.on_conflict_do_update(index_elements=["calendar_id", "remote_id"], set_=found)
    )


def remember_silence(line: Line, now: datetime) -> None:
    """Remember since when the mailbox cannot be asked; the search obeys it too."""
    with writing() as session:
        silent = update(Mailbox).where(
            Mailbox.id == line.mailbox_id, Mailbox.silent_since.is_(None)
        )
        session.execute(silent.values(silent_since=now))
