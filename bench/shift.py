"""Both programs at work for many connected people, and what can be seen of it from outside."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask

import config
from bench import crowd, gauges
from bench.figures import percentile
from bench.programs import panel
from bench.unaided import Question
from panel import create_app
from panel.db.base import db, fresh
from panel.db.tables import Mailbox, RemoteCalendarRow, Subscription
from panel.services.sync import due

IN_FLIGHT = 32
GRAPH_MS = 200
LIMIT = IN_FLIGHT / (GRAPH_MS / 1000)
# Seconds. Only what hangs is given up: a machine may be very busy.
PATIENCE = 1800
# Seconds between two looks, each of which costs the machine something.
LOOK_EVERY = 0.5
# Nobody is read in between but when it is said.
SELDOM = 86_400
# Nobody can tell us anything there.
UNREACHED = "http://panel.example"


@dataclass(frozen=True)
class Seen:
    """What happened between two moments: the requests, and what they took.

    Milliseconds are of processor time, for each request; only those of a page are what its
    visitor waited.
    """

    requests: int
    seconds: float
    in_flight: float
    panel_ms: float
    sandbox_ms: float
    page_p95_ms: float
    refused: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    def row(self) -> dict[str, object]:
        return {
            "requests": self.requests,
            "refused": self.refused,
            "requests/s": self.rate,
            "in flight": self.in_flight,
            "panel ms each": self.panel_ms,
            "sandbox ms each": self.sandbox_ms,
            "a page p95 ms": self.page_p95_ms,
        }


class Shift:
    """The panel with its crowd, the sandbox, and the database beside them."""

    def __init__(
        self, app: Flask, url: str, microsoft: str, accounts: Sequence[crowd.Account]
    ) -> None:
        self.app, self.url, self.microsoft, self.accounts = app, url, microsoft, accounts
        self.http = requests.Session()
        self.http.trust_env = False
        self.mailboxes = crowd.connect(accounts)
        self._tokens = dict(zip(self.mailboxes, accounts, strict=True))
        # The far ends of all connections that the sandbox has had from the panel.
        self.calling: set[str] = set()
        self._panel, self._sandbox = gauges.started("gunicorn"), gauges.started("sandbox")

    def put(self, what: str, told: Any) -> None:
        self.http.put(f"{self.microsoft}/sandbox/{what}", json=told, timeout=60).raise_for_status()

    def latency(self, ms: float) -> None:
        self.put("latency", {"graph_ms": ms, "token_ms": ms, "jitter": 0})

    def memory_mb(self) -> float:
        return gauges.memory_mb(self._panel)

    def _callers(self) -> set[str]:
        port = urlsplit(self.microsoft).port
        assert port is not None
        return gauges.callers(port)

    def questions(self) -> list[Question]:
        """What a round in which nothing has changed asks, once for each calendar."""
        rows = db.session.execute(
            db.select(RemoteCalendarRow.mailbox_id, RemoteCalendarRow.delta_link).where(
                RemoteCalendarRow.delta_link.is_not(None),
                RemoteCalendarRow.mailbox_id.in_(self.mailboxes),
            )
        ).all()
        fresh()
        return [(link, self._tokens[one].tokens.access_token) for one, link in rows]

    def round(self) -> Seen:
        """Have everybody read once."""
        due.make_all_due(datetime.now(UTC))
        return self.watch(self.rests)

    def rests(self) -> bool:
        """Whether nobody is to be read now, and nothing that Microsoft told is unheeded."""
        waits = Mailbox.round_due.is_(None) | (Mailbox.round_due <= datetime.now(UTC))
        told = Subscription.told_at.is_not(None) | Subscription.heard_at.is_not(None)
        return not self.count(Mailbox, waits) and not self.count(Subscription, told)

    def count(self, table: Any, *where: Any) -> int:
        found = db.session.scalar(db.select(db.func.count()).select_from(table).where(*where))
        fresh()
        return found or 0

    def until(self, true: Callable[[], bool]) -> None:
        ends = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > ends:
                raise RuntimeError("It did not come to an end.")
            time.sleep(LOOK_EVERY)

    def watch(self, over: Callable[[], bool]) -> Seen:
        """Look on until it is over; what is counted begins with the first request."""
        last = self._log(10**9)["last"]
        before = [gauges.processor_s(one) for one in (self._panel, self._sandbox)]
        strange = self._callers() - self.calling
        asked: list[dict[str, Any]] = []

        def look() -> bool:
            nonlocal last
            ends = over()
            # Now and then, because the sandbox keeps only so many.
            told = self._log(last)
            last = told["last"]
            asked.extend(told["value"])
            self.calling |= self._callers() - strange
            return ends

        with self._visitor() as pages:
            self.until(look)
        used = [
            gauges.processor_s(pid) - so_far
            for pid, so_far in zip((self._panel, self._sandbox), before, strict=True)
        ]
        return _seen(asked, used, pages)

    def _log(self, since: int) -> dict[str, Any]:
        url = f"{self.microsoft}/sandbox/requests"
        answer: dict[str, Any] = self.http.get(url, params={"since": since}, timeout=60).json()
        return answer

    @contextmanager
    def _visitor(self) -> Iterator[list[float]]:
        """Somebody who asks for a page now and then; gives the seconds that it took."""
        taken: list[float] = []
        over = threading.Event()

        def ask() -> None:
            while not over.wait(0.2):
                began = time.monotonic()
                requests.get(f"{self.url}/book", timeout=60).raise_for_status()
                taken.append(time.monotonic() - began)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        try:
            yield taken
        finally:
            over.set()
            asking.join()


def _seen(asked: list[dict[str, Any]], used: list[float], pages: list[float]) -> Seen:
    began = [datetime.fromisoformat(one["at"]).timestamp() for one in asked]
    ended = [at + one["ms"] / 1000 for at, one in zip(began, asked, strict=True)]
    seconds = max(ended) - min(began)
    busy = sum(one["ms"] for one in asked) / 1000
    panel_ms, sandbox_ms = (one * 1000 / len(asked) for one in used)
    page_ms = percentile(pages or [0.0], 95) * 1000
    refused = sum(one["status"] >= 400 or not one["status"] for one in asked)
    return Seen(len(asked), seconds, busy / seconds, panel_ms, sandbox_ms, page_ms, refused)


@contextmanager
def shift(
    microsoft: str, accounts: Sequence[crowd.Account], folder: Path, *, told: bool
) -> Iterator[Shift]:
    """A fresh panel to which all of them are connected; `told`: Microsoft tells of changes."""
    folder.mkdir()
    reached = {} if told else {"PUBLIC_URL": UNREACHED}
    more = {"SYNC_THREADS": str(IN_FLIGHT), **reached}
    with panel(microsoft, poll_seconds=SELDOM, folder=folder, **more) as url:
        env = {"DATA_DIR": str(folder), "LOGIN_URL": microsoft, "GRAPH_URL": microsoft}
        app = create_app(config.read(env))
        with app.app_context():
            yield Shift(app, url, microsoft, accounts)
            db.engine.dispose()
