"""All addresses of the control API but those that are a page as well."""

from aiohttp import web

from sandbox.control import calendars, events, mailboxes, switches


def routes() -> list[web.RouteDef]:
    """What `sandbox.pages.routes` does not have."""
    return [*events.routes(), *calendars.routes(), *mailboxes.routes(), *switches.routes()]
