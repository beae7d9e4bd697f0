"""Link an employee's Microsoft account: from pressing Connect to coming back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from panel.db.base import db, fresh, writing
from panel.db.tables import Employee, SignIn
from panel.domain.errors import (
    NoMailbox,
    NotAllowed,
    NotThere,
    PanelError,
    Refusal,
    RegistrationRefused,
    RuleBroken,
    SignInRefused,
)
from panel.domain.people import Actor
from panel.domain.remote import Identity, RemoteCalendar, TokenSet
from panel.outlook import signin
from panel.outlook.callback import read_callback_error
from panel.outlook.client import OutlookClient
from panel.outlook.registration import Registration
from panel.services import confirming, installation, linking
from panel.services.integration import ready, registration, settings
from panel.services.outside import Outside
from panel.services.sealing import seal, unseal
from panel.services.sync.tokens import refuse_registration

OPEN_FOR = timedelta(minutes=10)
AT_ONCE = 5
RETURN_PAGES = ("profile", "employee")


@dataclass(frozen=True)
class Return:
    """Where the browser goes after Microsoft, and what it is told there.

    `page` is one of RETURN_PAGES. One of these is set: `address`, the account now linked;
    `waiting`, the id of a sign-in that a person must confirm; `refused`, why there is none.
    """

    page: str
    employee_id: int | None
    address: str = ""
    waiting: int | None = None
    refused: PanelError | None = None


def may_connect(by: Actor, employee_id: int) -> bool:
    """Say whether this person may link or leave an account for this employee."""
    return by.is_owner or by.is_employee(employee_id)


def begin(
    employee_id: int,
    *,
    by: Actor,
    session_key: str,
    page: str,
    redirect_uri: str,
    outside: Outside,
    backfill: bool = False,
) -> str:
    """Start a sign-in; return Microsoft's address to send the browser to.

    `session_key` names the login session that must come back; `backfill` asks for the last 30
    days in Outlook too. Raises NotAllowed, RuleBroken.
    """
    entry = _must_be_ready(employee_id, by, outside)
    if page not in RETURN_PAGES:
        raise RuleBroken("There is no such page to come back to.")
    started, now = signin.begin(entry, redirect_uri=redirect_uri), outside.now()
    secret = {"verifier": started.verifier, "nonce": started.nonce}
    with writing() as session:
        _make_room(by, now)
        row = SignIn(
            state_hash=_hash(started.state),
            user_id=by.user_id,
            employee_id=employee_id,
            session_key=_hash(session_key),
            return_to=page,
            redirect_uri=redirect_uri,
            backfill=backfill,
            sealed=seal(outside.keys, f"sign-in {_hash(started.state)}", secret),
            expires_at=now + OPEN_FOR,
        )
        session.add(row)
    return started.url


def finish(args: Mapping[str, str], *, by: Actor, session_key: str, outside: Outside) -> Return:
    """Take what Microsoft sent the browser back with. Refusals are answers, not errors."""
    row = _claimed(args.get("state", ""), by, session_key, outside.now())
    if isinstance(row, Return):
        return row
    try:
        return _linked(row, args, by, outside)
    except RegistrationRefused as refusal:
        refuse_registration(outside.now())
        return Return(row.return_to, row.employee_id, refused=refusal)
    except PanelError as refusal:
        return Return(row.return_to, row.employee_id, refused=refusal)


def came_back(employee_id: int, *, session_key: str, now: datetime) -> bool:
    """Say once whether this browser left for Microsoft and came back without an answer.

    The sign-in itself stays good: it may go on in another tab.
    """
    still_open = (
        SignIn.session_key == _hash(session_key),
        SignIn.employee_id == employee_id,
        SignIn.used_at.is_(None),
        SignIn.told_at.is_(None),
    )
    found = db.session.scalar(select(SignIn.id).where(*still_open).limit(1))
    if found is None:
        return False
    with writing() as session:
        session.execute(update(SignIn).where(*still_open).values(told_at=now))
    return True


def _must_be_ready(employee_id: int, by: Actor, outside: Outside) -> Registration:
    employee = db.session.get(Employee, employee_id)
    if employee is None or not employee.active:
        raise NotThere("There is no such employee.")
    if not may_connect(by, employee_id):
        raise NotAllowed("Only the owner and the employee may connect this calendar.")
    kept = settings()
    entry = registration(outside) if ready(kept) else None
    installation.must_be_clear()
    fresh()
    if entry is None:
        raise RuleBroken("Outlook is not set up for this business yet.")
    return entry


def _make_room(by: Actor, now: datetime) -> None:
    """Keep at most five sign-ins of one person open, and forget those that ran out."""
    db.session.execute(delete(SignIn).where(SignIn.expires_at < now - timedelta(days=1)))
    mine = select(SignIn.id).where(SignIn.user_id == by.user_id, SignIn.used_at.is_(None))
    newest = mine.order_by(SignIn.id.desc()).limit(AT_ONCE - 1)
    keep = list(db.session.scalars(newest))
    db.session.execute(
        delete(SignIn).where(
            SignIn.user_id == by.user_id, SignIn.used_at.is_(None), SignIn.id.not_in(keep)
        )
    )


def _claimed(state: str, by: Actor, session_key: str, now: datetime) -> SignIn | Return:
    """The sign-in that this answer belongs to, claimed by one UPDATE; or why there is none."""
    row: SignIn | None = db.session.scalar(select(SignIn).where(SignIn.state_hash == _hash(state)))
    if row is None or (row.session_key, row.user_id) != (_hash(session_key), by.user_id):
        return Return("profile", None, refused=SignInRefused(Refusal.NOT_STARTED_HERE))
    db.session.expunge(row)
    with writing() as session:
        free = update(SignIn).where(SignIn.id == row.id, SignIn.used_at.is_(None))
        claimed = session.execute(free.values(used_at=now)).rowcount  # type: ignore[attr-defined]
    if claimed != 1:
        return _refuse(row, Refusal.USED_TWICE)
    if row.expires_at <= now:
        return _refuse(row, Refusal.TOOK_TOO_LONG)
    if not may_connect(by, row.employee_id):
        return _refuse(row, Refusal.NOT_STARTED_HERE)
    return row


def _refuse(row: SignIn, reason: Refusal) -> Return:
    return Return(row.return_to, row.employee_id, refused=SignInRefused(reason))


def _linked(row: SignIn, args: Mapping[str, str], by: Actor, outside: Outside) -> Return:
    reason = read_callback_error(args)
    if reason is not None:
        raise SignInRefused(reason)
    entry = _must_be_ready(row.employee_id, by, outside)
    kept = unseal(outside.keys, f"sign-in {row.state_hash}", row.sealed)
    tokens, identity = signin.redeem(
        entry,
        redirect_uri=row.redirect_uri,
        code=args.get("code", ""),
        verifier=str(kept["verifier"]),
        nonce=str(kept["nonce"]),
        http=outside.http,
        keys=outside.signing_keys,
        now=outside.now(),
    )
    calendars = _calendars(tokens, identity, outside)
    account = linking.Account(identity, tokens, calendars, entry.client_id, entry.tenant)
    if linking.needs_confirmation(row.employee_id, identity, by):
        confirming.keep(row.id, account, outside=outside)
        return Return(row.return_to, row.employee_id, waiting=row.id)
    linking.link(row.employee_id, account, backfill=row.backfill, by=by, outside=outside)
    return Return(row.return_to, row.employee_id, address=identity.address)


def _calendars(
    tokens: TokenSet, identity: Identity, outside: Outside
) -> tuple[RemoteCalendar, ...]:
    """Read the calendars with the new token, so that an account without any is refused."""
    client = OutlookClient(
        outside.graph_url, access_token=lambda refused: tokens.access_token, http=outside.http
    )
    try:
        return client.calendars()
    except NoMailbox:
        raise RuleBroken(
            f"{identity.address} has no Outlook calendar that Panel can reach. "
            "Press Connect and choose another account."
        ) from None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
