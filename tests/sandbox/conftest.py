"""Whoever speaks to the sandbox: an application, and programs that have signed in."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.sandbox_process import ANNA, BEN, Sandbox
from tests.sandbox_signin import Application


@pytest.fixture
def application(sandbox: Sandbox) -> Iterator[Application]:
    application = Application(sandbox.url)
    yield application
    application.browser.close()


class Graph:
    """One person's program, with an access token of its own."""

    def __init__(self, sandbox: Sandbox, upn: str) -> None:
        application = Application(sandbox.url)
        self.token = application.tokens(upn)["access_token"]
        application.browser.close()
        self.base = f"{sandbox.url}/v1.0"

    def __call__(self, method: str, path: str, json: Any = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, self.base + path, json=json, headers=headers, timeout=30)

    def create(self, subject: str = "Massage") -> requests.Response:
        at = {"timeZone": "UTC"}
        start, end = (
            at | {"dateTime": "2026-12-01T14:00:00"},
            at | {"dateTime": "2026-12-01T15:00:00"},
        )
        return self("POST", "/me/events", {"subject": subject, "start": start, "end": end})


@pytest.fixture
def anna(sandbox: Sandbox) -> Graph:
    return Graph(sandbox, ANNA)


@pytest.fixture
def ben(sandbox: Sandbox) -> Graph:
    return Graph(sandbox, BEN)
