"""Who signs in, and how guessing is slowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, bindparam, select
from werkzeug.security import check_password_hash

from panel.db.base import ask, db, writing
from panel.db.tables import Employee, Invitation, User
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services import one_time_links, tries
from panel.services.passwords import hashed

WRONG = "The address or the password is not right."

# What an unknown address is compared with, so that it takes as long as a known one:
# the same method and cost as `passwords.hashed`, and no password fits.
_NOBODY = f"scrypt:32768:8:1${'0' * 16}${'0' * 128}"

_USER, _EMPLOYEE = User.__table__.c, Employee.__table__.c
# Every page asks: built once, from the plain tables, which is what costs the least.
KNOWN = (
    select(
        _USER.id.label("user_id"), _USER.session_version, _USER.email,
        _USER.name.label("user_name"), _USER.role, _USER.theme,
        _EMPLOYEE.id.label("employee_id"), _EMPLOYEE.name.label("employee_name"),
        _EMPLOYEE.title, _EMPLOYEE.tone, _EMPLOYEE.zone, _EMPLOYEE.permissions,
    )
    .outerjoin_from(
        User.__table__,
        Employee.__table__,
        (_EMPLOYEE.user_id == _USER.id) & _EMPLOYEE.active,
    )
    .where(_USER.id == bindparam("user_id"))
    .where(_USER.session_version == bindparam("version"), _USER.active)
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A login with the employee it belongs to, as pages and rights need them."""

    user_id: int
    version: int
    email: str
    name: str
    role: str
    theme: str | None
    employee_id: int | None
    job: str
    tone: int
    zone: str | None
    permissions: frozenset[str]

    @cached_property
    def actor(self) -> Actor:
        """The same person as the services know them."""
        return Actor(self.user_id, self.name, self.role, self.employee_id, self.permissions)


def sign_in(
    email: str, password: str, *, network: str | None, limited: bool, now: datetime
) -> Person:
    """Tell who this is. `network` is the address they come from, as far as it is known.

    Raises RuleBroken with one and the same sentence for an unknown address, a wrong password
    and a deactivated login, TooOften after too many tries.
    """
    address = email.strip().lower()
    tried = tries.count(tries.of_login(address), network, now=now) if limited else []
    user = db.session.scalar(select(User).where(User.email == address))
    fits = check_password_hash((user and user.password_hash) or _NOBODY, password)
    if user is None or not fits or not user.active:
        raise RuleBroken(WRONG)
    # After the right password its login starts afresh; its network only gets this try back.
    tries.forget(tried, tries.of_login(address))
    person = known(user.id, user.session_version)
    if person is None:
        raise RuleBroken(WRONG)
    return person


def known(user_id: int, version: int) -> Person | None:
    """Return who this session belongs to; None once it was ended or the login deactivated."""
    row = ask(KNOWN, user_id=user_id, version=version).one_or_none()
    return None if row is None else person_of(row)


def change_password(by: Person, current: str, new: str, *, limited: bool, now: datetime) -> Person:
    """Set another password: every session of this login ends, also the one that asks, and
    links to choose one are void.

    Returns the person with the new session version. Raises RuleBroken on the field at fault.
    """
    tried = tries.count(tries.of_login(by.email), None, now=now) if limited else []
    fresh_hash = hashed(new, "new")
    user = db.session.get(User, by.user_id)
    if user is None or not check_password_hash(user.password_hash or _NOBODY, current):
        raise RuleBroken("That is not your present password.", "current")
    with writing() as session:
        user = session.get_one(User, by.user_id)
        user.password_hash = fresh_hash
        user.session_version += 1
        one_time_links.void(session, Invitation.user_id == user.id, now=now)
    tries.forget(tried, tries.of_login(by.email))
    person = known(user.id, user.session_version)
    if person is None:
        raise NotThere("This login is not there any more.")
    return person


def choose_theme(user_id: int, theme: str) -> None:
    """Keep light or dark for this login; anything else follows their system."""
    with writing() as session:
        user = session.get_one(User, user_id)
        user.theme = theme if theme in ("light", "dark") else None


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    """Return the person in a row of KNOWN, which may hold more than them."""
    works_here = row.employee_id is not None
    return Person(
        user_id=row.user_id,
        version=row.session_version,
        email=row.email,
        name=row.employee_name if works_here else row.user_name,
        role=row.role,
        theme=row.theme,
        employee_id=row.employee_id,
        job=row.title or row.role.capitalize(),
        tone=row.tone if works_here else 8,
        zone=row.zone,
        permissions=frozenset(row.permissions or ()),
    )
