"""Which other sites may show the booking page inside their own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from panel.domain.errors import RuleBroken

HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.ASCII)
MOST = 1000


def origins(typed: str) -> str:
    """Return the sites that were typed, split by blanks, each https://name or with a port.

    What follows the name is dropped, for a whole site is allowed or none of it. Raises
    RuleBroken.
    """
    found = dict.fromkeys(_origin(one) for one in re.split(r"[\s,]+", typed) if one)
    kept = " ".join(found)
    if len(kept) > MOST:
        raise RuleBroken("Those are too many sites.", "embed_origins")
    return kept


def frame_ancestors(kept: str) -> str:
    """Return who may frame the booking page, as a Content-Security-Policy says it.

    `kept` is what `origins` returned: nobody else where it is empty.
    """
    return f"'self' {kept}".strip()


def _origin(typed: str) -> str:
    try:
        parts = urlsplit(typed.lower())
        port = f":{parts.port}" if parts.port not in (None, 443) else ""
    except ValueError as error:
        raise _refusal(typed) from error
    if parts.scheme != "https" or "@" in parts.netloc or not HOST.fullmatch(parts.hostname or ""):
        raise _refusal(typed)
    return f"https://{parts.hostname}{port}"


def _refusal(typed: str) -> RuleBroken:
    short = typed if len(typed) <= 60 else f"{typed[:60]}…"
    return RuleBroken(
        f"{short} is not the address of a site. Write it like https://www.example.com.",
        "embed_origins",
    )
