"""Tries that are slowed: each is remembered before it is made, for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import delete, select

from panel.db.base import writing
from panel.db.tables import SignInAttempt
from panel.domain.errors import TooOften
from panel.services.company import passwords_per_quarter
from panel.services.outbox import Transaction

_QUARTER = timedelta(minutes=15)
# People share a network, so that it takes more than one login does.
_LOGINS_PER_NETWORK = 6


def count(key: str, network: str | None, *, now: datetime) -> list[int]:
    """Remember a try under a key and its network; return the ids of both, for `forget`.

    It is remembered before it is made, so that tries at the same moment count as well.
    Raises TooOften with the time to wait.
    """
    with writing() as session:
        limits = _limits(key, network, passwords_per_quarter(session))
        session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - _QUARTER))
        for one, most in limits.items():
            if ends := _wait_ends(session, one, most):
                minutes = -(-(ends - now) // timedelta(minutes=1))
                unit = "minute" if minutes == 1 else "minutes"
                raise TooOften(f"Wait {minutes} {unit}, then try again.")
        tries = [SignInAttempt(key=one, at=now) for one in limits]
        session.add_all(tries)
        session.flush()
        return [one.id for one in tries]


def forget(tries: Collection[int], key: str) -> None:
    """Let a key try afresh, and give its network back these tries only."""
    if tries:
        with writing() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(tries)))
            forget_all(session, key)


def forget_all(session: Transaction, key: str) -> None:
    """Let a key try afresh, in the caller's transaction."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.key == key))


def of_login(address: str) -> str:
    """Return the key under which wrong passwords for an address are counted."""
    return f"login {address[:254]}"


def _wait_ends(session: Transaction, key: str, most: int) -> datetime | None:
    """Return when one more try is taken; None while there is one left."""
    newest = select(SignInAttempt.at).where(SignInAttempt.key == key)
    full = session.scalar(newest.order_by(SignInAttempt.at.desc()).offset(most - 1).limit(1))
    return None if full is None else full + _QUARTER


def _limits(key: str, network: str | None, most: int) -> dict[str, int]:
    """Return how many tries each key takes; none at all where the business set no limit."""
    if not most:
        return {}
    limits = {key: most}
    if network:
        limits[f"network {neighbourhood(network)}"] = most * _LOGINS_PER_NETWORK
    return limits


def neighbourhood(network: str) -> str:
    """Return what counts as one place: an IPv6 subscriber holds a whole /64."""
    try:
        address = ip_address(network)
    except ValueError:
        return network[:64]
    return str(ip_network((address, 64 if address.version == 6 else 32), strict=False))
