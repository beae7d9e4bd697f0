"""Events as the person changes them in Outlook."""

from typing import Any

from aiohttp import web

from sandbox.control.answers import asked, done, listed, made, mailbox
from sandbox.events import Event
from sandbox.graph.shapes import inside_view
from sandbox.mailbox import Mailbox
from sandbox.paper import WORLD

_EVENTS = "/sandbox/mailboxes/{upn}/events"


def routes() -> list[web.RouteDef]:
    """The addresses below a mailbox's events."""
    return [
        web.get(_EVENTS, listing),
        web.post(_EVENTS, create),
        web.patch(f"{_EVENTS}/{{id}}", change),
        web.delete(f"{_EVENTS}/{{id}}", delete),
        web.post(f"{_EVENTS}/{{id}}/copy", copy),
    ]


async def listing(request: web.Request) -> web.Response:
    """Masters, exceptions and single events of all calendars; with deleted=1 what was deleted."""
    box = mailbox(request)
    deleted = request.query.get("deleted", "0") not in ("", "0")
    return listed([inside_view(box, event) for event in box.listing(deleted=deleted)])


async def create(request: web.Request) -> web.Response:
    """A new event, in the default calendar unless calendarId says otherwise."""
    box, body = mailbox(request), await asked(request)
    calendar = body.pop("calendarId", None) or box.default_calendar.id
    event = box.create_event(calendar, body, now=request.app[WORLD].now())
    return made(inside_view(box, event))


async def change(request: web.Request) -> web.Response:
    """A changed event, and with calendarId a moved one, which has another default id then."""
    box, body = mailbox(request), await asked(request)
    event = _changed(box, request.match_info["id"], body, request)
    return web.json_response(inside_view(box, event))


def _changed(box: Mailbox, event_id: str, body: dict[str, Any], request: web.Request) -> Event:
    now = request.app[WORLD].now()
    calendar = body.pop("calendarId", None)
    event = box.event(event_id)
    if body:
        event = box.update_event(event_id, body, now=now)
    if calendar and calendar != event.calendar_id:
        event = box.move_event(event.immutable_id, calendar, now=now)
    return event


async def delete(request: web.Request) -> web.Response:
    """Into the bin."""
    mailbox(request).delete_event(request.match_info["id"], now=request.app[WORLD].now())
    return done()


async def copy(request: web.Request) -> web.Response:
    """A copy with all that was written on it, as Outlook makes when a person drags with Ctrl."""
    box, body = mailbox(request), await asked(request)
    event = box.copy_event(
        request.match_info["id"],
        now=request.app[WORLD].now(),
        calendar_id=body.get("calendarId"),
    )
    return made(inside_view(box, event))
