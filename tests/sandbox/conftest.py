"""One sandbox for all tests of this folder, as on its first day for each of them."""

from collections.abc import Iterator

import pytest

from tests.sandbox_process import Sandbox, running
from tests.sandbox_signin import Application


@pytest.fixture(scope="session")
def sandbox_running() -> Iterator[Sandbox]:
    with running("--smtp-port", "0") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_running: Sandbox) -> Sandbox:
    sandbox_running.reset()
    return sandbox_running


@pytest.fixture
def application(sandbox: Sandbox) -> Iterator[Application]:
    application = Application(sandbox.url)
    yield application
    application.browser.close()
