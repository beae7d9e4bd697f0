"""A view, its shapes and its refusals in the words of OpenAPI."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from werkzeug.routing import Rule

from panel.api.v1.fields import MOST
from panel.api.v1.operations import Operation
from panel.api.v1.problems import CODES, MEDIA_TYPE, SENTENCES
from panel.api.v1.schemas.shared import ProblemSchema

PLACE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
METHODS = {"GET", "POST", "PATCH", "DELETE"}
# What each refusal says, as an example of it.
REFUSALS = {
    400: "The body is not JSON. Nothing was changed.",
    401: "Send a token that counts, as Authorization: Bearer panel_…",
    404: "There is no such appointment.",
    409: "Nobody is free then. Choose another time.",
    412: "Somebody changed this appointment while you had it open. Look again, then decide.",
    413: SENTENCES[413],
    415: SENTENCES[415],
    422: "Look at starts_at: Give a time with its offset, like 2026-11-25T10:00:00+01:00.",
    429: "That was asked for too often. Wait 5 minutes, then try again.",
    500: SENTENCES[500],
}
SPECIAL_CODES = {409: "slot_taken", 422: "invalid", 429: "too_many"}

Described = dict[str, Any]


def problems() -> Described:
    """Return every refusal, by its name, for the document's components."""
    return {name(status): _problem(status, said) for status, said in REFUSALS.items()}


def name(status: int) -> str:
    """Return the name of a refusal: NotFound."""
    return HTTPStatus(status).phrase.title().replace(" ", "").replace("-", "")


def path(rule: Rule) -> str:
    """Return the address as OpenAPI writes it, without a last slash."""
    return PLACE.sub(r"{\1}", rule.rule).rstrip("/")


def operation(rule: Rule, view: Callable[..., Any], known: Operation) -> Described:
    """Describe what answers at a rule; its summary and description are the docstring."""
    summary, _, details = inspect.cleandoc(view.__doc__ or "").partition("\n\n")
    answer = {"description": summary, "content": _content(known.gives)}
    described: Described = {
        "operationId": rule.endpoint.removeprefix("v1_").replace(".", "_"),
        "tags": [rule.endpoint.partition(".")[0].removeprefix("v1_").replace("_", " ")],
        "summary": summary.rstrip("."),
        "description": details.replace("\n", " "),
        "parameters": _parameters(rule, known),
        "responses": {str(known.status): answer, **_refusals(known)},
    }
    if known.takes:
        described["requestBody"] = {"required": True, "content": _content(known.takes)}
    if known.public:
        described["security"] = []
    method = next(iter(METHODS & set(rule.methods or ())))
    return {method.lower(): described}


def _parameters(rule: Rule, known: Operation) -> list[Described]:
    bounds = {"type": "integer", "minimum": 0, "maximum": MOST}
    places = [
        {"in": "path", "name": one, "required": True, "schema": bounds} for one in rule.arguments
    ]
    query = [{"in": "query", "schema": known.asks}] if known.asks else []
    headers = [{"in": "header", "schema": known.headers}] if known.headers else []
    return [*places, *query, *headers]


def _refusals(known: Operation) -> dict[str, str]:
    statuses = {500, *known.problems}
    if known.takes:
        statuses |= {400, 413, 415}
    if known.takes or known.asks or known.headers:
        statuses.add(422)
    if not known.public:
        statuses.add(401)
    return {str(status): name(status) for status in sorted(statuses)}


def _content(shape: Any) -> Described:
    return {"application/json": {"schema": shape, "example": dict(shape.example)}}


def _problem(status: int, said: str) -> Described:
    phrase = HTTPStatus(status).phrase
    code = SPECIAL_CODES.get(status) or CODES[status]
    example = {
        "type": "about:blank", "title": phrase, "status": status, "detail": said, "code": code,
    }  # fmt: skip
    described = {
        "description": said,
        "content": {MEDIA_TYPE: {"schema": ProblemSchema, "example": example}},
    }
    if status == 401:
        described["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return described
