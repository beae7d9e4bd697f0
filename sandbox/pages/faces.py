"""One address, two faces: a page for a browser, JSON for a program."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.paper import wants_page

Answers = Callable[[web.Request], Awaitable[web.Response]]


def either(page: Answers, program: Answers) -> Answers:
    """Answer with the face that was asked for."""

    async def answer(request: web.Request) -> web.Response:
        return await (page if wants_page(request) else program)(request)

    return answer


def go(address: str) -> web.Response:
    """Send the browser on after a form."""
    return web.Response(status=303, headers={"Location": address})
