"""The browser in front of us: who has signed in there, kept by a cookie."""

import secrets

from aiohttp import web

from sandbox.identity.grants import Browser
from sandbox.paper import WORLD

# Browsers share cookies between the ports of a host, so the name must not be a common one.
COOKIE = "sandbox_session"


def signed_in(request: web.Request) -> list[str]:
    """Who has signed in with this browser and still exists, the latest first."""
    world = request.app[WORLD]
    browser = world.grants.browsers.items.get(request.cookies.get(COOKIE, ""))
    return [upn for upn in browser.upns if upn in world.mailboxes] if browser else []


def remember(request: web.Request, upn: str) -> str:
    """Note a sign-in; gives the cookie's value, a new one each time."""
    others = [known for known in signed_in(request) if known != upn]
    forget(request)
    secret = secrets.token_urlsafe(32)
    request.app[WORLD].grants.browsers.keep(secret, Browser([upn, *others]))
    return secret


def forget(request: web.Request) -> None:
    """Sign everybody out of this browser."""
    request.app[WORLD].grants.browsers.drop(request.cookies.get(COOKIE, ""))
