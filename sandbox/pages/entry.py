"""One entry of a calendar: written, changed, copied and deleted by a form, as in Outlook."""

from datetime import date

from aiohttp import web

from sandbox.control.answers import mailbox
from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.mailbox import Mailbox
from sandbox.pages.blocks import by_panel
from sandbox.pages.entryform import REPEATS, SHOWS, Fields, changes
from sandbox.pages.faces import go
from sandbox.pages.mailbox import address
from sandbox.paper import WORLD, page
from sandbox.zones import zone


async def new(request: web.Request) -> web.Response:
    """An empty form, on the day and at the hour that were clicked."""
    box, query = mailbox(request), request.query
    today = request.app[WORLD].now().astimezone(zone(box.time_zone)).date()
    day, hour = query.get("day", today.isoformat()), int(query.get("hour", "14"))
    fields = Fields(
        calendar=box.default_calendar.id,
        day=day,
        last_day=day,
        at=f"{hour % 24:02}:00",
        until=f"{min(hour + 1, 23):02}:{'00' if hour < 23 else '30'}",
    )
    return _show(request, box, fields)


async def create(request: web.Request) -> web.Response:
    """Write a new entry."""
    box, fields = mailbox(request), Fields.typed(await request.post())
    try:
        body = fields.body(box)
        box.create_event(fields.calendar, body, now=request.app[WORLD].now())
    except (GraphError, ValueError) as wrong:
        return _show(request, box, fields, problem=str(wrong))
    return go(_week(box, fields.day))


async def edit(request: web.Request) -> web.Response:
    """The form of an entry."""
    box = mailbox(request)
    event = box.event(request.match_info["id"])
    return _show(request, box, Fields.of(event, box), event=event)


async def change(request: web.Request) -> web.Response:
    """Save, copy or delete, by the button that was pressed."""
    box, form = mailbox(request), await request.post()
    event = box.event(request.match_info["id"])
    now, day = request.app[WORLD].now(), event.start.date().isoformat()
    if form.get("do") == "delete":
        box.delete_event(event.id, now=now)
        return go(_week(box, day))
    if form.get("do") == "copy":
        box.copy_event(event.id, now=now)
        return go(_week(box, day))
    fields = Fields.typed(form)
    try:
        _save(request, box, event, fields)
    except (GraphError, ValueError) as wrong:
        return _show(request, box, fields, event=event, problem=str(wrong))
    return go(_week(box, fields.day))


def _save(request: web.Request, box: Mailbox, event: Event, fields: Fields) -> None:
    now = request.app[WORLD].now()
    told = changes(Fields.of(event, box), fields, box)
    if told:
        event = box.update_event(event.id, told, now=now)
    if fields.calendar and fields.calendar != event.calendar_id and not event.day:
        box.move_event(event.id, fields.calendar, now=now)


def _week(box: Mailbox, day: str) -> str:
    return address(box, week=date.fromisoformat(day).isoformat())


def _show(
    request: web.Request,
    box: Mailbox,
    fields: Fields,
    *,
    event: Event | None = None,
    problem: str = "",
) -> web.Response:
    return page(
        request,
        "entry.html",
        status=400 if problem else 200,
        box=box,
        fields=fields,
        event=event,
        problem=problem,
        shows=SHOWS,
        repeats=REPEATS,
        back=_week(box, fields.day) if _is_day(fields.day) else address(box),
        series=address(box) + f"/entry/{event.master_id()}" if event and event.day else "",
        panels=by_panel(event) if event else False,
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
