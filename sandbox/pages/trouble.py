"""Faults, quirks and latency as forms."""

import json
from typing import Any

from aiohttp import web

from sandbox import quirks
from sandbox.faults import Fault, FaultRefused
from sandbox.pages import presets
from sandbox.pages.faces import go
from sandbox.paper import WORLD, page
from sandbox.quirks import QuirkRefused
from sandbox.world import Latency

_HERE = "/sandbox/faults"


async def show(request: web.Request) -> web.Response:
    """Everything that can go wrong on demand."""
    return _show(request)


async def set_presets(request: web.Request) -> web.Response:
    """Tick faults by name, or clear all; then back to the page it came from."""
    form, faults = await request.post(), request.app[WORLD].faults
    if form.get("do") == "clear":
        faults.replace([])
    else:
        presets.tick(faults, [str(name) for name in form.getall("fault", [])])
    back = str(form.get("back", ""))
    return go(back if back.startswith("/sandbox/") else _HERE)


async def set_faults(request: web.Request) -> web.Response:
    """The whole list as JSON."""
    text = str((await request.post()).get("list", "")).strip()
    try:
        wishes = json.loads(text or "[]")
        if not isinstance(wishes, list):
            raise FaultRefused("Faults come as a list, in square brackets.")
        request.app[WORLD].faults.replace(wishes)
    except json.JSONDecodeError as wrong:
        return _show(request, problem=f"This is not JSON: {wrong}.", text=text)
    except FaultRefused as wrong:
        return _show(request, problem=str(wrong), text=text)
    return go(_HERE)


async def set_quirks(request: web.Request) -> web.Response:
    """All quirks at once."""
    form = await request.post()
    try:
        request.app[WORLD].quirks = quirks.read(dict(form))
    except QuirkRefused as wrong:
        return _show(request, problem=str(wrong))
    return go(f"{_HERE}#quirks")


async def set_latency(request: web.Request) -> web.Response:
    """How slow answers are."""
    form = await request.post()
    names = ("graph_ms", "token_ms", "jitter")
    try:
        told = {name: float(str(form.get(name) or 0)) for name in names}
    except ValueError:
        return _show(request, problem="How slow is a number of milliseconds.")
    request.app[WORLD].latency = Latency(**told)
    return go(f"{_HERE}#latency")


def _show(request: web.Request, *, problem: str = "", text: str = "") -> web.Response:
    world = request.app[WORLD]
    standing: list[dict[str, Any]] = [fault.shown() for fault in world.faults.standing]
    wishes = [_short(one) for one in standing]
    return page(
        request,
        "faults.html",
        status=400 if problem else 200,
        problem=problem,
        standing=standing,
        text=text or "\n".join(["[", ",\n".join(f"  {json.dumps(w)}" for w in wishes), "]"]),
        presets={name: words for name, (words, _) in presets.PRESETS.items()},
        ticked=presets.ticked(world.faults),
        quirks=world.quirks,
        usual=quirks.DEFAULTS,
        choices=quirks.CHOICES,
        meanings=quirks.MEANINGS,
        latency=world.latency,
    )


def _short(fault: dict[str, Any]) -> dict[str, Any]:
    """A fault without what is usual, and without what it did."""
    usual = Fault(fault["kind"]).shown()
    kept = {"kind", "status"} if fault["kind"] in ("status", "html") else {"kind"}
    changed = {name for name, value in fault.items() if value != usual.get(name)} - {"hits"}
    return {name: value for name, value in fault.items() if name in kept | changed}
