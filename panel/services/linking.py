"""Tie an approved Microsoft account to an employee, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
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
from panel.services.backfilling import fill_past
from panel.services.ending import end_connection
from panel.services.holding import hold
from panel.services.homes import live
from panel.services.outside import Outside
from panel.services.sync.calendars import store
from panel.services.sync.tokens import sealed_tokens

Transaction = scoped_session[Session]
# How many accounts one employee may link.
MOST = 6
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

    So it is where somebody else connects for the employee, where another account was linked
    before, and where another one than this waits for its sign-in.
    """
    if not by.is_employee(employee_id):
        return True
    linked = _accounts(employee_id)
    if linked:
        known = (identity.tenant_id, identity.object_id) in linked
        return not known and any(linked.values())
    before = previous(employee_id)
    return before is not None and before[0] != (identity.tenant_id, identity.object_id)


def is_addition(employee_id: int, identity: Identity) -> bool:
    """Whether this account would come to others that stay linked."""
    linked = _accounts(employee_id)
    return bool(linked) and (identity.tenant_id, identity.object_id) not in linked


def _accounts(employee_id: int) -> dict[tuple[str, str], bool]:
    """The accounts that are linked, and whether each waits for its person to sign in again."""
    rows = db.session.execute(
        select(Mailbox.tenant_id, Mailbox.object_id, Connection.refused_at)
        .join(Connection, Connection.mailbox_id == Mailbox.id)
        .where(Connection.employee_id == employee_id, Connection.state == "active")
    ).all()
    fresh()
    return {(tenant, object_): refused is not None for tenant, object_, refused in rows}


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


def link(
    employee_id: int, account: Account, *, backfill: bool = False, by: Actor, outside: Outside
) -> None:
    """Store the connection and write down what is upcoming. Raises RuleBroken.

    An account that was linked before is a reconnect: its copies are adopted where they lie.
    Others stay linked beside it. `backfill` writes the last 30 days too.
    """
    now = outside.now()
    installation.must_be_clear()
    with writing() as session:
        mailbox = _mailbox(session, account.identity)
        # As booking does: what is booked meanwhile is seen here, or sees the connection.
        hold(session, [employee_id])
        connection, is_new = _connection(session, employee_id, mailbox, account, by, now)
        session.flush()
        _store_tokens(session, connection, account, outside)
        store(session, mailbox.id, account.calendars, now=now)
        if is_new:
            _settle_in(session, employee_id, mailbox.id, now)
        _renew_subscriptions(session, mailbox.id, now)
        mailbox.round_due, mailbox.wait_until = now, None
        mailbox.failures, mailbox.failure, mailbox.silent_since = 0, None, None
        if backfill:
            fill_past(session, employee_id, now)
        connection.import_total = outbox.tie_upcoming(session, employee_id, mailbox.id, now)
        _believe(session, now)
        outbox.wake(session, mailbox.id)
        journal.note(
            session, subject="connection", subject_id=connection.id, employee_id=employee_id,
            side=journal.BOTH, kind="connected", who=by.name, after=account.identity.address,
            now=now,
        )  # fmt: skip


def _believe(session: Transaction, now: datetime) -> None:
    """The code was redeemed: Microsoft takes the registration."""
    good = {"last_token_at": now, "refused_at": None}
    session.execute(update(OutlookSettings).values(**good))


def _settle_in(session: Transaction, employee_id: int, mailbox_id: int, now: datetime) -> None:
    """Let the calendar stay that is written already, and take up what lies here."""
    elsewhere = select(RemoteCalendarRow.id).where(
        RemoteCalendarRow.mailbox_id.in_(live(employee_id)),
        RemoteCalendarRow.mailbox_id != mailbox_id,
        RemoteCalendarRow.is_write,
    )
    if session.scalar(elsewhere.limit(1)) is not None:
        here = update(RemoteCalendarRow).where(RemoteCalendarRow.mailbox_id == mailbox_id)
        session.execute(here.values(is_write=False))
    adopt(session, employee_id, mailbox_id, now)


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
) -> tuple[Connection, bool]:
    """The connection of this mailbox, and whether it has just begun."""
    found = _live(session, mailbox.id)
    if found is not None and found.employee_id != employee_id:
        raise RuleBroken(_taken(session, found, by))
    is_new = found is None or found.state == "leaving"
    if found is not None and is_new:
        end_connection(session, found, now=now)
        session.flush()
    if found is None or is_new:
        _must_have_room(session, employee_id)
        found = Connection(
            employee_id=employee_id, mailbox_id=mailbox.id, since=now, importing=True
        )
    found.state = "active"
    found.name, found.address = account.identity.name[:200], account.identity.address[:320]
    found.kind, found.scopes = account.identity.kind, " ".join(sorted(account.tokens.scopes))
    found.client_id, found.tenant = account.client_id, account.tenant
    found.refused_at = found.refused_why = found.doubted_at = None
    session.add(found)
    return found, is_new


def _must_have_room(session: Transaction, employee_id: int) -> None:
    linked = select(func.count()).where(
        Connection.employee_id == employee_id, Connection.state != "ended"
    )
    if (session.scalar(linked) or 0) >= MOST:
        raise RuleBroken(
            f"{MOST} Outlook accounts are linked already, and more cannot be. "
            "Disconnect one of them first."
        )


def _live(session: Transaction, mailbox_id: int) -> Connection | None:
    found: Connection | None = session.scalar(
        select(Connection).where(Connection.mailbox_id == mailbox_id, Connection.state != "ended")
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
