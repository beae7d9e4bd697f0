"""The first owner, and the keeper's way back in when a password is lost."""

from datetime import datetime

from sqlalchemy import select, update

from panel.db.base import db, reading, writing
from panel.db.tables import Company, Invitation, User
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.moments import zone_named
from panel.domain.words import address, line
from panel.services import one_time_links, tries
from panel.services.one_time_links import DEAD, FIRST_OWNER
from panel.services.outbox import Transaction
from panel.services.passwords import hashed
from panel.services.signing_in import Person, known


def create_owner(*, name: str, email: str, password: str, now: datetime) -> User:
    """Add a login that may do everything; a first owner's link is void. Raises RuleBroken."""
    with writing() as session:
        owner = _add_owner(session, name, email, password, now)
        one_time_links.void(session, Invitation.purpose == FIRST_OWNER, now=now)
        return owner


def set_password(*, email: str, password: str, now: datetime) -> User:
    """Give a login a new password; its sessions end, and links made for it are void.

    Wrong passwords before no longer count. Raises NotThere, RuleBroken.
    """
    secret = hashed(password)
    with writing() as session:
        wanted = email.strip().lower()
        user: User | None = session.scalar(select(User).where(User.email == wanted))
        if user is None:
            raise NotThere(f"Nobody signs in as {email}.")
        user.password_hash = secret
        user.session_version += 1
        tries.forget_all(session, tries.of_login(user.email))
        one_time_links.void(session, Invitation.user_id == user.id, now=now)
        return user


def owner_is_there() -> bool:
    return _owner_in(reading()) is not None


def invite_first_owner(*, now: datetime) -> str | None:
    """Make a new one-time key for whoever sets this panel up; older ones are void.

    Returns None where an owner is there already. Only the key's hash is kept.
    """
    if owner_is_there():
        return None
    with writing() as session:
        return one_time_links.make(session, FIRST_OWNER, None, now=now)


def check_key(key: str, *, now: datetime) -> None:
    """Raises NotThere unless this key still opens the door."""
    opened = select(Invitation.id).where(*one_time_links.opens(key, FIRST_OWNER, now=now))
    if db.session.scalar(opened) is None:
        raise NotThere(DEAD)


def become_owner(
    key: str, *, name: str, email: str, password: str, business: str, zone: str, now: datetime
) -> Person:
    """Use the key, once: add the first owner and, where it is missing, their business.

    Returns the owner, who may come in at once: they have just chosen the password. Raises
    NotThere, RuleBroken.
    """
    zone_named(zone)
    with writing() as session:
        opened = one_time_links.opens(key, FIRST_OWNER, now=now)
        use = update(Invitation).where(*opened).values(used_at=now)
        if session.scalar(use.returning(Invitation.id)) is None or _owner_in(session) is not None:
            raise NotThere(DEAD)
        if session.get(Company, 1) is None:
            called = line(business, "business", "the business a name")
            session.add(Company(id=1, name=called, zone=zone))
        owner = _add_owner(session, name, email, password, now)
    person = known(owner.id, owner.session_version)
    assert person is not None
    return person


def _owner_in(session: Transaction) -> int | None:
    return session.scalar(select(User.id).where(User.role == "owner").limit(1))


def _add_owner(session: Transaction, name: str, email: str, password: str, now: datetime) -> User:
    wanted = address(email)
    if session.scalar(select(User.id).where(User.email == wanted)) is not None:
        raise RuleBroken(f"{wanted} has a login already.", field="email")
    owner = User(
        email=wanted,
        name=line(name, "name", "the owner a name"),
        password_hash=hashed(password),
        role="owner",
        active=True,
        session_version=1,
        created_at=now,
    )
    session.add(owner)
    session.flush()
    return owner
