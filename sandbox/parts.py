"""The parts of a batch: each is counted, broken on demand and logged like a request of its own.

Source: Microsoft Graph, "Throttling and JSON batching": each part is judged alone.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from urllib.parse import unquote, urlencode

from sandbox import breakage
from sandbox.breakage import CONCURRENT, Cut
from sandbox.graph.door import Answer, Ask, answer
from sandbox.requestlog import BODY_LIMIT, LOGGED_HEADERS, Entry
from sandbox.traffic import GRAPH
from sandbox.world import World


def sender(world: World) -> Callable[[Ask], Awaitable[Answer]]:
    """How this world answers one part. A part that is to be cut takes the whole batch along."""

    async def send(ask: Ask) -> Answer:
        entry = _entry(world, ask)
        try:
            told = await _answered(world, ask, entry)
            entry.status = told.status
            return told
        finally:
            world.log.end(entry)

    return send


async def _answered(world: World, ask: Ask, entry: Entry) -> Answer:
    strike = world.faults.strike(ask.method, entry.path, entry.mailbox)
    entry.fault = strike.name
    if strike.delay_ms:
        await asyncio.sleep(strike.delay_ms / 1000)
    fault = strike.fault
    if fault and fault.kind == "drop_before":
        raise Cut
    if fault and fault.kind != "drop_after":
        return breakage.at_graph(fault, ask.headers)
    if entry.in_flight > CONCURRENT:
        return breakage.over_the_limit(world, ask.headers)
    told = await answer(ask)
    if fault:
        world.save()
        raise Cut
    return told


def _entry(world: World, ask: Ask) -> Entry:
    upn = ask.mailbox.upn
    return Entry(
        at=world.now(),
        method=ask.method,
        path=GRAPH + unquote(ask.path),
        query=urlencode(ask.query),
        headers={name: ask.headers[name] for name in LOGGED_HEADERS if name in ask.headers},
        body="" if ask.body is None else json.dumps(ask.body)[:BODY_LIMIT],
        mailbox=upn,
        in_flight=world.log.begin(upn),
    )
