"""Pages of the panel, requests a second and p95, beside a bare Flask page in the same run."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import aiohttp

from bench.figures import percentile, show
from bench.person import Person
from bench.programs import panel, sandbox, served

AT_ONCE = 8


async def load(url: str, cookies: dict[str, str], seconds: float) -> list[float]:
    """Ask as fast as it answers, eight at a time; give the seconds that each answer took."""
    taken: list[float] = []
    until = time.monotonic() + seconds

    async def ask(http: aiohttp.ClientSession) -> None:
        while time.monotonic() < until:
            began = time.monotonic()
            async with http.get(url, allow_redirects=False) as answer:
                assert answer.status == 200, answer.status
                await answer.read()
            taken.append(time.monotonic() - began)

    async with aiohttp.ClientSession(
        cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)
    ) as http:
        await asyncio.gather(*[ask(http) for _ in range(AT_ONCE)])
    return taken


def measure(seconds: float) -> list[dict[str, object]]:
    """Measure all pages in turns, so that a noisy machine disturbs them alike."""
    with tempfile.TemporaryDirectory() as name, sandbox() as microsoft:
        rows = f"bench.bare:create_app('{name}/rows.sqlite')"
        bare = served(rows, Path(name), {}, "/healthz")
        with bare as bare_url, panel(microsoft) as url:
            anna, owner, nobody = Person(url), Person(url), Person(bare_url)
            anna.sign_in("anna@panel.test")
            owner.sign_in("owner@panel.test")
            nobody.get("/in")
            pages = {
                "bare Flask, 50 rows": (f"{bare_url}/", nobody),
                "My Profile": (f"{url}/panel/profile", anna),
                "Today": (f"{url}/panel/", anna),
                "Appointments": (f"{url}/panel/appointments", anna),
                "Calendar, a week": (f"{url}/panel/calendar", anna),
                "Back end, Appointments": (f"{url}/admin/appointments", owner),
                "Back end, Overview": (f"{url}/admin", owner),
            }
            return _turns(pages, seconds)


def _turns(pages: dict[str, tuple[str, Person]], seconds: float) -> list[dict[str, object]]:
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(3):
        for name, (url, person) in pages.items():
            cookies = person.http.cookies.get_dict()
            taken[name] += asyncio.run(load(url, cookies, seconds / 3))
    first = next(iter(pages))
    return [
        {
            "page": name,
            "requests/s": len(took) / seconds,
            "p95 ms": percentile(took, 95) * 1000,
            "of bare": len(took) / len(taken[first]),
            **_size(*pages[name]),
        }
        for name, took in taken.items()
    ]


def _size(url: str, person: Person) -> dict[str, object]:
    """How much a page shows: table rows, list lines and fields; and how long it is."""
    text = person.get(url).text
    shown = text.count("<tr") + text.count("<li") + text.count('class="field"')
    return {"rows shown": shown, "KB": len(text.encode()) / 1000}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=9.0, help="for each page")
    show("Pages", measure(asked.parse_args().seconds))
