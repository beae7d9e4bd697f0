"""The way of every request to identity and Graph: counted, slowed, broken on demand, logged."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from aiohttp import web

from sandbox.faults import Fault, Strike
from sandbox.graph.door import Answer, refusal
from sandbox.identity.errors import Refused
from sandbox.identity.token import whose
from sandbox.paper import WORLD
from sandbox.requestlog import BODY_LIMIT, Entry
from sandbox.world import World, asked_at

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

GRAPH = "/v1.0"
CONCURRENT = 4
_LOGGED_HEADERS = ("If-Match", "Prefer")
_HTML = "<!DOCTYPE html><title>500</title><h1>Server Error</h1><p>Something went wrong here.</p>"
_CODES = {
    400: "BadRequest",
    401: "InvalidAuthenticationToken",
    403: "ErrorAccessDenied",
    404: "ErrorItemNotFound",
    410: "SyncStateNotFound",
    412: "ErrorIrresolvableConflict",
    429: "TooManyRequests",
    503: "serviceNotAvailable",
    504: "GatewayTimeout",
}


class Cut(Exception):
    """The connection is to be cut without an answer."""


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
        world.save()
        raise Cut
    if fault and fault.kind != "drop_after":
        response = _broken(world, request, fault)
    elif request.path.startswith(GRAPH) and entry.in_flight > CONCURRENT:
        response = _throttled(request)
    else:
        response = await handler(request)
    world.save()
    if fault and fault.kind == "drop_after":
        raise Cut
    return response


async def _wait(world: World, request: web.Request, strike: Strike) -> None:
    set_ms = 0.0
    if request.path.startswith(GRAPH):
        set_ms = world.latency.graph_ms
    elif request.path.endswith("/token"):
        set_ms = world.latency.token_ms
    seconds = world.waits(set_ms) + strike.delay_ms / 1000
    if seconds > 0:
        await asyncio.sleep(seconds)


def _broken(world: World, request: web.Request, fault: Fault) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind == "html":
        status = fault.status
        return web.Response(text=_HTML, status=status, content_type="text/html", headers=headers)
    if fault.kind == "secret_expired":
        expired = Refused(7000222)
        return web.json_response(expired.body(world.now()), status=expired.status)
    if request.path.startswith(GRAPH):
        code = fault.code or _CODES.get(fault.status, "UnknownError")
        message = "The sandbox was told to answer this."
        return respond(refusal(fault.status, code, message, request.headers, headers))
    refused = Refused(90033, error=fault.code)
    return web.json_response(refused.body(world.now()), status=fault.status, headers=headers)


def _throttled(request: web.Request) -> web.Response:
    message = "Application is over its MailboxConcurrency limit."
    headers = {"Retry-After": "0.5"}
    return respond(refusal(429, "ApplicationThrottled", message, request.headers, headers))


def respond(answer: Answer) -> web.Response:
    """Graph's answer as HTTP."""
    if answer.body is None:
        return web.Response(status=answer.status, headers=answer.headers)
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(body=text.encode(), status=answer.status, headers=answer.headers)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    # Nobody is left to read it, but aiohttp wants an answer.
    return web.Response(status=500)


async def _entry(world: World, request: web.Request) -> Entry:
    body = await request.read()
    mailbox = _mailbox(world, request, body)
    return Entry(
        at=world.now(),
        method=request.method,
        path=request.path,
        query=request.query_string,
        headers={name: request.headers[name] for name in _LOGGED_HEADERS if name in request.headers},
        body=body[:BODY_LIMIT].decode(errors="replace"),
        mailbox=mailbox,
        in_flight=world.log.begin(mailbox),
    )


def _mailbox(world: World, request: web.Request, body: bytes) -> str | None:
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()
    access = world.grants.accesses.items.get(token)
    if access:
        return access.upn
    if request.path.endswith("/token"):
        return whose(world, dict(parse_qsl(body.decode(errors="replace"))))
    return None
