"""Addresses inside Panel: where one came from and where one belongs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter

from panel.services.signing_in import Person
from panel.web.session import someone

# Nine digits always fit into an integer of PostgreSQL.
MOST_ID = 999_999_999
# So many addresses are remembered.
KEPT = 1000


class Id(IntegerConverter):
    """The id of something within an address. A longer one makes it an unknown address.

    Told by its digits: with `max`, another method's rule would turn "unknown" into "not allowed".
    """

    regex = r"\d{1,9}"


def init_app(app: Flask) -> None:
    """Read `<int:...>` in every address as an id, and let templates find addresses cheaply."""
    app.url_map.converters["int"] = Id

    # Its own for each application, whose pages may differ.
    @lru_cache(KEPT, typed=True)
    def within(endpoint: str, **values: Any) -> str:
        # Never with the host that somebody claims to have asked.
        return app.url_for(endpoint, _external=False, **values)

    app.extensions["addresses"] = within
    app.add_template_global(address, "url_for")
    app.add_template_global(numbered)


def address(endpoint: str, **values: Any) -> str:
    """Return the address of a page within Panel, as `url_for` does.

    Worked out once: it is always the same, and costs a page more than drawing a line.
    """
    if endpoint.startswith("."):
        endpoint = f"{request.blueprint}{endpoint}"
    found: str = current_app.extensions["addresses"](endpoint, **values)
    return found


def numbered(endpoint: str, argument: str) -> str:
    """Return what stands before the number in the address of a page about one thing.

    A list has many of them, and each would be kept.
    """
    return address(endpoint, **{argument: 0}).removesuffix("0")


def local(address: str | None) -> str | None:
    """Return the address if it is a path of ours, else None, so that nobody is led elsewhere."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    # A browser reads a backslash as a slash, and drops tabs and line ends.
    if "\\" in address or any(ord(sign) < 32 for sign in address):
        return None
    return address


def home(person: Person | None) -> str:
    """Return where somebody begins: the panel with bookings of one's own, else the back end."""
    if person is None:
        return address("auth.sign_in")
    if person.role == "employee":
        return address("today.show")
    return address("backend_overview.show")


def back() -> str:
    """Return the page one came from, or else where one begins."""
    return came_from() or home(someone())


def came_from() -> str | None:
    """Return the page one came from; None if that is unknown, elsewhere, or this one."""
    came = urlsplit(request.referrer or "")
    if came.netloc != request.host or (came.path == request.path and request.method == "GET"):
        return None
    return local(f"{came.path}?{came.query}" if came.query else came.path)
