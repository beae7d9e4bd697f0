"""A sign-in that Microsoft approved and that a person must still confirm."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from panel.db.base import ask, db, fresh, writing
from panel.db.tables import SignIn
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.domain.remote import Identity, RemoteCalendar, TokenSet
from panel.services import linking
from panel.services.connections import must_be_allowed
from panel.services.outside import Outside
from panel.services.sealing import seal, unseal

_SIGN_IN = SignIn.__table__.c
_STANDING = (
    select(_SIGN_IN.id, _SIGN_IN.waiting)
    .where(
        _SIGN_IN.employee_id == bindparam("employee"),
        _SIGN_IN.user_id == bindparam("user"),
        _SIGN_IN.waiting.is_not(None),
        _SIGN_IN.expires_at > bindparam("now"),
    )
    .order_by(_SIGN_IN.id.desc())
    .limit(1)
)


def keep(sign_in_id: int, account: linking.Account, *, outside: Outside) -> None:
    """Keep what Microsoft said, sealed, until it is confirmed or runs out."""
    blob = seal(outside.keys, _purpose(sign_in_id), _to_json(account))
    with writing() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(waiting=blob))


def standing(employee_id: int, *, by: Actor, outside: Outside) -> tuple[int, Identity] | None:
    """The account that waits for this person's yes, with the id to answer by."""
    asked = ask(_STANDING, employee=employee_id, user=by.user_id, now=outside.now())
    row = asked.one_or_none()
    return None if row is None else (row.id, _account(row.id, row.waiting, outside).identity)


def confirm(sign_in_id: int, *, by: Actor, outside: Outside) -> str:
    """Link the account that waited; return its address. Raises NotThere, RuleBroken."""
    row = _mine(sign_in_id, by, outside.now())
    account = _account(row.id, row.waiting, outside)
    employee_id, backfill = row.employee_id, row.backfill
    must_be_allowed(by, employee_id)
    fresh()
    linking.link(employee_id, account, backfill=backfill, by=by, outside=outside)
    _drop(sign_in_id)
    return account.identity.address


def decline(sign_in_id: int, *, by: Actor, outside: Outside) -> None:
    """Forget the account that waited. Nothing was linked."""
    _mine(sign_in_id, by, outside.now())
    fresh()
    _drop(sign_in_id)


def _mine(sign_in_id: int, by: Actor, now: datetime) -> SignIn:
    row = db.session.get(SignIn, sign_in_id)
    if row is None or row.user_id != by.user_id or row.waiting is None or row.expires_at <= now:
        raise NotThere("That sign-in is over. Press Connect to start again.")
    return row


def _drop(sign_in_id: int) -> None:
    with writing() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(waiting=None))


def _account(sign_in_id: int, waiting: bytes | None, outside: Outside) -> linking.Account:
    assert waiting is not None
    kept = unseal(outside.keys, _purpose(sign_in_id), waiting)
    tokens = kept["tokens"]
    return linking.Account(
        identity=Identity(**kept["identity"]),
        tokens=TokenSet(
            tokens["access_token"],
            tokens["refresh_token"],
            datetime.fromisoformat(tokens["expires_at"]),
            frozenset(tokens["scopes"]),
        ),
        calendars=tuple(RemoteCalendar(**one) for one in kept["calendars"]),
        client_id=kept["client_id"],
        tenant=kept["tenant"],
    )


def _to_json(account: linking.Account) -> dict[str, Any]:
    tokens = account.tokens
    return {
        "identity": asdict(account.identity),
        "tokens": {
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "expires_at": tokens.expires_at.isoformat(),
            "scopes": sorted(tokens.scopes),
        },
        "calendars": [asdict(one) for one in account.calendars],
        "client_id": account.client_id,
        "tenant": account.tenant,
    }


def _purpose(sign_in_id: int) -> str:
    return f"waiting sign-in {sign_in_id}"
