"""Logins of those who work here: made, renamed, given a new password, switched off."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import func, select

from panel.db.base import ask, db, writing
from panel.db.tables import Employee, User
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import ROLES, Actor
from panel.domain.words import address
from panel.services.outbox import Transaction
from panel.services.paging import KEPT, Listing, Page, listing, spoken_of, turned

_USER, _EMPLOYEE = User.__table__.c, Employee.__table__.c


class Line(NamedTuple):
    """A login as lists show it, with the employee to whom it belongs, if to any."""

    id: int
    name: str
    email: str
    role: str
    active: bool
    employee_id: int | None
    employee: str | None


def set_email(user_id: int, email: str, *, by: Actor) -> User:
    """Let somebody sign in with another address. One's own, or as the back end's right."""
    with writing() as session:
        user = changeable(session, user_id, by)
        user.email = free_address(session, email, user.id)
    return user


def set_active(user_id: int, active: bool, *, by: Actor) -> User:
    """Let a login in again, or no longer; its open sessions end at once. Raises RuleBroken."""
    with writing() as session:
        return set_active_in(session, user_id, active, by)


def set_active_in(session: Transaction, user_id: int, active: bool, by: Actor) -> User:
    """The same within the caller's transaction."""
    user = changeable(session, user_id, by)
    if user.active != active:
        if user.id == by.user_id:
            raise RuleBroken("You cannot switch off your own login.", "lets_in")
        if not active:
            _must_leave_an_owner(session, user, "lets_in")
        user.active = active
        user.session_version += 1
    return user


def set_role(user_id: int, role: str, *, by: Actor) -> User:
    """Say what a login may do; its open sessions end at once. Only the owner may.

    Raises RuleBroken where nobody would be owner any more, NotAllowed, NotThere.
    """
    by.must_own()
    if role not in ROLES:
        raise RuleBroken("Choose a role from the list.", "role")
    with writing() as session:
        user = changeable(session, user_id, by)
        if user.role != role:
            _must_leave_an_owner(session, user, "role")
            user.role = role
            user.session_version += 1
    return user


def one(user_id: int, *, by: Actor) -> User:
    """Return one login. Only the owner may. Raises NotThere, NotAllowed."""
    by.must_own()
    found = db.session.get(User, user_id)
    if found is None:
        raise NotThere("There is no such login.")
    return found


def listed(by: Actor, *, search: str = "", page: int = 1) -> Page[Line]:
    """Return one page of all logins by name, the switched-off too. Only the owner may."""
    by.must_own()
    return turned(_listing(search), Line, page)


@lru_cache(KEPT)
def _listing(search: str) -> Listing:
    return listing(
        select(
            _USER.id, _USER.name, _USER.email, _USER.role, _USER.active,
            _EMPLOYEE.id.label("employee_id"), _EMPLOYEE.name.label("employee"),
        )
        .outerjoin_from(User.__table__, Employee.__table__, _EMPLOYEE.user_id == _USER.id)
        .where(*spoken_of(search, _USER.name, _USER.email))
        .order_by(func.lower(_USER.name), _USER.id)
    )  # fmt: skip


def holders(user_ids: Collection[int]) -> dict[int, Employee]:
    """Return the employees to whom some of these logins belong."""
    rows = db.session.scalars(select(Employee).where(Employee.user_id.in_(user_ids)))
    return {one.user_id: one for one in rows if one.user_id is not None}


def owner_name() -> str:
    """Name the owner whom one can ask; the first where there are several."""
    return ask(_OWNER).scalar() or "the owner"


_OWNER = select(User.name).where(User.role == "owner", User.active).order_by(User.id).limit(1)


def changeable(session: Transaction, user_id: int, by: Actor) -> User:
    """Return a login that this actor may change: their own, or as the back end's right.

    Raises NotThere, NotAllowed.
    """
    user = session.get(User, user_id)
    if user is None:
        raise NotThere("There is no such login.")
    # A manager who could change the owner's login would be the owner.
    if not (by.user_id == user_id or by.is_owner or (by.in_back_end and user.role == "employee")):
        raise NotAllowed("Only the owner may change this login.")
    return user


def _must_leave_an_owner(session: Transaction, user: User, field: str) -> None:
    """Refuse to take away the last owner. Two who do it to each other wait for one another."""
    owners = select(User).where(User.role == "owner", User.active).order_by(User.id)
    left = [one for one in session.scalars(owners.with_for_update()) if one.id != user.id]
    if user.role == "owner" and user.active and not left:
        raise RuleBroken("Somebody must be owner. Make somebody else owner first.", field)


def free_address(session: Transaction, email: str, user_id: int | None = None) -> str:
    """Return an address as it is kept where nobody else signs in with it. Raises RuleBroken.

    `user_id` is the login that may have it already.
    """
    wanted = address(email).lower()
    holder = session.scalar(select(User.id).where(User.email == wanted))
    if holder not in (None, user_id):
        raise RuleBroken(f"{wanted} has a login already.", "email")
    return wanted
