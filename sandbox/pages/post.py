"""Mail: what Panel sent, and what Exchange would have sent."""

from aiohttp import web

from sandbox.paper import WORLD, page

# A stranger's markup: its own styles are let in, and nothing else.
_ALONE = {
    "Content-Security-Policy": (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


async def show(request: web.Request) -> web.Response:
    """Both kinds, the newest first."""
    world = request.app[WORLD]
    sent = list(enumerate(world.mail))[::-1]
    return page(request, "mail.html", sent=sent, exchange=world.outbox()[::-1])


async def letter(request: web.Request) -> web.Response:
    """The HTML of one mail that Panel sent, as a mail program shows it: no script, no picture."""
    number, mails = int(request.match_info["number"]), request.app[WORLD].mail
    if number >= len(mails):
        raise web.HTTPNotFound
    text = '<!doctype html><base target="_blank">' + mails[number]["html"]
    return web.Response(text=text, content_type="text/html", charset="utf-8", headers=_ALONE)
