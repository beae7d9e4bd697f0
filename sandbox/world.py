"""The world of the sandbox: everything it knows, in one place, changed by one loop."""

import random
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox import quirks
from sandbox.archive import Archive
from sandbox.faults import Fault, Faults
from sandbox.graph.notify import Courier
from sandbox.identity.grants import Grants
from sandbox.identity.keys import SigningKey
from sandbox.mailbox import Mailbox
from sandbox.people import DEMO
from sandbox.requestlog import RequestLog
from sandbox.seed import fill
from sandbox.store import Store
from sandbox.subscriptions import Subscription

# The address at which the request under way reached us: links in its answer lead back there,
# whether the client says localhost, 127.0.0.1 or the name of a TLS front.
asked_at: ContextVar[str] = ContextVar("asked_at", default="")


@dataclass(frozen=True)
class Latency:
    """How slow answers are, in milliseconds; `jitter` 0.2 makes each 20 % more or less."""

    graph_ms: float = 0
    token_ms: float = 0
    jitter: float = 0


class World:
    """State, clock and memory. Made by `open_world`, which also fills it."""

    def __init__(self, store: Store, *, public_url: str = "", host: str = "") -> None:
        self.store = store
        self.host = host
        self.public_url = public_url.rstrip("/")
        self.key = _key(store)
        self.log = RequestLog()
        # Repeatable, not secret.
        self.dice = random.Random(7)  # noqa: S311  # nosec B311
        self._empty()
        self._recall()

    def _empty(self) -> None:
        self.offset = timedelta()
        self.quirks: dict[str, Any] = dict(quirks.DEFAULTS)
        self.latency = Latency()
        self.faults = Faults()
        self.mailboxes: dict[str, Mailbox] = {}
        self._archive = Archive(self.store)
        self.mail: list[dict[str, Any]] = []
        self.grants = Grants(self.store)
        self.courier = Courier(self)
        self._saved: dict[str, Any] = {}

    @property
    def base_url(self) -> str:
        """Where this sandbox is reached, without a slash at the end."""
        return self.public_url or asked_at.get()

    def now(self) -> datetime:
        """The virtual clock: an aware UTC instant."""
        return datetime.now(UTC) + self.offset

    def subscriptions(self) -> list[Subscription]:
        """Who wants to hear of changes, of all mailboxes."""
        boxes = self.mailboxes.values()
        return [one for mailbox in boxes for one in mailbox.subscriptions.values()]

    def take(self, mail: dict[str, Any]) -> None:
        """Keep a mail that came by SMTP."""
        self.mail.append(mail)
        self.store.put("mail", f"{len(self.mail):08}", mail)
        self.store.commit()

    def outbox(self) -> list[dict[str, Any]]:
        """The mails Exchange would have sent, of all mailboxes, oldest first."""
        mails = [mail for mailbox in self.mailboxes.values() for mail in mailbox.outbox]
        return sorted(mails, key=lambda mail: str(mail["sentAt"]))

    def settle(self, mailbox: Mailbox) -> None:
        """Give a mailbox its place in the world."""
        mailbox.listener = self.courier.heard
        self.mailboxes[mailbox.upn] = mailbox

    def waits(self, ms: float) -> float:
        """A set latency with its jitter, in seconds."""
        return ms * (1 + self.latency.jitter * self.dice.uniform(-1, 1)) / 1000

    async def reset(self) -> None:
        """Everything as at the first start, from the people of the first day on."""
        await self.courier.close()
        self.store.clear(but="key")
        self._empty()
        self.begin()

    def begin(self) -> None:
        """The first day: the demo people with their entries."""
        for person in DEMO:
            mailbox = person.mailbox()
            fill(mailbox, now=self.now())
            self.settle(mailbox)
        self.save()

    def save(self, *, mailboxes: bool = True) -> None:
        """Put into the file what has changed; a look can leave the mailboxes out.

        Called before anything is answered.
        """
        if not self.store.keeps:
            return
        for mailbox in self.mailboxes.values() if mailboxes else ():
            if mailbox.dirty:
                mailbox.dirty = False
                self._archive.keep(mailbox)
        for name, setting in self._settings().items():
            if self._saved.get(name) != setting:
                self._saved[name] = setting
                self.store.put("setting", name, setting)
        self.store.commit()

    def _settings(self) -> dict[str, Any]:
        """The small things, compared as a whole."""
        return {
            "offset": self.offset.total_seconds(),
            "quirks": dict(self.quirks),
            "latency": asdict(self.latency),
            "faults": [fault.kept() for fault in self.faults.standing],
        }

    def _recall(self) -> None:
        """Everything the file remembers."""
        for mailbox in self._archive.read():
            self.settle(mailbox)
        saved = self._saved = dict(self.store.all("setting"))
        self.offset = timedelta(seconds=saved.get("offset", 0))
        self.quirks = quirks.read(saved.get("quirks", {}))
        self.latency = Latency(**saved.get("latency", {}))
        self.faults.standing = [Fault(**record) for record in saved.get("faults", [])]
        self.mail = [mail for _, mail in self.store.all("mail")]


def open_world(path: Path | None, *, public_url: str = "", host: str = "") -> World:
    """The world in the file at `path`, or one on its first day."""
    world = World(Store(path), public_url=public_url, host=host)
    if not world.mailboxes:
        world.begin()
    return world


def _key(store: Store) -> SigningKey:
    record = dict(store.all("key")).get("signing")
    key = SigningKey(record)
    store.put("key", "signing", key.record)
    return key
