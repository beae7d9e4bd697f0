"""The sandbox as a web server."""

from collections.abc import AsyncIterator

from aiohttp import web

from sandbox import bridge
from sandbox.control.guard import guard
from sandbox.control.routes import routes as control_routes
from sandbox.identity.endpoints import routes as identity_routes
from sandbox.pages.routes import routes as page_routes
from sandbox.paper import STATIC, WORLD
from sandbox.traffic import address, traffic
from sandbox.world import World


def build(world: World) -> web.Application:
    """The application around one world; nothing is started yet."""
    app = web.Application(middlewares=[address, guard, traffic], client_max_size=8 * 2**20)
    app[WORLD] = world
    app.router.add_static("/sandbox/static", STATIC)
    app.add_routes(control_routes())
    app.add_routes(page_routes())
    app.add_routes(identity_routes())
    app.router.add_route("*", "/v1.0/{path:.*}", bridge.graph)
    app.cleanup_ctx.append(_ending)
    return app


async def _ending(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[WORLD].courier.close()
    app[WORLD].store.close()
