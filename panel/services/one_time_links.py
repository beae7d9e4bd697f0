"""One-time links: each works once, for 24 hours; only the hash of its key is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update

from panel.db.tables import Invitation
from panel.services.outbox import Transaction

LASTS = timedelta(hours=24)
FIRST_OWNER, INVITATION, FORGOTTEN = "first owner", "invitation", "forgotten"
# The same of a used, an expired and a made-up one: nobody learns whether it ever existed.
DEAD = (
    "This link does not work. A link works once, for 24 hours. "
    "Ask for a new one, or sign in if you have chosen a password already."
)


def make(session: Transaction, purpose: str, user_id: int | None, *, now: datetime) -> str:
    """Make a key in the caller's transaction; earlier ones for the same purpose are void.

    `user_id` is whom it lets in; the key of nobody opens nothing but the first owner's page.
    """
    session.execute(delete(Invitation).where(Invitation.expires_at <= now))
    void(session, Invitation.purpose == purpose, Invitation.user_id == user_id, now=now)
    key = secrets.token_urlsafe(32)
    session.add(
        Invitation(token_hash=_hash(key), purpose=purpose, user_id=user_id, expires_at=now + LASTS)
    )
    return key


def void(session: Transaction, *which: ColumnElement[bool], now: datetime) -> None:
    """Let these links open nothing any more, in the caller's transaction."""
    unused = (*which, Invitation.used_at.is_(None))
    session.execute(update(Invitation).where(*unused).values(used_at=now))


def opens(key: str, *purposes: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a row is the link that this key opens now."""
    return (
        Invitation.token_hash == _hash(key),
        Invitation.purpose.in_(purposes),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
