"""What a request carries, without what no database keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

Given = Mapping[str, Any] | Iterable[tuple[str, Any]] | None


class Typed(ImmutableMultiDict[str, Any]):
    """Names and values of an address or a form, without NUL, which PostgreSQL refuses."""

    def __init__(self, given: Given = None) -> None:
        pairs = MultiDict(given).items(multi=True)
        super().__init__([(_kept(name), _kept(value)) for name, value in pairs])


class TypedRequest(Request):
    """A request whose address and form are read as `Typed`."""

    parameter_storage_class = Typed


def init_app(app: Flask) -> None:
    """Read every request so."""
    app.request_class = TypedRequest


def _kept(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value
