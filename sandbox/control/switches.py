"""Faults, quirks, latency, clock, reset; and what there is to look at."""

from datetime import timedelta

from aiohttp import web

from sandbox import quirks
from sandbox.control.answers import asked, done, listed
from sandbox.errors import GraphError
from sandbox.faults import FaultRefused
from sandbox.paper import WORLD
from sandbox.world import Latency

LIFECYCLE = ("reauthorizationRequired", "subscriptionRemoved", "missed")


def routes() -> list[web.RouteDef]:
    """The addresses of everything that concerns the whole sandbox."""
    return [
        web.get("/sandbox/mail.json", mail),
        web.put("/sandbox/faults", set_faults),
        web.delete("/sandbox/faults", clear_faults),
        web.put("/sandbox/quirks", set_quirks),
        web.put("/sandbox/latency", set_latency),
        web.put("/sandbox/clock", set_clock),
        web.post("/sandbox/subscriptions/{id}/lifecycle", lifecycle),
    ]


async def reset(request: web.Request) -> web.Response:
    """As on the first day."""
    await request.app[WORLD].reset()
    return done()


async def requests(request: web.Request) -> web.Response:
    """What identity and Graph were asked after number `since`."""
    log = request.app[WORLD].log
    since = int(_number(request.query.get("since", 0), "since"))
    return web.json_response(
        {"last": log.last, "value": [entry.shown() for entry in log.since(since)]}
    )


async def outbox(request: web.Request) -> web.Response:
    """The mails Exchange would have sent."""
    return listed(request.app[WORLD].outbox())


async def mail(request: web.Request) -> web.Response:
    """The mails that Panel sent by SMTP."""
    return listed(request.app[WORLD].mail)


async def faults(request: web.Request) -> web.Response:
    """The standing faults, with their hits."""
    return listed([fault.shown() for fault in request.app[WORLD].faults.standing])


async def set_faults(request: web.Request) -> web.Response:
    """Another list in place of the standing one: a bare list, or one under `value`."""
    try:
        told = await request.json()
    except ValueError as wrong:
        raise FaultRefused("The body is not JSON.") from wrong
    wishes = told.get("value") if isinstance(told, dict) else told
    if not isinstance(wishes, list):
        raise FaultRefused("Faults come as a list.")
    request.app[WORLD].faults.replace(wishes)
    return done()


async def clear_faults(request: web.Request) -> web.Response:
    """No faults."""
    request.app[WORLD].faults.replace([])
    return done()


async def show_quirks(request: web.Request) -> web.Response:
    """All quirks as they stand."""
    return web.json_response(request.app[WORLD].quirks)


async def set_quirks(request: web.Request) -> web.Response:
    """The quirks named; all others go back to what is usual."""
    request.app[WORLD].quirks = quirks.read(await asked(request))
    return done()


async def set_latency(request: web.Request) -> web.Response:
    """How slow answers are; what is not named is 0."""
    body = await asked(request)
    strange = set(body) - {"graph_ms", "token_ms", "jitter"}
    if strange:
        raise GraphError(400, "BadRequest", "Latency has graph_ms, token_ms and jitter.")
    told = {name: _number(value, name) for name, value in body.items()}
    request.app[WORLD].latency = Latency(**told)
    return done()


async def set_clock(request: web.Request) -> web.Response:
    """How far the sandbox's clock is from the real one."""
    body = await asked(request)
    seconds = _number(body.get("offset_seconds", 0), "offset_seconds")
    request.app[WORLD].offset = timedelta(seconds=seconds)
    return done()


async def lifecycle(request: web.Request) -> web.Response:
    """Send one lifecycle notification."""
    world, body = request.app[WORLD], await asked(request)
    subscription = world.courier.find(request.match_info["id"])
    if subscription is None:
        raise GraphError(404, "ResourceNotFound", "The object was not found.")
    if body.get("event") not in LIFECYCLE:
        raise GraphError(400, "BadRequest", f"An event is one of {', '.join(LIFECYCLE)}.")
    await world.courier.lifecycle(subscription, body["event"])
    return done()


def _number(value: object, name: str) -> float:
    try:
        return float(str(value))
    except ValueError as wrong:
        raise GraphError(400, "BadRequest", f"{name} is a number.") from wrong
