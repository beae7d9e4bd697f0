"""What goes out: pages from their templates, and Graph's answers as HTTP."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sandbox.graph.asks import Answer
from sandbox.people import TIME_ZONE
from sandbox.world import World
from sandbox.zones import zone

WORLD: web.AppKey[World] = web.AppKey("world", World)
STATIC = Path(__file__).parent / "static"
_HERE = zone(TIME_ZONE)
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = _clock
    return environment


def _clock(moment: datetime | str) -> str:
    """A time of day as it is where the demo people live."""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{known.astimezone(_HERE):%H:%M:%S}"


def wants_page(request: web.Request) -> bool:
    """Whether a person is looking: browsers ask for HTML by name, programs do not."""
    return "text/html" in request.headers.get("Accept", "")


def page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """A page from its template; `now` and `path` are there for every one."""
    now = request.app[WORLD].now().astimezone(_HERE)
    text = _environment().get_template(template).render(now=now, path=request.path, **context)
    return web.Response(
        text=text, status=status, content_type="text/html", charset="utf-8", headers=_HEADERS
    )


def respond(answer: Answer) -> web.Response:
    """Graph's answer as HTTP."""
    if answer.body is None:
        return web.Response(status=answer.status, headers=answer.headers)
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(body=text.encode(), status=answer.status, headers=answer.headers)
