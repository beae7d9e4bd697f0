"""A program that uses the API, in a small studio whose clock stands still."""

from contextvars import Context
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from panel.services import api_tokens
from tests.services.studio import NOON, OWNER, Studio

# A Thursday on which nobody is booked yet; the studio's clock stands at noon the day before.
TEN = "2026-11-26T10:00:00+01:00"
LEA = {"name": "Lea Roth", "email": "lea@example.test", "phone": "+49 30 1234"}


class Program:
    """Asks with its token, or with none."""

    def __init__(self, app: Flask, token: str = "") -> None:
        self.app = app
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, *, headers: Any = None, **how: Any) -> TestResponse:
        """Send one request to an address below /api/v1, or to a whole one."""
        # An empty context, so that the test's own is not taken for the request's.
        where = path if path.startswith(("http:", "/api")) else f"/api/v1{path}"
        every = {**self.headers, **(headers or {})}
        client = self.app.test_client()
        return Context().run(client.open, where, method=method, headers=every, **how)

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.ask("GET", path, query_string=query or None)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.ask("POST", path, json=body, headers=_named(headers))

    def patch(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.ask("PATCH", path, json=body, headers=_named(headers))

    def delete(self, path: str, **headers: str) -> TestResponse:
        return self.ask("DELETE", path, headers=_named(headers))


class Site(Program):
    """The web site of the studio: it holds a token, and books sports massages."""

    def __init__(self, app: Flask, studio: Studio) -> None:
        super().__init__(app, api_tokens.make("Web site", by=OWNER, now=NOON))
        self.studio = studio

    def wish(self, **given: Any) -> dict[str, Any]:
        """Return what to send for an appointment of Lea's with Anna."""
        usual = {"service_id": self.studio.massage.id, "employee_id": self.studio.anna.id}
        return {**usual, "starts_at": TEN, "customer": LEA, **given}

    def book(self, *, key: str = "", **given: Any) -> TestResponse:
        headers = {"idempotency_key": key} if key else {}
        return self.post("/appointments", self.wish(**given), **headers)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
