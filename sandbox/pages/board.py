"""Clock, reset, people and subscriptions: what concerns the sandbox as a whole."""

from datetime import timedelta

from aiohttp import web

from sandbox.control.answers import mailbox
from sandbox.control.mailboxes import REASONS
from sandbox.control.switches import LIFECYCLE
from sandbox.errors import GraphError
from sandbox.pages.faces import go
from sandbox.pages.mailbox import address
from sandbox.paper import WORLD, page
from sandbox.people import KINDS, Person
from sandbox.seed import fill

_HERE = "/sandbox/clock"


async def show(request: web.Request) -> web.Response:
    """The page."""
    world = request.app[WORLD]
    return page(
        request,
        "clock.html",
        offset=world.offset,
        hours=f"{world.offset.total_seconds() / 3600:g}",
        subscriptions=world.subscriptions(),
        events=LIFECYCLE,
        kinds=KINDS,
        mailboxes=list(world.mailboxes.values()),
    )


async def set_clock(request: web.Request) -> web.Response:
    """Set the clock ahead or back by whole or half hours; `add` counts from where it stands."""
    form, world = await request.post(), request.app[WORLD]
    try:
        if "add" in form:
            world.offset += timedelta(hours=float(str(form["add"])))
        else:
            world.offset = timedelta(hours=float(str(form.get("hours") or 0)))
    except (ValueError, OverflowError) as wrong:
        raise GraphError(400, "BadRequest", "The clock moves by a number of hours.") from wrong
    return go(_HERE)


async def reset(request: web.Request) -> web.Response:
    """Everything as on the first day."""
    await request.app[WORLD].reset()
    return go("/sandbox/")


async def add_person(request: web.Request) -> web.Response:
    """Another person with three calendars."""
    form, world = await request.post(), request.app[WORLD]
    upn, kind = str(form.get("upn", "")).strip().lower(), str(form.get("kind", "work"))
    if "@" not in upn or upn in world.mailboxes or kind not in KINDS:
        raise GraphError(400, "BadRequest", "That address is taken, or it is not an address.")
    box = Person(upn, str(form.get("name", "")).strip() or upn, kind).mailbox()
    fill(box, now=world.now())
    world.settle(box)
    return go(address(box))


async def end_access(request: web.Request) -> web.Response:
    """Make the next refresh of one person's tokens fail, or their delta links."""
    box, form = mailbox(request), await request.post()
    if form.get("do") == "expire":
        box.expire_delta()
    elif form.get("why") in REASONS:
        request.app[WORLD].grants.revoke(box.upn, str(form["why"]))
    return go(address(box))


async def lifecycle(request: web.Request) -> web.Response:
    """Send one lifecycle notification."""
    form, world = await request.post(), request.app[WORLD]
    subscription = world.courier.find(str(form.get("id", "")))
    if subscription is not None and form.get("event") in LIFECYCLE:
        await world.courier.lifecycle(subscription, str(form["event"]))
    return go(_HERE)
