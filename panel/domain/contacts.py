"""Ways to reach a person, compared."""

from __future__ import annotations

import re

_NO_DIGIT = re.compile(r"\D")
# Fewer are an extension or a slip of the finger, which many may share.
SHORTEST = 6


def digits(phone: str) -> str:
    """Return a number as it is compared: its digits, with 00 for a plus; "" if too short."""
    plus = "00" if phone.strip().startswith("+") else ""
    found = plus + _NO_DIGIT.sub("", phone)
    return found if len(found) >= SHORTEST else ""
