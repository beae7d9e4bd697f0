"""Links by which somebody chooses a password: invited to work here, or having forgotten it.

A mail brings the link (`by_mail`), or Panel gives its key to whoever made it, once. Only the
key's hash is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update

from panel.db.base import db, writing
from panel.db.tables import Employee, Invitation, User
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import ROLES, Actor
from panel.services import employees, logins, mailing, one_time_links, signing_in, tries
from panel.services.employees import Details
from panel.services.one_time_links import DEAD, FORGOTTEN, INVITATION, LASTS
from panel.services.outbox import Transaction
from panel.services.passwords import hashed
from panel.services.signing_in import Person


@dataclass(frozen=True)
class Invited:
    """Who opened a link: what they are called, and the address they sign in with.

    `first` says that they choose their first password.
    """

    name: str
    email: str
    first: bool


@dataclass(frozen=True)
class Access:
    """How somebody's login stands: has a password been chosen, when was another asked for."""

    chosen: bool
    asked_at: datetime | None


def hire(
    details: Details,
    *,
    email: str,
    by: Actor,
    now: datetime,
    role: str = "employee",
    by_mail: bool = False,
) -> tuple[Employee, str]:
    """Add an employee and invite them, or neither; return them with what `invite` returns.

    Raises as `invite` and `employees.create`.
    """
    _must_be_able_to_invite(by, role)
    with writing() as session:
        employee = employees.create_in(session, details, now=now)
        return employee, _invite(session, employee, email, role, now, by_mail)


def invite(
    employee_id: int,
    *,
    email: str,
    by: Actor,
    now: datetime,
    role: str = "employee",
    by_mail: bool = False,
) -> str:
    """Give an employee a login without a password; return the key of the link to choose one.

    Returns "" where a mail brings the link. Only the owner may invite a manager or an owner.
    Raises RuleBroken, NotAllowed, NotThere.
    """
    _must_be_able_to_invite(by, role)
    with writing() as session:
        employee = session.get(Employee, employee_id)
        if employee is None:
            raise NotThere("There is no such employee.")
        if employee.user_id is not None:
            raise RuleBroken(f"{employee.name} has a login already.", "email")
        return _invite(session, employee, email, role, now, by_mail)


def invite_again(user_id: int, *, by: Actor, now: datetime, by_mail: bool = False) -> str:
    """Make a new link for a login; earlier ones are void. Its password works until it is used.

    Returns "" where a mail brings it. Raises RuleBroken where the login is switched off,
    NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        user = logins.changeable(session, user_id, by)
        if not user.active:
            raise RuleBroken(f"{user.email} may not sign in. Switch the login on first.")
        one_time_links.void(session, Invitation.user_id == user_id, now=now)
        return _link(session, user, now, by_mail)


def forgotten(
    email: str, *, network: str | None, limited: bool, now: datetime, by_mail: bool = False
) -> None:
    """Make a link for whoever signs in with this address, if anybody does, and mail it.

    Without `by_mail` the owner sees who waits for a link. A known and an unknown address ask
    the same of the database, so that they take the same time; the link of nobody opens
    nothing. Raises TooOften.
    """
    address = email.strip().lower()
    if limited:
        tries.count(f"forgotten {address[:254]}", network, now=now)
    with writing() as session:
        user = session.scalar(select(User).where(User.email == address, User.active))
        one_time_links.make(session, FORGOTTEN, user.id if user else None, now=now)
        if by_mail:
            mailing.tell_user(session, "reset", user, now=now)


def opened(key: str, *, now: datetime) -> Invited:
    """Return whom this link lets in. Raises NotThere where it opens nothing."""
    user = db.session.scalar(_whose(key, now))
    if user is None:
        raise NotThere(DEAD)
    return Invited(user.name, user.email, user.password_hash is None)


def choose_password(key: str, password: str, *, now: datetime) -> Person:
    """Use a link up: set the password and end every session of this login.

    Raises RuleBroken for a password that is too short, which leaves the link as it is,
    and NotThere.
    """
    opened(key, now=now)
    secret = hashed(password)
    with writing() as session:
        user = session.scalar(_whose(key, now))
        use = update(Invitation).where(*_opens(key, now)).values(used_at=now)
        if user is None or session.scalar(use.returning(Invitation.id)) is None:
            raise NotThere(DEAD)
        user.password_hash = secret
        user.session_version += 1
        tries.forget_all(session, tries.of_login(user.email))
        one_time_links.void(session, Invitation.user_id == user.id, now=now)
    person = signing_in.known(user.id, user.session_version)
    if person is None:
        raise NotThere(DEAD)
    return person


def access(user: User, *, now: datetime) -> Access:
    """Say how a login stands; who has asked for a new password is waiting for a link."""
    asked = select(Invitation.expires_at).where(
        Invitation.user_id == user.id,
        Invitation.purpose == FORGOTTEN,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    expires = db.session.scalar(asked)
    return Access(user.password_hash is not None, expires - LASTS if expires else None)


def _must_be_able_to_invite(by: Actor, role: str) -> None:
    by.must_be_in_back_end()
    if role not in ROLES:
        raise RuleBroken("Choose a role.", "role")
    if role != "employee":
        by.must_own()


def _invite(
    session: Transaction, employee: Employee, email: str, role: str, now: datetime, by_mail: bool
) -> str:
    address = logins.free_address(session, email)
    user = User(email=address, name=employee.name, role=role, active=True, created_at=now)
    session.add(user)
    session.flush()
    employee.user_id = user.id
    return _link(session, user, now, by_mail)


def _link(session: Transaction, user: User, now: datetime, by_mail: bool) -> str:
    """Return the key of a new link, or "" and let the post bring one."""
    if not by_mail:
        return one_time_links.make(session, INVITATION, user.id, now=now)
    mailing.tell_user(
        session, "invitation" if user.password_hash is None else "reset", user, now=now
    )
    return ""


def _whose(key: str, now: datetime) -> Select[User]:
    invited = select(Invitation.user_id).where(*_opens(key, now))
    return select(User).where(User.id == invited.scalar_subquery(), User.active)


def _opens(key: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return one_time_links.opens(key, INVITATION, FORGOTTEN, now=now)
