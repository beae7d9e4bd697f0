"""The bearer tokens with which programs ask: made, known again, revoked."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update

from panel.db.base import db, writing
from panel.db.tables import ApiToken
from panel.domain.errors import NotThere
from panel.domain.people import Actor, program
from panel.domain.words import line
from panel.services import journal
from panel.services.outbox import Transaction

# Tells whoever finds one, a person or a scanner of public code, what it opens.
PREFIX = "panel_"
MISSING = "There is no such token, or it has been revoked already."
# How exactly the last use is kept: most requests need write nothing.
_MINUTE = timedelta(minutes=1)

_TOKEN = ApiToken.__table__.c
_KNOWN = select(_TOKEN.id, _TOKEN.name, _TOKEN.token_hash, _TOKEN.used_at).where(
    _TOKEN.token_hash == bindparam("hash"), _TOKEN.revoked_at.is_(None)
)


@dataclass(frozen=True)
class Holder:
    """A program that showed a token that counts."""

    token_id: int
    name: str

    @property
    def actor(self) -> Actor:
        """The same program as the services know it."""
        return program(self.name)


def make(name: str, *, by: Actor, now: datetime) -> str:
    """Make a token and return it; only its hash is kept, so nobody can show it again.

    Raises RuleBroken, NotAllowed.
    """
    by.must_own()
    token = PREFIX + secrets.token_urlsafe(32)
    with writing() as session:
        row = ApiToken(
            name=line(name, "name", "the token a name"),
            token_hash=_hash(token),
            created_at=now,
            created_by=by.name,
        )
        session.add(row)
        session.flush()
        _write(session, row, "token_made", by=by, now=now)
    return token


def revoke(token_id: int, *, by: Actor, now: datetime) -> ApiToken:
    """Let a token open nothing from now on. Raises NotThere, NotAllowed."""
    by.must_own()
    with writing() as session:
        row = _counting(session.get(ApiToken, token_id, with_for_update=True))
        row.revoked_at = now
        _write(session, row, "token_revoked", by=by, now=now)
    return row


def listed(*, by: Actor) -> list[ApiToken]:
    """Return the tokens that count, by name. Raises NotAllowed."""
    by.must_own()
    counting = select(ApiToken).where(ApiToken.revoked_at.is_(None))
    return list(db.session.scalars(counting.order_by(func.lower(ApiToken.name), ApiToken.id)))


def one(token_id: int, *, by: Actor) -> ApiToken:
    """Return a token that counts. Raises NotThere, NotAllowed."""
    by.must_own()
    return _counting(db.session.get(ApiToken, token_id))


def holder(token: str, *, now: datetime) -> Holder | None:
    """Say who shows this token; None where it is unknown or revoked."""
    shown = _hash(token)
    row = db.session.execute(_KNOWN, {"hash": shown}).one_or_none()
    if row is None or not hmac.compare_digest(row.token_hash, shown):
        return None
    if row.used_at is None or now - row.used_at >= _MINUTE:
        with writing() as session:
            session.execute(update(ApiToken).where(ApiToken.id == row.id).values(used_at=now))
    return Holder(row.id, row.name)


def _counting(row: ApiToken | None) -> ApiToken:
    if row is None or row.revoked_at is not None:
        raise NotThere(MISSING)
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _write(session: Transaction, row: ApiToken, kind: str, *, by: Actor, now: datetime) -> None:
    journal.note(
        session, subject="token", subject_id=row.id, employee_id=None, side=journal.PANEL,
        kind=kind, who=by.name, after=row.name, now=now,
    )  # fmt: skip
