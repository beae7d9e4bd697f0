"""How the control API reads and answers."""

from typing import Any

from aiohttp import web

from sandbox.errors import GraphError
from sandbox.mailbox import Mailbox
from sandbox.paper import WORLD


def listed(items: list[Any]) -> web.Response:
    """A list."""
    return web.json_response({"value": items})


def made(item: Any) -> web.Response:
    """A thing that a POST made."""
    return web.json_response(item, status=201)


def done() -> web.Response:
    """Done, and nothing to say."""
    return web.Response(status=204)


def refused(status: int, code: str, message: str) -> web.Response:
    """An error in Graph's shape."""
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


async def asked(request: web.Request) -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty object."""
    try:
        told = await request.json() if await request.read() else {}
    except ValueError as wrong:
        raise GraphError(400, "BadRequest", "The body is not JSON.") from wrong
    if not isinstance(told, dict):
        raise GraphError(400, "BadRequest", "The body must be a JSON object.")
    return told


def mailbox(request: web.Request) -> Mailbox:
    """The mailbox that the address names."""
    upn = request.match_info["upn"].lower()
    world = request.app[WORLD]
    if upn not in world.mailboxes:
        raise GraphError(404, "NotFound", f"Nobody here is called {upn}.")
    return world.mailboxes[upn]
