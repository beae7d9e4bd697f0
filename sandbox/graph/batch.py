"""$batch: up to twenty requests in one, four at a time, or in the order they depend on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from multidict import CIMultiDict

from sandbox.errors import GraphError
from sandbox.graph.asks import Answer, Ask
from sandbox.graph.replies import refusal

MOST = 20
AT_A_TIME = 4
_DEPENDENT = "A request it depends on failed."

Send = Callable[[Ask], Awaitable[Answer]]


async def answer_batch(ask: Ask, send: Send) -> Answer:
    """Answer all parts. GraphError 400 if the batch as a whole cannot be read."""
    parts = _parts(ask.body)
    sender = ask.through or send
    if any(part.get("dependsOn") for part in parts):
        responses = await _in_order(ask, parts, sender)
    else:
        gate = asyncio.Semaphore(AT_A_TIME)
        responses = await asyncio.gather(*(_gated(ask, part, sender, gate) for part in parts))
    return Answer(200, {"responses": list(responses)})


async def _gated(
    ask: Ask, part: dict[str, Any], send: Send, gate: asyncio.Semaphore
) -> dict[str, Any]:
    async with gate:
        return _response(part, await send(_ask(ask, part)))


async def _in_order(ask: Ask, parts: list[dict[str, Any]], send: Send) -> list[dict[str, Any]]:
    failed: set[str] = set()
    responses = []
    for part in parts:
        own = part["id"].lower()
        if any(str(one).lower() in failed for one in part.get("dependsOn") or ()):
            answer = refusal(424, "FailedDependency", _DEPENDENT, part.get("headers") or {})
        else:
            answer = await send(_ask(ask, part))
        if answer.status >= 400:
            failed.add(own)
        responses.append(_response(part, answer))
    return responses


def _ask(ask: Ask, part: dict[str, Any]) -> Ask:
    path, _, query = part["url"].partition("?")
    path = path.removeprefix(f"{ask.world.base_url}/v1.0")
    return replace(
        ask,
        method=part["method"].upper(),
        path="/" + path.lstrip("/"),
        query=parse_qsl(query, keep_blank_values=True),
        headers=CIMultiDict(part.get("headers") or {}),
        body=part.get("body"),
    )


def _response(part: dict[str, Any], answer: Answer) -> dict[str, Any]:
    response = {"id": part["id"], "status": answer.status, "headers": answer.headers}
    return response | ({"body": answer.body} if answer.body is not None else {})


def _parts(body: Any) -> list[dict[str, Any]]:
    parts = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(parts, list) or not parts:
        raise _bad("Invalid batch payload format.")
    if len(parts) > MOST:
        raise _bad(f"Number of batch request steps exceeds the maximum value of {MOST}.")
    known: set[str] = set()
    for part in parts:
        _check(part, known)
    return parts


def _check(part: Any, known: set[str]) -> None:
    """A part has an id of its own, a method and an address; it depends on earlier parts."""
    if not isinstance(part, dict) or not all(
        isinstance(part.get(name), str) and part[name] for name in ("id", "method", "url")
    ):
        raise _bad("Invalid batch payload format.")
    own = part["id"].lower()
    if own in known:
        raise _bad(f"Request Id {part['id']} has to be unique in a batch.")
    if any(str(one).lower() not in known for one in part.get("dependsOn") or ()):
        raise _bad(f"Request {part['id']} depends on a request that does not come before it.")
    if part["url"].strip("/").lower().startswith("$batch"):
        raise _bad("A batch cannot hold a batch.")
    headers = CIMultiDict(part.get("headers") or {})
    if part.get("body") is not None and "Content-Type" not in headers:
        raise _bad(f"Write request id : {part['id']} does not contain Content-Type header or body.")
    known.add(own)


def _bad(message: str) -> GraphError:
    return GraphError(400, "BadRequest", message)
