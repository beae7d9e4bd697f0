"""Numbers for Prometheus, in its text format; only where a token is set, and only with it."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, request

from panel.services.metrics import Metric, gathered

pages = Blueprint("metrics", __name__)
TYPE = "text/plain; version=0.0.4; charset=utf-8"


@pages.get("/metrics")
def show() -> Response:
    """Answer 404 where metrics are off, 401 without the token."""
    token = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return _refused()
    found = gathered(now=current_app.extensions["panel"].now())
    text = "".join(f"{line}\n" for one in found for line in exposed(one))
    answer = Response(text, content_type=TYPE)
    answer.cache_control.no_store = True
    return answer


def _refused() -> Response:
    words = "Send the token as Authorization: Bearer TOKEN.\n"
    return Response(words, 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")


def exposed(metric: Metric) -> Iterator[str]:
    """Write one metric in the text format of Prometheus."""
    yield f"# HELP {metric.name} {metric.words}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for more, labels, value in metric.samples:
        named = ",".join(f'{name}="{word}"' for name, word in labels)
        yield f"{metric.name}{more}{f'{{{named}}}' if named else ''} {value:.15g}"
