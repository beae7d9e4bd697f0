"""The dress of every answer of Graph: its headers, and the shape of its refusals."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from multidict import CIMultiDict

from sandbox.errors import GraphError
from sandbox.graph.asks import Answer

JSON = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
DIAGNOSTIC = (
    '{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"5","ScaleUnit":"000",'
    '"RoleInstance":"SANDBOX"}}'
)


def dressed(answer: Answer, request: Mapping[str, str]) -> Answer:
    """The answer with Graph's headers; the client's own request id is echoed."""
    own = str(uuid4())
    headers = {
        "OData-Version": "4.0",
        "request-id": own,
        "client-request-id": CIMultiDict(request.items()).get("client-request-id", own),
        "x-ms-ags-diagnostic": DIAGNOSTIC,
    }
    if answer.body is not None:
        headers["Content-Type"] = JSON
    answer.headers = headers | answer.headers
    if isinstance(answer.body, dict) and "error" in answer.body and answer.status >= 400:
        answer.body["error"].setdefault("innerError", _inner(answer.headers))
    return answer


def refusal(
    status: int,
    code: str,
    message: str,
    request: Mapping[str, str],
    headers: dict[str, str] | None = None,
) -> Answer:
    """An error in Graph's shape, with Graph's headers: also for 401, 429 and faults."""
    body: dict[str, Any] = {"error": {"code": code, "message": message}}
    return dressed(Answer(status, body, dict(headers or {})), request)


def refused(error: GraphError, request: Mapping[str, str]) -> Answer:
    """The answer that a GraphError asks for."""
    return refusal(error.status, error.code, error.message, request, error.headers)


def _inner(headers: dict[str, str]) -> dict[str, str]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": headers["request-id"],
        "client-request-id": headers["client-request-id"],
    }
