"""An operation: a view that says what it takes and gives, so that one document can tell all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError

from panel.api.v1.problems import Errors, Malformed

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Operation:
    """What the document says about a view. Summary and details are its docstring.

    `gives` describes the answer of `status`; `takes` the body, `asks` the query and `headers`
    the headers that count. `problems` are further statuses it may refuse with.
    """

    gives: type[Schema]
    status: int = 200
    takes: type[Schema] | None = None
    asks: type[Schema] | None = None
    headers: type[Schema] | None = None
    problems: tuple[int, ...] = ()
    public: bool = False
    changes: bool = False


def operation(gives: type[Schema], **more: Any) -> Callable[[View], View]:
    """Describe a view, and hand it what was sent, read by its schemas: `body`, `query`.

    What cannot be read is refused as Malformed before the view is called.
    """
    known = Operation(gives, **more)
    takes = known.takes() if known.takes else None
    asks = known.asks() if known.asks else None

    def described(view: View) -> View:
        @wraps(view)
        def answer(**given: Any) -> ResponseReturnValue:
            if asks is not None:
                given["query"] = read(asks, request.args.to_dict())
            if takes is not None:
                given["body"] = read(takes, sent())
            return view(**given)

        return describe(known)(answer)

    return described


def describe(known: Operation) -> Callable[[View], View]:
    """Let the document tell of a view, which is called as before."""

    def described(view: View) -> View:
        view.operation = known  # type: ignore[attr-defined]
        return view

    return described


def read(schema: Schema, given: Any) -> dict[str, Any]:
    """Return what was sent as values. Raises Malformed, naming each field at fault."""
    try:
        return dict(schema.load(given))
    except ValidationError as error:
        errors = _flat(error.messages)
        raise Malformed(_summed_up(errors), 422, errors) from error


def sent() -> Any:
    """Return the body as JSON. Raises Malformed."""
    if not request.is_json:
        raise Malformed("Send JSON, with the header Content-Type: application/json.", 415)
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not JSON. Nothing was changed.", 400) from error


def _flat(messages: Any, path: str = "") -> Errors:
    """Name each field by its path, as in customer.email."""
    if not isinstance(messages, dict):
        return {path: [str(one) for one in messages]}
    found: Errors = {}
    for name, inner in messages.items():
        whole = name == "_schema"
        found |= _flat(inner, path if whole else f"{path}.{name}" if path else str(name))
    return found


def _summed_up(errors: Errors) -> str:
    named = [name for name in errors if name]
    if not named:
        return " ".join(next(iter(errors.values())))
    return f"Look at {', '.join(named)}: {errors[named[0]][0]}"
