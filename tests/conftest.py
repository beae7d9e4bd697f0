"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
import time_machine
from flask import Flask
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.house.source import HOUSE
from tests.sandbox_process import Sandbox, running
from tests.support import databases
from tests.support.applications import fresh
from tests.support.chromium import PATIENCE, QUIET, installed, window
from tests.support.servers import PanelServer
from tests.support.settings import settings
from tests.support.visitor import Visitor

# The same examples at every run, and no clock that a busy machine could miss.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.load_profile("steady")
expect.set_options(timeout=PATIENCE)

PROGRAMS = {"chromium", "panel_server", "run"}
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> databases.SqliteTemplate:
    return databases.SqliteTemplate(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql_address(tmp_path_factory) -> Iterator[str]:
    with databases.postgresql(WORKER, tmp_path_factory.mktemp("postgresql")) as address:
        yield address


@pytest.fixture(params=databases.KINDS)
def database_address(request, tmp_path: Path, sqlite_template) -> str:
    """An empty, up-to-date database; on each kind that this run knows."""
    if request.param == "sqlite":
        return sqlite_template.lay(tmp_path)
    address = request.getfixturevalue("postgresql_address")
    databases.empty(address)
    return str(address)


@pytest.fixture
def app(database_address: str, tmp_path: Path) -> Iterator[Flask]:
    """The panel over an empty database, with nothing running."""
    app = fresh(settings(tmp_path, DATABASE_URL=database_address))
    databases.share_statements(app)
    if database_address.startswith("postgresql"):
        databases.share_engine(app)
    yield app
    databases.release(app)


@pytest.fixture
def house(app: Flask) -> Iterator[Flask]:
    """The same panel with its application context open, for services and rows."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody without JavaScript, who looks hard at each page."""
    return Visitor(app)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at noon UTC on a Wednesday until the test moves it."""
    with time_machine.travel("2026-11-25T12:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def panel_server(tmp_path: Path, sqlite_template) -> Iterator[PanelServer]:
    """The real panel as a process of its own, not yet started; see PanelServer."""
    sqlite_template.lay(tmp_path)
    server = PanelServer(tmp_path)
    yield server
    server.kill()


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox) -> Sandbox:
    """The stand-in for Microsoft over real HTTP, as at its first start."""
    sandbox_process.reset()
    return sandbox_process


# For one file at a time: while Playwright runs, this thread has an event loop, and tests of
# other files want one of their own.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = next(iter(installed()), None)
    browser = playwright.chromium.launch(executable_path=path, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh window of a real Chromium. A script that fails there fails the test."""
    context = window(chromium, locale="en-GB", timezone_id="Europe/Berlin")
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert failed == []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs the browser, so that a machine without one can run the rest.

    Files that start programs come first, so that no core is left waiting for one at the end.
    """
    left_out = {item for item in items if drawn_alike(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    slow = {item.path for item in items if PROGRAMS & needs(item)}
    for item in items:
        if "chromium" in needs(item):
            item.add_marker("browser")
    items.sort(key=lambda item: item.path not in slow)


def drawn_alike(item: pytest.Item) -> bool:
    """Whether one database is enough for this test of a page.

    Pages reach the database through services alone, which are all tested on both. Of the
    tests of pages one in three goes to PostgreSQL too, by its name, so the same at every run.
    """
    page = item.path.is_relative_to(HOUSE / "tests" / "web") and "[postgresql" in item.name
    return page and crc32(item.nodeid.encode()) % 3 != 0


def needs(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))
