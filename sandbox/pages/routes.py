"""The addresses of the sandbox's pages."""

from aiohttp import web


def routes() -> list[web.RouteDef]:
    """Every page."""
    return []
