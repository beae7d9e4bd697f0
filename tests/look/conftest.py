"""The gallery, served for real, and a Chromium to look at it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.look.gallery import create_gallery
from tests.support.chromium import window

HERE = Path(__file__).parent


class Quiet(WSGIRequestHandler):
    """A server that does not tell of every request."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """The address of the gallery."""
    server = make_server("127.0.0.1", 0, create_gallery(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def look(chromium: Browser, gallery: str) -> Callable[..., Page]:
    """Open a page at a width and in a theme; whatever the browser complains of fails the test."""

    @contextmanager
    def open_page(path: str, width: int = 1280, theme: str = "light", **more) -> Iterator[Page]:
        size = {"width": width, "height": 900}
        context = window(chromium, viewport=size, reduced_motion="reduce", **more)
        page, complaints = context.new_page(), []
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        mark = "&" if "?" in path else "?"
        page.goto(f"{gallery}/{path}{mark}theme={theme}")
        yield page
        context.close()
        assert complaints == []

    return open_page


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, as a script to run in a page."""
    return (HERE / "vendor" / "axe.min.js").read_text("utf-8")
