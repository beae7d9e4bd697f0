"""Words that people type, made fit to be kept."""

from __future__ import annotations

import re

from panel.domain.errors import RuleBroken

ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def line(text: str, field: str, what: str, *, most: int = 120, needed: bool = True) -> str:
    """Return one line without control characters or spaces around it.

    `what` names it in the refusal: "Give the service a name." Raises RuleBroken.
    """
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if needed and not clean:
        raise RuleBroken(f"Give {what}.", field)
    if len(clean) > most:
        raise RuleBroken(f"That is too long: at most {most} characters fit here.", field)
    return clean


def address(text: str, *, needed: bool = True) -> str:
    """Return an email address in lower case, or "" where none is needed. Raises RuleBroken."""
    clean = text.strip().lower()
    if not clean and not needed:
        return ""
    if not ADDRESS.fullmatch(clean) or len(clean) > 254:
        raise RuleBroken("Write the address like name@example.com.", "email")
    return clean


def whole(number: int, field: str, *, least: int, most: int, unit: str) -> int:
    """Return a number within its bounds. Raises RuleBroken."""
    if not least <= number <= most:
        raise RuleBroken(f"Give a whole number of {unit} from {least} to {most}.", field)
    return number
