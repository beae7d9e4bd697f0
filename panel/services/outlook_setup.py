"""The registration at Microsoft: keep it, change it, test it. Only the owner may."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db, fresh, writing
from panel.db.tables import Connection, Employee, Mailbox, OutlookSettings
from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.outlook import signin
from panel.outlook.signin import Verdict
from panel.services import outbox
from panel.services.integration import SECRET, registration, settings
from panel.services.outside import Outside
from panel.services.sealing import seal

Transaction = scoped_session[Session]
# common, organizations, consumers, a GUID or a domain.
TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,118}")
CLIENT_ID = re.compile(r"[A-Za-z0-9-]{1,120}")


@dataclass(frozen=True)
class Setup:
    """What the owner typed. An empty `secret` keeps the stored one."""

    enabled: bool
    client_id: str
    tenant: str
    secret: str = ""
    secret_expires: date | None = None


def kept(by: Actor) -> OutlookSettings:
    """The settings as they are. Raises NotAllowed."""
    by.must_own()
    return settings()


def must_sign_in_again(client_id: str, tenant: str) -> int:
    """How many people are connected with another registration than this one."""
    other = or_(Connection.client_id != client_id.strip(), Connection.tenant != tenant.strip())
    people = func.count(Connection.employee_id.distinct())
    count = select(people).where(Connection.state == "active", other)
    return db.session.scalar(count) or 0


def save(typed: Setup, *, by: Actor, outside: Outside) -> None:
    """Keep the registration; whoever is connected is seen to at once. Raises RuleBroken."""
    by.must_own()
    client_id, tenant = _checked(typed)
    secret = typed.secret.strip()
    with writing() as session:
        row = session.get(OutlookSettings, 1) or settings()
        session.add(row)
        other = (row.client_id, row.tenant) != (client_id, tenant)
        row.enabled, row.client_id, row.tenant = typed.enabled, client_id, tenant
        row.secret_expires = typed.secret_expires
        if secret:
            row.client_secret = seal(outside.keys, SECRET, {"secret": secret})
        if secret or other:
            # What was known of the old registration says nothing about the new one.
            row.tested_at = row.test_result = row.last_token_at = row.refused_at = None
        _look_again(session, outside.now())


def test(*, redirect_uri: str, by: Actor, outside: Outside) -> Verdict:
    """Ask Microsoft whether it takes the stored secret, and remember what it said."""
    by.must_own()
    entry = registration(outside)
    fresh()
    if entry is None:
        raise RuleBroken("Store the client ID and the client secret first.", "client_id")
    verdict = signin.test_secret(entry, redirect_uri=redirect_uri, http=outside.http)
    with writing() as session:
        row = session.get_one(OutlookSettings, 1)
        row.tested_at, row.test_result = outside.now(), verdict
        if verdict == "accepted" and row.refused_at is not None:
            row.refused_at = None
            _look_again(session, outside.now())
    return verdict


def connected() -> tuple[int, int]:
    """How many employees have connected, and how many work here."""
    here = select(func.count(Employee.id.distinct())).where(Employee.active)
    linked = here.join(Connection).where(Connection.state == "active")
    return db.session.scalar(linked) or 0, db.session.scalar(here) or 0


def _checked(typed: Setup) -> tuple[str, str]:
    client_id, tenant = typed.client_id.strip(), typed.tenant.strip() or "common"
    if client_id and not CLIENT_ID.fullmatch(client_id):
        raise RuleBroken(
            "Paste the Application (client) ID: letters, digits and dashes.", "client_id"
        )
    if not TENANT.fullmatch(tenant):
        raise RuleBroken("Write common, organizations, a tenant’s ID or its domain.", "tenant")
    return client_id, tenant


def _look_again(session: Transaction, now: datetime) -> None:
    """Have every connected mailbox tried at once, however long it would have waited."""
    live = select(Connection.mailbox_id).where(Connection.state == "active")
    mailbox_ids = list(session.scalars(live))
    session.execute(
        update(Mailbox)
        .where(Mailbox.id.in_(mailbox_ids))
        .values(round_due=now, wait_until=None, failures=0, failure=None)
    )
    for mailbox_id in mailbox_ids:
        outbox.wake(session, mailbox_id)
