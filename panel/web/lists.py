"""Lists: which page of one is shown, and addresses that keep its search and filters."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request


def init_app(app: Flask) -> None:
    """Give every template the addresses of the list it shows."""
    app.add_template_global(here)


def page_number() -> int:
    """Return which page of a list is asked for; anything but a number means the first."""
    return request.args.get("page", 1, type=int) or 1


def searched() -> str:
    """Return what is searched for, or nothing."""
    return request.args.get("q", "").strip()


def here(**changes: Any) -> str:
    """Return this page's address with some of its filters changed, from the first page on."""
    kept = {name: value for name, value in request.args.items() if name != "page"}
    kept |= {name: "" if value is None else str(value) for name, value in changes.items()}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{request.path}?{query}" if query else request.path
