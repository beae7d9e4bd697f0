"""The business's own colour as a style sheet, since no page may carry one inline."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from hashlib import sha256

from flask import Blueprint, Flask, Response, request, url_for
from flask.typing import ResponseReturnValue

from panel.domain.accent import Shades, colour, in_dark, in_light
from panel.domain.errors import NotThere, RuleBroken
from panel.web.kept import for_ever

colours = Blueprint("colours", __name__)
# What each shade is called in tokens.css; `accented` is the class that they hold in.
TOKENS = {
    "fill": "accent", "hover": "accent-hover", "press": "accent-press", "on": "on-accent",
    "ink": "accent-ink", "soft": "accent-soft",
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Give the templates the address of the style sheet."""
    app.add_template_global(colours_address)


def colours_address(accent: str) -> str:
    """Return where the style sheet of a colour (#rrggbb) lies; another content, another address."""
    return url_for("colours.show", accent=accent.removeprefix("#"), v=_digest(accent)[:12])


@colours.get("/colours/<string(length=6):accent>.css")
def show(accent: str) -> ResponseReturnValue:
    """Serve the colours of an accent, light and dark. They follow from its address alone."""
    try:
        chosen = colour(accent)
    except RuleBroken as refused:
        raise NotThere("There is no such colour.") from refused
    answer = Response(_sheet(chosen), mimetype="text/css")
    return for_ever(answer, _digest(chosen)).make_conditional(request)


@lru_cache(maxsize=64)
def _sheet(accent: str) -> str:
    light, dark = in_light(accent), in_dark(accent)
    names = [one.name for one in fields(Shades)]
    pairs = [
        f"  --{TOKENS[one]}: light-dark({getattr(light, one)}, {getattr(dark, one)});"
        for one in names
    ]
    return "\n".join([".accented {", *pairs, "  --focus: var(--accent-ink);", "}", ""])


@lru_cache(maxsize=64)
def _digest(accent: str) -> str:
    return sha256(_sheet(accent).encode()).hexdigest()
