"""The style sheet that says where a block stands: the strict policy allows no style attributes."""

from functools import cache

from aiohttp import web

_DAY = 24 * 60
_LANES = 6


@cache
def _sheet() -> str:
    steps = range(0, _DAY + 5, 5)
    rules = [f".at-{n}{{--at:{n}}}.for-{n}{{--for:{n}}}" for n in steps]
    rules += [f".from-{hour}{{--from:{hour * 60}}}" for hour in range(24)]
    rules += [f".hours-{hours}{{--hours:{hours}}}" for hours in range(25)]
    rules += [f".lane-{n}{{--lane:{n}}}.lanes-{n}{{--lanes:{n}}}" for n in range(_LANES + 1)]
    return "\n".join(rules)


async def places(request: web.Request) -> web.Response:
    """One class for every five minutes of a day, and for lanes side by side."""
    headers = {"Cache-Control": "max-age=3600"}
    return web.Response(text=_sheet(), content_type="text/css", headers=headers)
