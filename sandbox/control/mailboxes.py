"""People: another one, and what an administrator or time does to those there are."""

from typing import Any

from aiohttp import web

from sandbox.control.answers import asked, done, listed, made, mailbox
from sandbox.errors import GraphError
from sandbox.mailbox import Mailbox
from sandbox.paper import WORLD
from sandbox.people import KINDS, Person
from sandbox.seed import calendars, scatter

REASONS = ("consent", "sessions", "inactive", "mfa", "disabled")


def routes() -> list[web.RouteDef]:
    """The addresses of mailboxes."""
    one = "/sandbox/mailboxes/{upn}"
    return [
        web.get("/sandbox/mailboxes", listing),
        web.post("/sandbox/mailboxes", create),
        web.post(f"{one}/revoke", revoke),
        web.post(f"{one}/expire-delta", expire_delta),
    ]


def shown(box: Mailbox) -> dict[str, Any]:
    """A mailbox as the control API gives it."""
    return {
        "upn": box.upn,
        "displayName": box.display_name,
        "kind": box.kind,
        "tenantId": box.tenant_id,
        "objectId": box.object_id,
    }


async def listing(request: web.Request) -> web.Response:
    """Everybody."""
    return listed([shown(box) for box in request.app[WORLD].mailboxes.values()])


async def create(request: web.Request) -> web.Response:
    """Another person, with `events` entries of an hour each on coming work days."""
    world, body = request.app[WORLD], await asked(request)
    upn = str(body.get("upn", "")).strip().lower()
    kind = body.get("kind", "work")
    if "@" not in upn or kind not in KINDS:
        raise GraphError(400, "BadRequest", f"A mailbox has a upn and a kind of {KINDS}.")
    if upn in world.mailboxes:
        raise GraphError(409, "Conflict", f"There is a {upn} already.")
    box = Person(upn, str(body.get("displayName") or upn), kind).mailbox()
    calendars(box)
    scatter(box, int(body.get("events", 0)), now=world.now())
    world.settle(box)
    return made(shown(box))


async def revoke(request: web.Request) -> web.Response:
    """From now on refreshing fails for the reason given, until the person signs in again."""
    box, body = mailbox(request), await asked(request)
    why = body.get("why", "consent")
    if why not in REASONS:
        raise GraphError(400, "BadRequest", f"A reason is one of {', '.join(REASONS)}.")
    request.app[WORLD].grants.revoke(box.upn, why)
    return done()


async def expire_delta(request: web.Request) -> web.Response:
    """All delta links of the mailbox answer 410 from now on."""
    mailbox(request).expire_delta()
    return done()
