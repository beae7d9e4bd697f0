"""Every refusal as a page. The only place that knows status codes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from types import TracebackType
from typing import Any

from flask import Flask, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from panel.domain.errors import (
    AlreadyChanged,
    NotAllowed,
    NotThere,
    PanelError,
    RuleBroken,
    TooOften,
)
from panel.web.addresses import back, came_from
from panel.web.drawn import Parts
from panel.web.frame import in_back_end
from panel.web.security import SEND_AGAIN
from panel.web.session import someone

Called = Callable[..., Any]
Fault = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
STATUS: dict[type[PanelError], int] = {
    NotThere: 404,
    NotAllowed: 403,
    RuleBroken: 400,
    AlreadyChanged: 409,
    TooOften: 429,
}
TITLES = {
    403: "Not for this login",
    404: "Nothing is here",
    405: "This page cannot do that",
    409: "Changed meanwhile",
    413: "That is too much at once",
    500: "Something went wrong here",
    429: "A little patience",
}
SENTENCES = {
    403: "Your login may not open this page.",
    404: "The address may be mistyped, or what stood here has been removed.",
    405: "Nothing was changed. Go back and use the buttons of the page.",
    413: "What you sent is larger than 4 MB. Nothing was saved. Send less at once.",
}

BROKEN = (
    "Your change was not saved. Nothing was sent to Outlook or to a customer. "
    "Go back and try once more."
)


class Discreet(Flask):
    """An application whose log holds no address: some of them are keys that open a door."""

    jinja_environment = Parts

    def ensure_sync(self, func: Called) -> Called:
        """Return it as it is: nothing here is a coroutine, which Flask asks ten times a page."""
        return func

    def log_exception(self, exc_info: Fault) -> None:
        """Write down where a fault happened, and its traceback."""
        self.logger.error("Exception at %s %s", request.method, place(), exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Answer every error with a page that says what to do."""
    app.register_error_handler(PanelError, show)
    app.register_error_handler(CSRFError, send_again)
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(500, broken)


def status_of(error: PanelError) -> int:
    """Return the HTTP status of a refusal; a kind that is not named counts as its parent."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


def show(error: PanelError) -> ResponseReturnValue:
    """Show a refusal in its own words."""
    return _page(status_of(error), str(error))


def send_again(_error: CSRFError) -> ResponseReturnValue:
    """Lead back to the page whose button was pressed too late; nothing has happened."""
    flash(SEND_AGAIN, "late")
    return redirect(back(), 303)


def show_http(error: HTTPException) -> ResponseReturnValue:
    """Show what the server itself refuses, without its technical words."""
    code = error.code or 500
    if code < 400:
        return error
    return _page(code, SENTENCES.get(code, "Nothing was changed. Go back and try once more."))


def broken(error: HTTPException) -> ResponseReturnValue:
    """Give a fault nobody foresaw a number, under which the log tells what it was."""
    number = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    current_app.logger.error("Fault %s at %s %s", number, request.method, place())
    return _page(500, BROKEN, number=number)


def place() -> str:
    """Return the rule of the address that is asked for: the address itself may hold a key."""
    return request.url_rule.rule if request.url_rule else "an unknown address"


def _page(code: int, words: str, number: str = "") -> ResponseReturnValue:
    title = TITLES.get(code, "That did not work")
    return (
        render_template(_template(), title=title, words=words, back=came_from(), number=number),
        code,
    )


def _template() -> str:
    if "standing" not in g or someone() is None:
        return "errors/sorry.html"
    return "errors/sorry_backend.html" if in_back_end() else "errors/sorry_panel.html"
