"""Calendars as the person changes them in Outlook."""

from typing import Any

from aiohttp import web

from sandbox.calendars import Calendar
from sandbox.control.answers import asked, done, listed, made, mailbox
from sandbox.paper import WORLD

_CALENDARS = "/sandbox/mailboxes/{upn}/calendars"


def routes() -> list[web.RouteDef]:
    """The addresses below a mailbox's calendars."""
    return [
        web.get(_CALENDARS, listing),
        web.post(_CALENDARS, create),
        web.patch(f"{_CALENDARS}/{{id}}", change),
        web.delete(f"{_CALENDARS}/{{id}}", delete),
    ]


def shown(calendar: Calendar) -> dict[str, Any]:
    """A calendar as the control API gives it."""
    return {
        "id": calendar.id,
        "name": calendar.name,
        "canEdit": calendar.can_edit,
        "isDefaultCalendar": calendar.is_default,
        "shareWith": calendar.shared_with,
    }


async def listing(request: web.Request) -> web.Response:
    """All calendars, the default one first."""
    return listed([shown(calendar) for calendar in mailbox(request).calendars.values()])


async def create(request: web.Request) -> web.Response:
    """A new calendar."""
    box, body = mailbox(request), await asked(request)
    calendar = box.create_calendar(
        str(body.get("name") or "Calendar"), can_edit=bool(body.get("canEdit", True))
    )
    if body.get("shareWith"):
        box.update_calendar(calendar.id, {"shareWith": body["shareWith"]})
    return made(shown(calendar))


async def change(request: web.Request) -> web.Response:
    """Another name, other rights, other people it is shared with."""
    box, body = mailbox(request), await asked(request)
    return web.json_response(shown(box.update_calendar(request.match_info["id"], body)))


async def delete(request: web.Request) -> web.Response:
    """Gone, with everything in it."""
    mailbox(request).delete_calendar(request.match_info["id"], now=request.app[WORLD].now())
    return done()
