"""Parts of a page: brought in cheaply, and drawn once where they always look the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2.runtime import Context
from markupsafe import Markup

KEPT = 1000


class Known(Context):
    """What a template knows. Every template has the same global names.

    Jinja would compare them at each import of a part, in case a page brought more of them.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.globals_keys = set()


def init_app(app: Flask) -> None:
    """Let a template draw one of its parts once."""
    app.jinja_env.context_class = Known
    app.add_template_global(once)


def once(part: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return a part that remembers how it looks for the values it was given, KEPT of them.

    Only for a part that shows nothing but these values: no request, no clock, no one's rights.
    """
    # Text and markup of the same letters are not the same: only one of them is escaped.
    kept: Callable[..., Any] = lru_cache(KEPT, typed=True)(part)
    return kept
