"""Logins of those who work here: made, renamed, given a new password, switched off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from werkzeug.security import generate_password_hash

from panel.db.base import ask, writing
from panel.db.tables import Employee, User
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import address
from panel.services.outbox import Transaction
from panel.services.signing_in import SHORTEST_PASSWORD


def create_for(employee_id: int, *, email: str, password: str, by: Actor, now: datetime) -> User:
    """Give an employee a login of their own. Raises RuleBroken, NotAllowed, NotThere."""
    by.must_be_in_back_end()
    secret = _hashed(password)
    with writing() as session:
        employee = session.get(Employee, employee_id)
        if employee is None:
            raise NotThere("There is no such employee.")
        if employee.user_id is not None:
            raise RuleBroken(f"{employee.name} has a login already.", "email")
        user = User(
            email=_free(session, email, None), name=employee.name, password_hash=secret,
            role="employee", active=True, created_at=now,
        )  # fmt: skip
        session.add(user)
        session.flush()
        employee.user_id = user.id
    return user


def set_email(user_id: int, email: str, *, by: Actor) -> User:
    """Let somebody sign in with another address. One's own, or as the back end's right."""
    with writing() as session:
        user = _changeable(session, user_id, by)
        user.email = _free(session, email, user.id)
    return user


def set_password(user_id: int, password: str, *, by: Actor) -> User:
    """Give a colleague's login a new password; whoever is signed in with it is signed out."""
    secret = _hashed(password)
    with writing() as session:
        user = _changeable(session, user_id, by)
        user.password_hash = secret
        user.session_version += 1
    return user


def set_active(user_id: int, active: bool, *, by: Actor) -> User:
    """Let a login in again, or no longer; its open sessions end at once."""
    with writing() as session:
        user = _changeable(session, user_id, by)
        if user.id == by.user_id:
            raise RuleBroken("You cannot switch off your own login.")
        user.active = active
        user.session_version += 1
    return user


def owner_name() -> str:
    """Name the owner whom one can ask; the first where there are several."""
    return ask(_OWNER).scalar() or "the owner"


_OWNER = select(User.name).where(User.role == "owner", User.active).order_by(User.id).limit(1)


def _changeable(session: Transaction, user_id: int, by: Actor) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotThere("There is no such login.")
    # A manager who could change the owner's login would be the owner.
    if not (by.user_id == user_id or by.is_owner or (by.in_back_end and user.role == "employee")):
        raise NotAllowed("Only the owner may change this login.")
    return user


def _free(session: Transaction, email: str, user_id: int | None) -> str:
    wanted = address(email).lower()
    holder = session.scalar(select(User.id).where(User.email == wanted))
    if holder not in (None, user_id):
        raise RuleBroken(f"{wanted} has a login already.", "email")
    return wanted


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(f"Take at least {SHORTEST_PASSWORD} characters.", "password")
    return generate_password_hash(password)
