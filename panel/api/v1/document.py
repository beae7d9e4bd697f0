"""The OpenAPI document, made from the views themselves."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from panel.api.v1 import describing

document = Blueprint("v1_document", __name__)
ABOUT = """\
Book appointments from a site or a script. What customers see is open to all; everything else
asks for a token, which the owner makes in Settings, API, or with `flask --app wsgi api-token
NAME`. Every refusal is a problem by RFC 9457 with a sentence and a `code`.
"""


@document.get("/openapi.json")
def show() -> ResponseReturnValue:
    """Give the document, which is put together once in each process."""
    known: dict[str, Any] = current_app.extensions.setdefault("openapi", {})
    if not known:
        known.update(written())
    return known


def written() -> dict[str, Any]:
    """Put the document together from all views that describe themselves."""
    spec = APISpec(
        title="Panel",
        version="1",
        openapi_version="3.1.0",
        info={"description": ABOUT},
        servers=[{"url": "/"}],
        security=[{"token": []}],
        plugins=[MarshmallowPlugin()],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for name, problem in describing.problems().items():
        spec.components.response(name, problem)
    for rule in current_app.url_map.iter_rules():
        view = current_app.view_functions[rule.endpoint]
        if hasattr(view, "operation"):
            operation = describing.operation(rule, view, view.operation)
            spec.path(describing.path(rule), operations=operation)
    return spec.to_dict()
