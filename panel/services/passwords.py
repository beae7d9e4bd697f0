"""Passwords, as they are kept."""

from werkzeug.security import generate_password_hash

from panel.domain.errors import RuleBroken

SHORTEST = 8


def hashed(password: str, field: str = "password") -> str:
    """Return what is kept of a password. Raises RuleBroken on `field` where it is too short."""
    if len(password) < SHORTEST:
        raise RuleBroken(f"Take at least {SHORTEST} characters.", field)
    return generate_password_hash(password)
