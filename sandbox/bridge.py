"""From HTTP to the door of Graph: bearer check, JSON, and back."""

import json
from typing import Any

from aiohttp import web

from sandbox.graph.door import Ask, answer, refusal
from sandbox.identity import application, gate
from sandbox.paper import WORLD, respond
from sandbox.parts import sender
from sandbox.traffic import GRAPH


class BodyUnreadable(Exception):
    """The body is not JSON though it should be."""


async def graph(request: web.Request) -> web.Response:
    """Any request below /v1.0."""
    world = request.app[WORLD]
    try:
        access = gate.bearer(world, request.headers.get("Authorization", ""))
    except gate.NotLetIn as why:
        return _refused(request, 401, "InvalidAuthenticationToken", str(why), challenge=True)
    try:
        body = await _json(request)
    except BodyUnreadable:
        return _refused(request, 400, "BadRequest", "Unable to read JSON request payload.")
    told = await answer(
        Ask(
            method=request.method,
            path=request.rel_url.raw_path.removeprefix(GRAPH),
            query=list(request.query.items()),
            headers=request.headers,
            body=body,
            mailbox=world.mailboxes[access.upn],
            scopes=frozenset(access.scopes),
            world=world,
            client_id=application.CLIENT_ID,
            through=sender(world),
        )
    )
    return respond(told)


async def _json(request: web.Request) -> Any:
    raw = await request.read()
    if not raw.strip():
        return None
    try:
        return json.loads(raw)
    except ValueError as wrong:
        raise BodyUnreadable from wrong


def _refused(
    request: web.Request, status: int, code: str, message: str, *, challenge: bool = False
) -> web.Response:
    headers = {"WWW-Authenticate": gate.CHALLENGE} if challenge else {}
    return respond(refusal(status, code, message, request.headers, headers))
