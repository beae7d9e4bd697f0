"""Words that people type, made fit to be kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlsplit

from panel.domain.errors import RuleBroken

# Signs that mean one currency alone; all others are named by their code.
SIGNS = {
    "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪",
    "UAH": "₴", "VND": "₫", "NGN": "₦", "PHP": "₱", "TRY": "₺",
}  # fmt: skip
# ISO 4217: currencies whose amounts have another number of decimals than two.
DECIMALS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
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


def lines(text: str, field: str, *, most: int) -> str:
    """Return several lines, each as `line` would, without empty ones. Raises RuleBroken."""
    cleaned = (line(one, field, "a line", most=most, needed=False) for one in text.splitlines())
    clean = "\n".join(one for one in cleaned if one)
    if len(clean) > most:
        raise RuleBroken(f"That is too long: at most {most} characters fit here.", field)
    return clean


def web_address(text: str, field: str, *, most: int = 500) -> str:
    """Return the address of a page, or "" where none was typed. Raises RuleBroken.

    Only https: on the way to any other page, somebody could change what it says.
    """
    clean = text.strip()
    if not clean:
        return ""
    try:
        parts = urlsplit(clean)
        whole_address = bool(parts.scheme and parts.hostname and parts.port != 0)
    except ValueError:
        whole_address = False
    if not whole_address or len(clean) > most or not clean.isprintable() or " " in clean:
        raise RuleBroken("Write the whole address, like https://www.example.com/terms.", field)
    if parts.scheme.lower() != "https":
        raise RuleBroken(
            "The address must begin with https://, or somebody could change the page on its way.",
            field,
        )
    return clean


def address(text: str, *, needed: bool = True) -> str:
    """Return an email address in lower case, or "" where none is needed. Raises RuleBroken."""
    clean = text.strip().lower()
    if not clean and not needed:
        return ""
    if not ADDRESS.fullmatch(clean) or not clean.isprintable() or len(clean) > 254:
        raise RuleBroken("Write the address like name@example.com.", "email")
    return clean


def whole(number: int, field: str, *, least: int, most: int, unit: str) -> int:
    """Return a number within its bounds. Raises RuleBroken."""
    if not least <= number <= most:
        raise RuleBroken(f"Give a whole number of {unit} from {least} to {most}.", field)
    return number


def money(hundredths: int, currency: str) -> str:
    """Return an amount in a currency (ISO 4217 code): £58.00, ¥5,800, CHF 58.00.

    A currency without smaller coins shows none; half a coin is rounded up.
    """
    places = DECIMALS.get(currency, 2)
    amount = Decimal(hundredths).scaleb(-2).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = SIGNS.get(currency) or currency + "\N{NO-BREAK SPACE}"
    return f"{sign}{amount:,}"


def and_more(names: Sequence[str]) -> str:
    """Return who comes, in a few words: Lea Roth and Ines Carvalho, Lea Roth and 3 more."""
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else " and ".join(names)
