"""Everybody's Outlook changes at once, and Microsoft tells of all of it, twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import requests

from bench.figures import percentile
from bench.shift import Seen, Shift
from panel.db.base import db, fresh, writing
from panel.db.tables import BusyBlock, Mailbox, Subscription

COPIES = 2
SENDERS = 8
# Seconds: fine enough beside the seconds that are measured.
LOOK_EVERY = 0.1


def tell_all(at: Shift) -> None:
    """Have everybody imported, and Microsoft agree to tell of each calendar that is read."""
    at.latency(0)
    at.round()
    at.until(lambda: not at.count(Subscription, Subscription.remote_id.is_(None)))
    at.until(at.rests)


def storm(at: Shift) -> tuple[dict[str, object], Seen]:
    """One new entry for everybody; how long it took until it blocked their time here."""
    at.put("quirks", {"notifications": COPIES})
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    noon += timedelta(days=20)
    arrivals = _Arrivals(at, noon)
    arrivals.start()
    with ThreadPoolExecutor(SENDERS) as senders:
        changing = senders.map(lambda one: _change(at, one.upn, noon), at.accounts)
        seen = at.watch(lambda: arrivals.complete() and at.rests())
        changed = dict(zip(at.mailboxes, changing, strict=True))
    arrivals.join()
    late = [arrivals.seen[one] - changed[one] for one in at.mailboxes]
    return {
        "changed": len(late),
        "changes/s": len(late) / (max(changed.values()) - min(changed.values())),
        "told, each": COPIES,
        "p50 s": percentile(late, 50),
        "p95 s": percentile(late, 95),
        "all known after s": max(arrivals.seen.values()) - min(changed.values()),
    }, seen


def _change(at: Shift, upn: str, noon: datetime) -> float:
    times = {"start": noon, "end": noon + timedelta(hours=1)}
    body = {name: {"dateTime": f"{one:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}
            for name, one in times.items()}  # fmt: skip
    url = f"{at.microsoft}/sandbox/mailboxes/{upn}/events"
    requests.post(url, json={"subject": "Storm", **body}, timeout=60).raise_for_status()
    return time.monotonic()


class _Arrivals(threading.Thread):
    """Notes when each employee's time is first taken then."""

    def __init__(self, at: Shift, noon: datetime) -> None:
        super().__init__(daemon=True)
        self.seen: dict[int, float] = {}
        self._at, self._noon = at, noon

    def complete(self) -> bool:
        return len(self.seen) >= len(self._at.mailboxes)

    def run(self) -> None:
        taken = db.select(BusyBlock.employee_id).where(BusyBlock.starts == self._noon)
        with self._at.app.app_context():
            while not self.complete():
                for employee_id in db.session.scalars(taken):
                    self.seen.setdefault(employee_id, time.monotonic())
                fresh()
                time.sleep(LOOK_EVERY)


@contextmanager
def reading(at: Shift) -> Iterator[None]:
    """Have everybody of the crowd read over and over."""
    over = threading.Event()
    crowd = Mailbox.id.between(at.mailboxes[0], at.mailboxes[-1])

    def have_read() -> None:
        with at.app.app_context():
            while not over.wait(1):
                with writing() as session:
                    session.execute(db.update(Mailbox).where(crowd).values(round_due=None))

    thread = threading.Thread(target=have_read, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
