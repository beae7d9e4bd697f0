"""What a sign-in at Microsoft needs of this request."""

from __future__ import annotations

import secrets
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, request, session, url_for

from panel.services.outside import Outside

KEY = "outlook_key"


def outside() -> Outside:
    """The clock, the line to Microsoft and the keys, as this application has them."""
    return cast(Outside, current_app.extensions["panel"].outside)


def session_key() -> str:
    """A random name of this login session, by which a sign-in knows its own browser again."""
    if KEY not in session:
        session[KEY] = secrets.token_urlsafe(32)
    return str(session[KEY])


def redirect_address() -> str:
    """Where Microsoft sends the browser back to.

    On this machine it follows the address that the browser uses, because a cookie of
    localhost is not sent to 127.0.0.1; else it is the public one.
    """
    path = url_for("outlook_callback.come_back")
    public = str(current_app.config["PUBLIC_URL"])
    if _is_loopback(public) and _is_loopback(request.host_url):
        return f"{request.host_url.rstrip('/')}{path}"
    return f"{public}{path}"


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
