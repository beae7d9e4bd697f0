"""What a fault does to an answer, at Graph and at identity."""

from collections.abc import Mapping

from aiohttp import web

from sandbox.faults import Fault
from sandbox.graph.door import Answer, refusal
from sandbox.identity.errors import Refused
from sandbox.identity.gate import CHALLENGE
from sandbox.world import World

CONCURRENT = 4
_HTML = "<!DOCTYPE html><title>500</title><h1>Server Error</h1><p>Something went wrong here.</p>"
_MESSAGE = "The sandbox was told to answer this."
_CODES = {
    400: "BadRequest",
    401: "InvalidAuthenticationToken",
    403: "ErrorAccessDenied",
    404: "ErrorItemNotFound",
    409: "Conflict",
    410: "SyncStateNotFound",
    412: "ErrorIrresolvableConflict",
    429: "TooManyRequests",
    500: "InternalServerError",
    502: "BadGateway",
    503: "serviceNotAvailable",
    504: "GatewayTimeout",
}


class Cut(Exception):
    """The connection is to be cut without an answer."""


def at_graph(fault: Fault, asked: Mapping[str, str]) -> Answer:
    """The answer of Graph under this fault; `asked` are the headers of the request."""
    status = 401 if fault.kind == "secret_expired" else fault.status
    headers = _retry(fault)
    if status == 401:
        headers["WWW-Authenticate"] = CHALLENGE
    return refusal(
        status, fault.code or _CODES.get(status, "UnknownError"), _MESSAGE, asked, headers
    )


def at_identity(world: World, fault: Fault) -> web.Response:
    """The answer of the identity platform under this fault."""
    refused = Refused(90033, error=fault.code)
    status = fault.status
    if fault.kind == "secret_expired":
        refused = Refused(7000222)
        status = refused.status
    return web.json_response(refused.body(world.now()), status=status, headers=_retry(fault))


def as_page(fault: Fault) -> web.Response:
    """A page in HTML where a program expects JSON."""
    return web.Response(
        text=_HTML, status=fault.status, content_type="text/html", headers=_retry(fault)
    )


def over_the_limit(world: World, asked: Mapping[str, str]) -> Answer:
    """More than four requests at once for one mailbox.

    Source: Microsoft Graph, "Throttling limits, Outlook service limits".
    """
    headers = {"Retry-After": f"{world.dice.uniform(0.2, 0.9):.3f}"}
    message = "Application is over its MailboxConcurrency limit."
    return refusal(429, "ApplicationThrottled", message, asked, headers)


def _retry(fault: Fault) -> dict[str, str]:
    return {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
