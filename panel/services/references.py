"""The short names under which people find again what they booked."""

import secrets

# Without letters and figures that are mistaken for each other when read aloud.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def reference() -> str:
    """Return eight letters and figures that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))
