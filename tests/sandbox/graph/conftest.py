"""Anna, her mailbox, and Graph's door without HTTP."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest

from sandbox.graph.door import Answer, Ask, answer
from sandbox.graph.notify import Courier
from sandbox.mailbox import Mailbox

BASE = "http://127.0.0.1:8001"
EVERYTHING = frozenset(
    {"User.Read", "Calendars.ReadWrite", "MailboxSettings.ReadWrite", "openid", "profile"}
)
IMMUTABLE = {"Prefer": 'IdType="ImmutableId"'}


@dataclass
class World:
    """As much of a world as Graph needs: clock, quirks, mailboxes, courier."""

    base_url: str = BASE
    clock: datetime = datetime(2026, 9, 1, 8, tzinfo=UTC)
    quirks: dict[str, Any] = field(default_factory=dict)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.courier = Courier(self)

    def now(self) -> datetime:
        return self.clock

    def wait(self, **span: float) -> None:
        self.clock += timedelta(**span)

    def person(self, upn: str, name: str, kind: str = "work") -> Mailbox:
        mailbox = Mailbox(upn, name, kind=kind, tenant_id=f"tenant-{kind}", object_id=f"oid-{upn}")
        mailbox.create_calendar("Calendar", is_default=True)
        mailbox.listener = self.courier.heard
        self.mailboxes[upn] = mailbox
        return mailbox


class Client:
    """One person's program."""

    def __init__(self, world: World, mailbox: Mailbox) -> None:
        self.world, self.mailbox = world, mailbox
        self.scopes = EVERYTHING

    def ask(self, method: str, url: str, body: Any = None, **headers: str) -> Ask:
        path, _, query = url.removeprefix(f"{BASE}/v1.0").partition("?")
        pairs = parse_qsl(query, keep_blank_values=True)
        return Ask(method, path, pairs, headers, body, self.mailbox, self.scopes, self.world)

    def send(self, method: str, url: str, body: Any = None, **headers: str) -> Answer:
        return asyncio.run(answer(self.ask(method, url, body, **headers)))

    def get(self, url: str, **headers: str) -> Any:
        reply = self.send("GET", url, **headers)
        assert reply.status == 200, reply.body
        return reply.body

    def post(self, url: str, body: Any, **headers: str) -> Any:
        reply = self.send("POST", url, body, **headers)
        assert reply.status < 300, reply.body
        return reply.body

    def patch(self, url: str, body: Any, **headers: str) -> Any:
        reply = self.send("PATCH", url, body, **headers)
        assert reply.status == 200, reply.body
        return reply.body

    def delete(self, url: str, **headers: str) -> int:
        return self.send("DELETE", url, **headers).status

    def refused(self, method: str, url: str, body: Any = None, **headers: str) -> tuple[int, str]:
        reply = self.send(method, url, body, **headers)
        return reply.status, reply.body["error"]["code"]

    def round(self, url: str, **headers: str) -> tuple[list[dict[str, Any]], str]:
        """All pages of a delta round, and the link to the next round."""
        items: list[dict[str, Any]] = []
        while True:
            page = self.get(url, **headers)
            items += page["value"]
            if "@odata.deltaLink" in page:
                return items, page["@odata.deltaLink"]
            url = page["@odata.nextLink"]

    def pages(self, url: str, **headers: str) -> list[dict[str, Any]]:
        """All items of a list that goes over several pages."""
        items: list[dict[str, Any]] = []
        while url:
            page = self.get(url, **headers)
            items += page["value"]
            url = page.get("@odata.nextLink", "")
        return items


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def anna(world: World) -> Client:
    return Client(world, world.person("anna@contoso.test", "Anna Berg"))


def seg(text: str) -> str:
    """An id as a path segment."""
    return quote(text, safe="")
