"""Linden Studio running beside its sandbox, new for every test."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.requirements.outlook import Outlook
from tests.requirements.people import Person
from tests.sandbox_process import ANNA, BEN, CARLA, Sandbox
from tests.support.chromium import window
from tests.support.servers import PanelServer


@pytest.fixture(scope="session")
def demo(sqlite_template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that `flask --app wsgi demo` makes."""
    folder = tmp_path_factory.mktemp("demo")
    sqlite_template.lay(folder)
    made = PanelServer(folder).flask("demo")
    assert made.returncode == 0, made.stderr
    file = folder / "bookings.sqlite"
    # All of it in the one file, which is copied.
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture
def panel(tmp_path: Path, demo: Path, sandbox: Sandbox) -> Iterator[PanelServer]:
    """The real panel with the demo studio, in which nobody has connected."""
    shutil.copy(demo, tmp_path / "bookings.sqlite")
    urls = {"LOGIN_URL": sandbox.url, "GRAPH_URL": sandbox.url}
    server = PanelServer(tmp_path, POLL_SECONDS="1", **urls)
    yield server.start()
    server.kill()


@pytest.fixture
def person(page: Page, panel: PanelServer) -> Person:
    """Somebody in front of a browser, not signed in."""
    return Person(page, panel.url)


@pytest.fixture
def anna(person: Person) -> Person:
    return person.sign_in("anna")


@pytest.fixture
def linked(anna: Person) -> Person:
    """Anna has connected, and all of her two weeks stand in her Outlook."""
    return anna.connect().until_up_to_date()


@pytest.fixture
def another(chromium: Browser, panel: PanelServer) -> Iterator[Person]:
    """Somebody else, in front of another browser."""
    context = window(chromium, locale="en-GB")
    yield Person(context.new_page(), panel.url)
    context.close()


@pytest.fixture
def plain(chromium: Browser, panel: PanelServer) -> Iterator[Person]:
    """Anna, in a browser that runs no scripts."""
    context = window(chromium, locale="en-GB", java_script_enabled=False)
    yield Person(context.new_page(), panel.url, scripts=False).sign_in("anna")
    context.close()


@pytest.fixture
def outlook(sandbox: Sandbox) -> Outlook:
    """Anna’s Outlook."""
    return Outlook(sandbox, ANNA)


@pytest.fixture
def bens_outlook(sandbox: Sandbox) -> Outlook:
    return Outlook(sandbox, BEN)


@pytest.fixture
def carlas_outlook(sandbox: Sandbox) -> Outlook:
    return Outlook(sandbox, CARLA)
