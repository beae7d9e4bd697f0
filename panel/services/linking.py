"""Tie an approved Microsoft account to an employee, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db, engine_name, fresh, writing
from panel.db.tables import (
    Connection,
    Credential,
    Employee,
    Mailbox,
    OutlookSettings,
    RemoteCalendarRow,
    Subscription,
)
from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.domain.remote import Identity, RemoteCalendar, TokenSet
from panel.services import installation, journal, outbox
from panel.services.adopting import adopt
from panel.services.ending import end_connection
from panel.services.holding import hold
from panel.services.outside import Outside
from panel.services.sync.calendars import store
from panel.services.sync.tokens import sealed_tokens

Transaction = scoped_session[Session]
# The ids of an account, its address, and since when it is not linked any more.
Previous = tuple[tuple[str, str], str, datetime | None]


@dataclass(frozen=True)
class Account:
    """What Microsoft approved: whose account it is, its tokens and calendars, and with which
    registration."""

    identity: Identity
    tokens: TokenSet
    calendars: tuple[RemoteCalendar, ...]
    client_id: str
    tenant: str


def needs_confirmation(employee_id: int, identity: Identity, by: Actor) -> bool:
    """Whether a person must name this account as the right one before anything is stored.

    So it is where somebody else connects for the employee, or another account was linked before.
    """
    before = previous(employee_id)
    another = before is not None and before[0] != (identity.tenant_id, identity.object_id)
    return another or not by.is_employee(employee_id)


def previous(employee_id: int) -> Previous | None:
    """The account linked last: its ids, its address, and since when it is not any more."""
    row = db.session.execute(
        select(Mailbox.tenant_id, Mailbox.object_id, Connection.address, Connection.ended_at)
        .join(Connection, Connection.mailbox_id == Mailbox.id)
        .where(Connection.employee_id == employee_id)
        .order_by(Connection.id.desc())
        .limit(1)
    ).first()
    fresh()
    return None if row is None else ((row[0], row[1]), row[2], row[3])


def link(employee_id: int, account: Account, *, by: Actor, outside: Outside) -> None:
    """Store the connection and write down what is upcoming. Raises RuleBroken.

    An account that was linked before is a reconnect: its copies are adopted where they lie.
    """
    now = outside.now()
    installation.must_be_clear()
    with writing() as session:
        mailbox = _mailbox(session, account.identity)
        # As booking does: what is booked meanwhile is seen here, or sees the connection.
        hold(session, [employee_id])
        connection = _connection(session, employee_id, mailbox, account, by, now)
        session.flush()
        _store_tokens(session, connection, account, outside)
        store(session, mailbox.id, account.calendars, now=now)
        _renew_subscriptions(session, mailbox.id, now)
        mailbox.round_due, mailbox.wait_until = now, None
        mailbox.failures, mailbox.failure, mailbox.silent_since = 0, None, None
        connection.import_total = outbox.tie_upcoming(session, employee_id, mailbox.id, now)
        # The code was redeemed: Microsoft takes the registration.
        good = {"last_token_at": now, "refused_at": None}
        session.execute(update(OutlookSettings).values(**good))
        outbox.wake(session, mailbox.id)
        journal.note(
            session, subject="connection", subject_id=connection.id, employee_id=employee_id,
            side=journal.BOTH, kind="connected", who=by.name, after=account.identity.address,
            now=now,
        )  # fmt: skip


def _renew_subscriptions(session: Transaction, mailbox_id: int, now: datetime) -> None:
    """Have Microsoft shown the new access soon: without one it tells nothing."""
    calendars = select(RemoteCalendarRow.id).where(RemoteCalendarRow.mailbox_id == mailbox_id)
    told = update(Subscription).where(Subscription.calendar_id.in_(calendars))
    session.execute(told.values(due_at=now))


def _mailbox(session: Transaction, identity: Identity) -> Mailbox:
    dialect = sqlite if engine_name() == "sqlite" else postgresql
    named = {"tenant_id": identity.tenant_id, "object_id": identity.object_id}
    session.execute(
        dialect.insert(Mailbox)
        .values(fence=0, failures=0, drift=0, **named)
        .on_conflict_do_nothing()
    )
    found = select(Mailbox).filter_by(**named).with_for_update()
    return session.scalars(found).one()


def _connection(
    session: Transaction,
    employee_id: int,
    mailbox: Mailbox,
    account: Account,
    by: Actor,
    now: datetime,
) -> Connection:
    live = _live(session, Connection.mailbox_id == mailbox.id)
    if live is not None and live.employee_id != employee_id:
        raise RuleBroken(_taken(session, live, by))
    other = _live(session, Connection.employee_id == employee_id)
    if other is not None and other.mailbox_id != mailbox.id:
        end_connection(session, other, now=now)
        session.flush()
    if live is None or live.state == "leaving":
        if live is not None:
            end_connection(session, live, now=now)
            session.flush()
        live = Connection(employee_id=employee_id, mailbox_id=mailbox.id, since=now, importing=True)
        adopt(session, employee_id, mailbox.id, now)
    live.state = "active"
    live.name, live.address = account.identity.name[:200], account.identity.address[:320]
    live.kind, live.scopes = account.identity.kind, " ".join(sorted(account.tokens.scopes))
    live.client_id, live.tenant = account.client_id, account.tenant
    live.refused_at = live.refused_why = live.doubted_at = None
    session.add(live)
    return live


def _live(session: Transaction, which: object) -> Connection | None:
    found: Connection | None = session.scalar(
        select(Connection).where(which, Connection.state != "ended")  # type: ignore[arg-type]
    )
    return found


def _taken(session: Transaction, live: Connection, by: Actor) -> str:
    """Only the owner is told whose account it is."""
    if not by.is_owner:
        return f"{live.address} is already linked to another employee. Choose another account."
    employee = session.get_one(Employee, live.employee_id)
    return f"{live.address} is already linked to {employee.name}. Disconnect it there first."


def _store_tokens(
    session: Transaction, connection: Connection, account: Account, outside: Outside
) -> None:
    sealed = sealed_tokens(outside, connection.id, account.tokens)
    row = session.get(Credential, connection.id)
    if row is None:
        session.add(Credential(connection_id=connection.id, sealed=sealed, version=1))
    else:
        row.sealed, row.version = sealed, row.version + 1
