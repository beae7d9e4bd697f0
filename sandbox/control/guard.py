"""Who may use the sandbox's own pages and its control API: this machine, and nobody's web page."""

from urllib.parse import urlsplit

from aiohttp import web

from sandbox.control.answers import refused
from sandbox.errors import GraphError
from sandbox.faults import FaultRefused
from sandbox.paper import WORLD, page, wants_page
from sandbox.quirks import QuirkRefused
from sandbox.traffic import SAFE, Handler
from sandbox.world import World

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep strangers out, write changes down, and turn refusals into JSON."""
    if not request.path.startswith("/sandbox"):
        return await handler(request)
    world = request.app[WORLD]
    if not _ours(world, request):
        return refused(403, "Forbidden", "The sandbox answers this only to its own machine.")
    try:
        response = await handler(request)
    except GraphError as wrong:
        return _refused(request, wrong.status, wrong.code, wrong.message)
    except (FaultRefused, QuirkRefused) as wrong:
        return _refused(request, 400, "BadRequest", str(wrong))
    finally:
        if request.method not in SAFE:
            world.save()
    return response


def _refused(request: web.Request, status: int, code: str, message: str) -> web.Response:
    if wants_page(request):
        return page(request, "sorry.html", status=status, message=message)
    return refused(status, code, message)


def _ours(world: World, request: web.Request) -> bool:
    host = urlsplit(f"//{request.host}").hostname
    if host not in (*_LOOPBACK, world.host, urlsplit(world.public_url).hostname):
        return False
    origin = request.headers.get("Origin")
    # A page of another site, or of another port, may not press our buttons.
    return origin is None or urlsplit(origin).netloc == request.host
