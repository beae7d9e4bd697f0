"""The way of every request to identity and Graph: counted, slowed, broken on demand, logged."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from aiohttp import web

from sandbox import breakage
from sandbox.breakage import CONCURRENT, Cut
from sandbox.faults import Fault, Strike
from sandbox.identity.token import whose
from sandbox.paper import WORLD, respond
from sandbox.requestlog import BODY_LIMIT, LOGGED_HEADERS, Entry
from sandbox.world import World, asked_at

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

GRAPH = "/v1.0"
SAFE = ("GET", "HEAD")
BATCH = f"{GRAPH}/$batch"


@web.middleware
async def address(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Remember under which address we were asked: links in the answer lead back there."""
    asked_at.set(f"{request.scheme}://{request.host}")
    return await handler(request)


@web.middleware
async def traffic(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Everything but the sandbox's own pages passes here."""
    if request.path.startswith("/sandbox") or request.path == "/":
        return await handler(request)
    world = request.app[WORLD]
    entry = await _entry(world, request)
    started = time.perf_counter()
    try:
        response = await _answered(world, request, handler, entry)
        entry.status = response.status
        return response
    except web.HTTPException as unknown:
        entry.status = unknown.status
        raise
    except Cut:
        return _cut(request)
    finally:
        entry.ms = round((time.perf_counter() - started) * 1000, 1)
        world.log.end(entry)


async def _answered(
    world: World, request: web.Request, handler: Handler, entry: Entry
) -> web.StreamResponse:
    strike = world.faults.strike(request.method, request.path, entry.mailbox)
    entry.fault = strike.name
    await _wait(world, request, strike)
    fault = strike.fault
    if fault and fault.kind == "drop_before":
        raise Cut
    if fault and fault.kind != "drop_after":
        response = _broken(world, request, fault)
    elif _is_graph(request) and entry.limited and entry.in_flight > CONCURRENT:
        response = respond(breakage.over_the_limit(world, request.headers))
    else:
        response = await handler(request)
    world.save(mailboxes=request.method not in SAFE)
    if fault and fault.kind == "drop_after":
        raise Cut
    return response


async def _wait(world: World, request: web.Request, strike: Strike) -> None:
    set_ms = 0.0
    if _is_graph(request):
        set_ms = world.latency.graph_ms
    elif request.path.endswith("/token"):
        set_ms = world.latency.token_ms
    seconds = world.waits(set_ms) + strike.delay_ms / 1000
    if seconds > 0:
        await asyncio.sleep(seconds)


def _broken(world: World, request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.kind == "html":
        return breakage.as_page(fault)
    if _is_graph(request):
        return respond(breakage.at_graph(fault, request.headers))
    return breakage.at_identity(world, fault)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    # Nobody is left to read it, but aiohttp wants an answer.
    return web.Response(status=500)


def _is_graph(request: web.Request) -> bool:
    return request.path.startswith(GRAPH)


async def _entry(world: World, request: web.Request) -> Entry:
    body = await request.read()
    mailbox = _mailbox(world, request, body)
    # The parts of a batch count, the batch around them does not.
    counts = _is_graph(request) and request.path != BATCH
    return Entry(
        at=world.now(),
        method=request.method,
        path=request.path,
        query=request.query_string,
        headers={name: request.headers[name] for name in LOGGED_HEADERS if name in request.headers},
        body=body[:BODY_LIMIT].decode(errors="replace"),
        mailbox=mailbox,
        counts=counts,
        in_flight=world.log.begin(mailbox, counts=counts),
    )


def _mailbox(world: World, request: web.Request, body: bytes) -> str | None:
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()
    access = world.grants.accesses.items.get(token)
    if access:
        return access.upn
    if request.path.endswith("/token"):
        return whose(world, dict(parse_qsl(body.decode(errors="replace"))))
    return None
