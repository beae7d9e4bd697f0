"""Pages of the panel beside a bare Flask page, in the same run: over HTTP, and what each costs."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from flask import Flask

import config
from bench import bare
from bench.figures import percentile, show
from bench.person import Person
from bench.programs import panel, sandbox, served
from panel import create_app

AT_ONCE = 8
TURNS = 6
# Asked in one turn within this process, where no other program takes part in the time.
ALONE = 25
# Far too seldom to disturb a page.
POLL_SECONDS = 600
ANNAS = {
    "Today": "/panel/",
    "Calendar, a week": "/panel/calendar/",
    "Calendar, a month": "/panel/calendar/?view=month",
    "Appointments": "/panel/appointments/",
    "Events": "/panel/events/",
    "My Profile, connected": "/panel/profile/",
}
OWNERS = {
    "Overview": "/admin",
    "All appointments": "/admin/appointments/",
    "All events": "/admin/events/",
    "Customers": "/admin/customers/",
    "Employees": "/admin/employees/",
    "Services": "/admin/services/",
    "Journal": "/admin/journal/",
    "Logins": "/admin/settings/logins/",
}


@dataclass
class Page:
    """One page, who asks for it, the same application in this process, and what was measured.

    `taken` are seconds over HTTP, asked for `seconds`; `worked` are seconds of the processor.
    """

    url: str
    person: Person
    app: Flask
    taken: list[float] = field(default_factory=list)
    seconds: float = 0.0
    worked: list[float] = field(default_factory=list)

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self.person.http.cookies.get_dict())

    def over_http(self, seconds: float) -> None:
        """Ask as fast as the server answers."""
        self.taken += asyncio.run(load(self.url, self.cookies, seconds))
        self.seconds += seconds

    def alone(self) -> None:
        """Ask the application itself, one request after the other."""
        parts = urlsplit(self.url)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Host": parts.netloc}
        client = self.app.test_client(use_cookies=False)
        asked = client.get(f"{parts.path}?{parts.query}", headers=headers).request.environ
        for _ in range(ALONE):
            self.worked.append(_worked(self.app, dict(asked)))


def _worked(app: Flask, environ: dict[str, object]) -> float:
    began = time.process_time()
    answer = app(environ, lambda status, *_: _must_be_ok(status))
    b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return time.process_time() - began


def _must_be_ok(status: str) -> None:
    assert status.startswith("200"), status


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
        rows, folder = f"{name}/rows.sqlite", Path(name) / "panel"
        plain = served(f"bench.bare:create_app('{rows}')", Path(name), {}, "/healthz")
        same = bare.create_app(f"{name}/same.sqlite")
        own = panel(microsoft, poll_seconds=POLL_SECONDS, folder=folder)
        with plain as bare_url, own as url:
            nobody, anna, owner = Person(bare_url), Person(url), Person(url)
            nobody.get("/in")
            anna.sign_in("anna@panel.test")
            _connect(anna)
            owner.sign_in("owner@panel.test")
            ours = create_app(config.read({"DATA_DIR": str(folder), "PUBLIC_URL": url}))
            pages = {"bare Flask, 50 rows": Page(f"{bare_url}/", nobody, same)}
            pages |= {name: Page(url + path, anna, ours) for name, path in ANNAS.items()}
            pages |= {name: Page(url + path, owner, ours) for name, path in OWNERS.items()}
            return _turns(pages, seconds)


def _connect(anna: Person) -> None:
    anna.connect("anna@contoso.test")
    until = time.monotonic() + 60
    while "Up to date" not in anna.get("/panel/profile").text:
        if time.monotonic() > until:
            raise RuntimeError("The first import did not end in time.")
        time.sleep(0.2)


def _turns(pages: dict[str, Page], seconds: float) -> list[dict[str, object]]:
    for _ in range(TURNS):
        for page in pages.values():
            page.over_http(seconds / TURNS)
    # Apart, so that the load of the one does not make the other slower.
    for _ in range(TURNS + 1):
        for page in pages.values():
            page.alone()
    plain = next(iter(pages.values()))
    return [_row(name, page, plain) for name, page in pages.items()]


def _row(name: str, page: Page, plain: Page) -> dict[str, object]:
    served_in, bare_in = percentile(page.worked, 50), percentile(plain.worked, 50)
    a_second, bare_a_second = (len(one.taken) / one.seconds for one in (page, plain))
    return {
        "page": name,
        "requests/s": a_second,
        "of bare": a_second / bare_a_second,
        "p95 ms": percentile(page.taken, 95) * 1000,
        "processor ms": served_in * 1000,
        "of bare, by processor": bare_in / served_in,
        **_size(page),
    }


def _size(page: Page) -> dict[str, object]:
    """How much a page shows: table rows, list lines and fields; and how long it is."""
    text = page.person.get(page.url).text
    shown = text.count("<tr") + text.count("<li") + text.count('class="field"')
    return {"rows shown": shown, "KB": len(text.encode()) / 1000}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=4.0, help="over HTTP for each page")
    show("Pages", measure(asked.parse_args().seconds))
