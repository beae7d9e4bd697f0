"""Parts of a page that look the same wherever they stand: drawn once, then kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

KEPT = 1000


def init_app(app: Flask) -> None:
    """Let a template draw one of its parts once."""
    app.add_template_global(once)


def once(part: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return a part that remembers how it looks for the values it was given, KEPT of them.

    Only for a part that shows nothing but these values: no request, no clock, no one's rights.
    """
    # Text and markup of the same letters are not the same: only one of them is escaped.
    kept: Callable[..., Any] = lru_cache(KEPT, typed=True)(part)
    return kept
