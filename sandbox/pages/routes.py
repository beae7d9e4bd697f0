"""The addresses of the sandbox's pages; those that are also control calls have both faces."""

from aiohttp import web

from sandbox.control import switches
from sandbox.pages import board, entry, logbook, mailbox, post, trouble
from sandbox.pages.faces import either
from sandbox.pages.places import places


def routes() -> list[web.RouteDef]:
    """Every page."""
    one = "/sandbox/mailboxes/{upn}"
    return [
        web.get("/", mailbox.first),
        web.get("/sandbox", mailbox.first),
        web.get("/sandbox/", mailbox.first),
        web.get("/sandbox/places.css", places),
        web.get(one, mailbox.show),
        web.get(f"{one}/pulse", mailbox.pulse),
        web.post(f"{one}/access", board.end_access),
        web.get(f"{one}/entry", entry.new),
        web.post(f"{one}/entry", entry.create),
        web.get(f"{one}/entry/{{id}}", entry.edit),
        web.post(f"{one}/entry/{{id}}", entry.change),
        web.get("/sandbox/mail", either(post.show, switches.mail)),
        web.get(r"/sandbox/mail/{number:\d{1,9}}.html", post.letter),
        web.get("/sandbox/outbox", either(post.show, switches.outbox)),
        web.get("/sandbox/requests", either(logbook.show, switches.requests)),
        web.get("/sandbox/faults", either(trouble.show, switches.faults)),
        web.get("/sandbox/quirks", either(trouble.show, switches.show_quirks)),
        web.post("/sandbox/faults", trouble.set_faults),
        web.post("/sandbox/presets", trouble.set_presets),
        web.post("/sandbox/quirks", trouble.set_quirks),
        web.post("/sandbox/latency", trouble.set_latency),
        web.get("/sandbox/clock", board.show),
        web.post("/sandbox/clock", board.set_clock),
        web.post("/sandbox/people", board.add_person),
        web.post("/sandbox/lifecycle", board.lifecycle),
        web.post("/sandbox/reset", either(board.reset, switches.reset)),
    ]
