"""The request log, to be read."""

from aiohttp import web

from sandbox.paper import WORLD, page
from sandbox.requestlog import Entry

_SHOWN = 200


async def show(request: web.Request) -> web.Response:
    """The newest requests, of one mailbox or with one word if asked."""
    world, query = request.app[WORLD], request.query
    box, word = query.get("mailbox", ""), query.get("word", "").strip()
    found = [entry for entry in reversed(world.log.entries) if _fits(entry, box, word)]
    return page(
        request,
        "requests.html",
        entries=found[:_SHOWN],
        count=len(found),
        mailboxes=list(world.mailboxes)[:40],
        chosen=box,
        word=word,
        last=world.log.last,
    )


def _fits(entry: Entry, mailbox: str, word: str) -> bool:
    if mailbox and entry.mailbox != mailbox:
        return False
    line = f"{entry.method} {entry.path} {entry.query} {entry.status} {entry.fault or ''}"
    return word.lower() in line.lower()
