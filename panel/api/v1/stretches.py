"""Lists that are read a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request, url_for


def stretch(items: Iterable[dict[str, Any]], cursor: str | None) -> dict[str, Any]:
    """Return one stretch of a list, with the address at which the next one begins."""
    return {"items": list(items), "next": _next(cursor) if cursor else None}


def _next(cursor: str) -> str:
    """Keep what was asked for, so that the address needs no more than to be followed."""
    asked = {**request.args.to_dict(), "cursor": cursor}
    return url_for(str(request.endpoint), **asked, _external=True)
