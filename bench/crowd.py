"""Many employees who are all connected, laid into both programs in bulk.

Thousands of times through the sign-in pages would take hours. Only the pages are left out: the
tokens are the sandbox's own, and sealed as Panel seals them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, insert, select

from panel.db.base import writing
from panel.db.tables import (
    Appointment,
    Booking,
    Connection,
    Credential,
    Customer,
    Employee,
    Mailbox,
    OutlookSettings,
    RemoteCalendarRow,
    Service,
)
from panel.domain.remote import RemoteCalendar, TokenSet
from panel.outlook.tokens import SCOPES
from panel.outlook.wire import read_calendar
from panel.services import outbox
from panel.services.outbox import Transaction
from panel.services.sync.tokens import sealed_tokens
from sandbox.graph.shapes import calendar_shape
from sandbox.identity import scopes, tokens
from sandbox.mailbox import Mailbox as Outlook
from sandbox.people import Person
from sandbox.seed import fill, scatter
from sandbox.world import World, open_world

# Entries that everybody has in their own calendar.
ENTRIES = 5
LONG, DAY = timedelta(days=365), timedelta(days=1)
RIGHTS = frozenset({"user.read", "calendars.readwrite"})


@dataclass(frozen=True)
class Account:
    """Somebody at Microsoft who has let Panel in."""

    upn: str
    name: str
    tenant_id: str
    object_id: str
    tokens: TokenSet
    calendars: tuple[RemoteCalendar, ...]


def people(file: Path, count: int) -> list[Account]:
    """Add so many people to a data file of the sandbox; give what it granted each of them."""
    world = open_world(file)
    found = [_somebody(world, number) for number in range(count)]
    world.save()
    world.store.close()
    return found


def _somebody(world: World, number: int) -> Account:
    person = Person(f"p{number:05}@contoso.test", f"Person {number:05}")
    box, now = person.mailbox(), world.now()
    fill(box, now=now)
    scatter(box, ENTRIES, now=now)
    world.settle(box)
    wanted = scopes.read(" ".join(SCOPES))
    world.grants.consent(box.upn, list(wanted))
    told = tokens.answer(world, box, {one: how for one, how in wanted.items() if one != "openid"})
    ends = now + timedelta(seconds=told["expires_in"])
    granted = TokenSet(told["access_token"], told["refresh_token"], ends, RIGHTS)
    return Account(
        box.upn, person.name, box.tenant_id, box.object_id, granted, tuple(_calendars(box))
    )


def _calendars(box: Outlook) -> list[RemoteCalendar]:
    return [read_calendar(calendar_shape(box, one)) for one in box.calendars.values()]


def connect(accounts: Sequence[Account]) -> list[int]:
    """Lay an employee and a connection for each account; give the ids of their mailboxes.

    None is due to be read before somebody says so. Needs an application context over a
    database with the demo data.
    """
    now = datetime.now(UTC)
    round_due = now + LONG
    with writing() as session:
        first = _next(session, Employee, Mailbox, Connection)
        numbered = list(enumerate(accounts, first))
        _employees(session, numbered, now)
        session.execute(insert(Mailbox), [
            {
                "id": n, "tenant_id": one.tenant_id, "object_id": one.object_id,
                "round_due": round_due, "list_due": now + DAY,
            }
            for n, one in numbered
        ])  # fmt: skip
        _connections(session, numbered, now)
        session.execute(
            insert(RemoteCalendarRow),
            [_calendar(n, each) for n, one in numbered for each in one.calendars],
        )
    return [n for n, _ in numbered]


def _next(session: Transaction, *tables: Any) -> int:
    """A number from which on all these tables are empty."""
    return 1 + max(session.scalar(select(func.max(table.id))) or 0 for table in tables)


def _employees(session: Transaction, numbered: list[tuple[int, Account]], now: datetime) -> None:
    plain = {"zone": "UTC", "created_at": now, "shown": False}
    session.execute(insert(Employee), [{"id": n, "name": one.name, **plain} for n, one in numbered])


def _connections(session: Transaction, numbered: list[tuple[int, Account]], now: datetime) -> None:
    outside = current_app.extensions["panel"].outside
    kept = session.get_one(OutlookSettings, 1)
    session.execute(insert(Connection), [
        {
            "id": n, "employee_id": n, "mailbox_id": n, "state": "active", "kind": "work",
            "name": one.name, "address": one.upn, "scopes": " ".join(sorted(RIGHTS)),
            "client_id": kept.client_id, "tenant": kept.tenant, "since": now,
        }
        for n, one in numbered
    ])  # fmt: skip
    session.execute(
        insert(Credential),
        [
            {"connection_id": n, "sealed": sealed_tokens(outside, n, one.tokens)}
            for n, one in numbered
        ],
    )


def _calendar(mailbox_id: int, one: RemoteCalendar) -> dict[str, Any]:
    """As connecting chooses: written is the default one, blocking what they can edit."""
    return {
        "mailbox_id": mailbox_id, "remote_id": one.id, "name": one.name, "color": one.color,
        "can_edit": one.can_edit, "is_default": one.is_default, "is_write": one.is_default,
        "is_blocking": one.can_edit,
    }  # fmt: skip


def book(mailboxes: Sequence[int], count: int) -> None:
    """Book so many appointments, spread evenly; all of them wait to be pushed."""
    now = datetime.now(UTC)
    day = now.replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=30)
    with writing() as session:
        first = _next(session, Appointment)
        service = session.scalars(select(Service.id)).first()
        customer = session.scalars(select(Customer.id)).first()
        rows = []
        for n in range(count):
            starts = day + timedelta(hours=n // len(mailboxes))
            rows.append({
                "id": first + n, "service_id": service, "zone": "UTC", "tzdata": "2026.1",
                "employee_id": mailboxes[n % len(mailboxes)], "starts": starts,
                "ends": starts + timedelta(hours=1), "local_start": f"{starts:%Y-%m-%dT%H:%M}",
                "status": "approved", "reference": f"Q{first + n}", "created_at": now,
            })  # fmt: skip
        session.execute(insert(Appointment), rows)
        booked = {"customer_id": customer, "status": "approved", "created_at": now}
        session.execute(insert(Booking), [{"appointment_id": one["id"], **booked} for one in rows])
        session.flush()
        for mailbox_id in mailboxes[:count]:
            outbox.tie_upcoming(session, mailbox_id, mailbox_id, now)
