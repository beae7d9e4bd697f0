"""The first owner, and the keeper's way back in when a password is lost."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from werkzeug.security import generate_password_hash

from panel.db.base import db, writing
from panel.db.tables import Company, Invitation, User
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.moments import zone_named
from panel.domain.words import address, line
from panel.services.outbox import Transaction
from panel.services.signing_in import SHORTEST_PASSWORD, Person, forget_tries, known

PURPOSE = "first owner"
LASTS = timedelta(hours=24)


def create_owner(*, name: str, email: str, password: str, now: datetime) -> User:
    """Add a login that may do everything. Raises RuleBroken."""
    with writing() as session:
        return _add_owner(session, name, email, password, now)


def set_password(*, email: str, password: str) -> User:
    """Give a login a new password and end its sessions; wrong ones before no longer count.

    Raises NotThere, RuleBroken.
    """
    secret = _hashed(password)
    with writing() as session:
        wanted = email.strip().lower()
        user: User | None = session.scalar(select(User).where(User.email == wanted))
        if user is None:
            raise NotThere(f"Nobody signs in as {email}.")
        user.password_hash = secret
        user.session_version += 1
        forget_tries(session, user.email)
        return user


def owner_is_there() -> bool:
    return db.session.scalar(select(User.id).where(User.role == "owner").limit(1)) is not None


def invite_first_owner(*, now: datetime) -> str | None:
    """Make a new one-time key for whoever sets this panel up; older ones are void.

    Returns None where an owner is there already. Only the key's hash is kept.
    """
    if owner_is_there():
        return None
    key = secrets.token_urlsafe(32)
    with writing() as session:
        session.execute(
            update(Invitation)
            .where(Invitation.purpose == PURPOSE, Invitation.used_at.is_(None))
            .values(used_at=now)
        )
        session.add(Invitation(token_hash=_hash(key), purpose=PURPOSE, expires_at=now + LASTS))
    return key


def check_key(key: str, *, now: datetime) -> None:
    """Raises NotThere unless this key still opens the door."""
    if db.session.scalar(select(Invitation.id).where(*_open(key, now))) is None:
        raise NotThere("This link was used already, or is older than a day. Ask for a new one.")


def become_owner(
    key: str, *, name: str, email: str, password: str, business: str, zone: str, now: datetime
) -> Person:
    """Use the key, once: add the first owner and, where it is missing, their business.

    Returns the owner, who may come in at once: they have just chosen the password. Raises
    NotThere, RuleBroken.
    """
    zone_named(zone)
    with writing() as session:
        use = update(Invitation).where(*_open(key, now)).values(used_at=now)
        if session.scalar(use.returning(Invitation.id)) is None:
            raise NotThere("This link was used already, or is older than a day. Ask for a new one.")
        if session.get(Company, 1) is None:
            called = line(business, "business", "the business a name")
            session.add(Company(id=1, name=called, zone=zone))
        owner = _add_owner(session, name, email, password, now)
    person = known(owner.id, owner.session_version)
    assert person is not None
    return person


def _add_owner(session: Transaction, name: str, email: str, password: str, now: datetime) -> User:
    wanted = address(email)
    if session.scalar(select(User.id).where(User.email == wanted)) is not None:
        raise RuleBroken(f"{wanted} has a login already.", field="email")
    owner = User(
        email=wanted,
        name=line(name, "name", "the owner a name"),
        password_hash=_hashed(password),
        role="owner",
        active=True,
        session_version=1,
        created_at=now,
    )
    session.add(owner)
    session.flush()
    return owner


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(f"Take at least {SHORTEST_PASSWORD} characters.", "password")
    return generate_password_hash(password)


def _open(key: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.token_hash == _hash(key),
        Invitation.purpose == PURPOSE,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
