"""Lists: which page of one is shown, and addresses that keep its search and filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request, url_for

from panel.web.addresses import MOST_ID

# Far enough for whoever keeps a calendar, and far from where dates end.
YEARS = range(2000, 2101)
KEPT = 1000


def init_app(app: Flask) -> None:
    """Give every template the addresses of the list it shows."""
    app.add_template_global(here)
    app.add_template_global(here_at)
    app.add_template_filter(without)


def page_number() -> int:
    """Return which page of a list is asked for; anything but a number means the first."""
    return request.args.get("page", 1, type=int) or 1


def number(name: str) -> int | None:
    """Return the id that the address gives under this name; what cannot be one is none."""
    given = request.args.get(name, type=int)
    return given if given is not None and 0 <= given <= MOST_ID else None


def day(name: str) -> date | None:
    """Return the date that the address gives under this name; what cannot be one is none."""
    try:
        given = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return given if given.year in YEARS else None


def clock(name: str) -> time | None:
    """Return the wall time that the address gives under this name; what cannot be one is none."""
    try:
        given = time.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return given.replace(second=0, microsecond=0, tzinfo=None)


def searched() -> str:
    """Return what is searched for, or nothing."""
    return request.args.get("q", "").strip()


def here_at(endpoint: str) -> str:
    """Return the address of another page that is about this list, with its search and filters."""
    return url_for(endpoint, **without(request.args, "page"))


def without(kept: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return what stands in an address but for these names."""
    return {name: value for name, value in kept.items() if name not in names}


def here(**changes: Any) -> str:
    """Return this page's address with some of its filters changed, from the first page on."""
    kept = without(request.args, "page")
    kept |= {name: "" if value is None else str(value) for name, value in changes.items()}
    return _address(request.path, tuple(pair for pair in kept.items() if pair[1]))


@lru_cache(KEPT)
def _address(path: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Write it once: a list has many ways to narrow it, and most are there again next time."""
    return f"{path}?{urlencode(pairs)}" if pairs else path
