"""Mail: what Panel sent, and what Exchange would have sent."""

from aiohttp import web

from sandbox.paper import WORLD, page


async def show(request: web.Request) -> web.Response:
    """Both kinds, the newest first."""
    world = request.app[WORLD]
    return page(request, "mail.html", sent=world.mail[::-1], exchange=world.outbox()[::-1])
