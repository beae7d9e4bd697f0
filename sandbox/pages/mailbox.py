"""The mailbox page: one person's week, and what else a tester wants at hand."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web

from sandbox.control.answers import mailbox
from sandbox.control.mailboxes import REASONS
from sandbox.mailbox import Mailbox
from sandbox.pages import blocks, presets
from sandbox.pages.faces import go
from sandbox.paper import WORLD, page
from sandbox.zones import zone

REASON_WORDS = {
    "consent": "takes the permission away",
    "sessions": "is signed out everywhere",
    "inactive": "was away for 90 days",
    "mfa": "must prove who it is again",
    "disabled": "is disabled",
}


def address(box: Mailbox, **query: str) -> str:
    """Where a mailbox's page is."""
    return f"/sandbox/mailboxes/{quote(box.upn)}{'?' + urlencode(query) if query else ''}"


async def first(request: web.Request) -> web.Response:
    """The sandbox's front page is the first person's week."""
    return go(address(next(iter(request.app[WORLD].mailboxes.values()))))


async def show(request: web.Request) -> web.Response:
    """One person's week."""
    world, box = request.app[WORLD], mailbox(request)
    here = zone(box.time_zone)
    today = world.now().astimezone(here)
    monday = _monday(request.query.get("week", ""), today.date())
    shown = _shown(request, box)
    days = blocks.week(box, monday, shown, here)
    return page(
        request,
        "mailbox.html",
        title=f"{box.display_name}, {_span(monday)}",
        box=box,
        mailboxes=list(world.mailboxes.values())[:40],
        address=address,
        shown=shown,
        days=days,
        hours=blocks.hours(days),
        zone=here,
        today=today,
        weeks=_weeks(box, monday, request),
        reasons={reason: REASON_WORDS[reason] for reason in REASONS},
        presets={name: words for name, (words, _) in presets.PRESETS.items()},
        ticked=presets.ticked(world.faults),
        recent=list(world.log.entries)[-1:-8:-1],
    )


async def pulse(request: web.Request) -> web.Response:
    """The number of the last change: the page looks whether it is still the one it shows."""
    return web.json_response({"number": mailbox(request).number})


def _monday(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        day = today
    # On Saturday and Sunday the week to come is the one of interest.
    if not text and day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    return day - timedelta(days=day.weekday())


def _span(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    month = "" if monday.month == sunday.month else f"{monday: %b}"
    return f"{monday.day}{month} to {sunday.day} {sunday:%b}"


def _shown(request: web.Request, box: Mailbox) -> list[str]:
    wanted = request.query.getall("calendar", [])
    chosen = [name for name in box.calendars if name in wanted]
    if "choose" in request.query:
        return chosen
    return [name for name, calendar in box.calendars.items() if calendar.can_edit]


def _weeks(box: Mailbox, monday: date, request: web.Request) -> dict[str, Any]:
    kept = [(name, value) for name, value in request.query.items() if name in _KEPT]
    week = timedelta(days=7)
    around = {"before": monday - week, "after": monday + week, "this": monday}
    return {
        name: f"{address(box)}?{urlencode([('week', day.isoformat()), *kept])}"
        for name, day in around.items()
    }


_KEPT = ("calendar", "choose")
