"""Where Microsoft tells that something has changed in a calendar.

Open to all, for Microsoft shows no more than the address and a secret in each item. The
answer never depends on whether the address is known, and comes before anything is read.
"""

from __future__ import annotations

import json
from typing import Any, cast

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, RequestEntityTooLarge

from panel.services import notices
from panel.services.notices import Notice
from panel.services.outside import Outside

MOST_BYTES, MOST_ITEMS = 256 * 1024, 1000

pages = Blueprint("notifications", __name__, url_prefix="/outlook/notifications")


@pages.post("/<key>")
def take(key: str) -> ResponseReturnValue:
    """Echo Microsoft's token while we wait for it to ask; else take in what it tells."""
    outside = cast(Outside, current_app.extensions["panel"].outside)
    token = request.args.get("validationToken")
    if token is not None:
        if not notices.awaits_echo(key, now=outside.now()):
            raise NotFound
        return plain(token, 200)
    notices.take_in(key, read(), outside=outside)
    return plain("", 202)


@pages.errorhandler(HTTPException)
def refuse(error: HTTPException) -> Response:
    """Say no more than the status: nobody reads a page here."""
    return plain("", error.code or 500)


def read() -> list[Notice]:
    """What was sent. Raises RequestEntityTooLarge, BadRequest."""
    request.max_content_length = MOST_BYTES
    try:
        told = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise BadRequest from None
    items = told.get("value") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise BadRequest
    if len(items) > MOST_ITEMS:
        raise RequestEntityTooLarge
    return [notice(one) for one in items if isinstance(one, dict)]


def notice(item: dict[str, Any]) -> Notice:
    """What one item says, as far as it is text."""
    words = (item.get(name) for name in ("subscriptionId", "clientState", "lifecycleEvent"))
    return Notice(*(word if isinstance(word, str) else "" for word in words))


def plain(text: str, status: int) -> Response:
    """Answer with text, which nobody may take for a page."""
    return Response(
        text, status, mimetype="text/plain", headers={"X-Content-Type-Options": "nosniff"}
    )
