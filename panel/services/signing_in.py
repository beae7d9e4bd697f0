"""Who signs in, and how guessing is slowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from werkzeug.security import check_password_hash, generate_password_hash

from panel.db.base import ask, db, writing
from panel.db.tables import Employee, SignInAttempt, User
from panel.domain.errors import NotThere, RuleBroken, TooOften
from panel.domain.people import Actor
from panel.services.company import passwords_per_quarter
from panel.services.outbox import Transaction

WRONG = "The address or the password is not right."
SHORTEST_PASSWORD = 8

_QUARTER = timedelta(minutes=15)
# People share a network, so that it takes more than one login does.
_LOGINS_PER_NETWORK = 6
# What an unknown address is compared with, so that it takes as long as a known one:
# the same method and cost as werkzeug's generate_password_hash, and no password fits.
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
    tries = _count_try(address, network, now=now) if limited else []
    user = db.session.scalar(select(User).where(User.email == address))
    fits = check_password_hash((user and user.password_hash) or _NOBODY, password)
    if user is None or not fits or not user.active:
        raise RuleBroken(WRONG)
    _forget_tries(address, tries)
    person = known(user.id, user.session_version)
    if person is None:
        raise RuleBroken(WRONG)
    return person


def known(user_id: int, version: int) -> Person | None:
    """Return who this session belongs to; None once it was ended or the login deactivated."""
    row = ask(KNOWN, user_id=user_id, version=version).one_or_none()
    return None if row is None else person_of(row)


def change_password(by: Person, current: str, new: str, *, limited: bool, now: datetime) -> Person:
    """Set another password and end every session of this login, also the one that asks.

    Returns the person with the new session version. Raises RuleBroken on the field at fault.
    """
    tries = _count_try(by.email, None, now=now) if limited else []
    if len(new) < SHORTEST_PASSWORD:
        raise RuleBroken(f"Take at least {SHORTEST_PASSWORD} characters.", "new")
    user = db.session.get(User, by.user_id)
    if user is None or not check_password_hash(user.password_hash or _NOBODY, current):
        raise RuleBroken("That is not your present password.", "current")
    fresh_hash = generate_password_hash(new)
    with writing() as session:
        user = session.get_one(User, by.user_id)
        user.password_hash = fresh_hash
        user.session_version += 1
    _forget_tries(by.email, tries)
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


def _count_try(address: str, network: str | None, *, now: datetime) -> list[int]:
    """Remember a try before it is made, so that tries at the same moment count as well."""
    with writing() as session:
        limits = _limits(address, network, passwords_per_quarter(session))
        session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - _QUARTER))
        for key, most in limits.items():
            if ends := _wait_ends(session, key, most):
                minutes = -(-(ends - now) // timedelta(minutes=1))
                unit = "minute" if minutes == 1 else "minutes"
                raise TooOften(f"Wait {minutes} {unit}, then try again.")
        tries = [SignInAttempt(key=key, at=now) for key in limits]
        session.add_all(tries)
        session.flush()
        return [one.id for one in tries]


def _wait_ends(session: Transaction, key: str, most: int) -> datetime | None:
    """Return when one more try is taken; None while there is one left."""
    newest = select(SignInAttempt.at).where(SignInAttempt.key == key)
    full = session.scalar(newest.order_by(SignInAttempt.at.desc()).offset(most - 1).limit(1))
    return None if full is None else full + _QUARTER


def _forget_tries(address: str, tries: list[int]) -> None:
    """After the right password its login starts afresh; its network only gets this try back."""
    if tries:
        with writing() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(tries)))
            forget_tries(session, address)


def _limits(address: str, network: str | None, most: int) -> dict[str, int]:
    """Return how many tries each key takes; none at all where the business set no limit."""
    if not most:
        return {}
    limits = {_login_key(address): most}
    if network:
        limits[f"network {_neighbourhood(network)}"] = most * _LOGINS_PER_NETWORK
    return limits


def forget_tries(session: Transaction, address: str) -> None:
    """Let a login try afresh, in the caller's transaction."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.key == _login_key(address)))


def _login_key(address: str) -> str:
    return f"login {address[:254]}"


def _neighbourhood(network: str) -> str:
    """One IPv6 subscriber holds a whole /64, so its addresses count together."""
    try:
        address = ip_address(network)
    except ValueError:
        return network[:64]
    return str(ip_network((address, 64 if address.version == 6 else 32), strict=False))
