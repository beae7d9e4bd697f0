"""The request log: what identity and Graph were asked, and what they answered."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEPT = 20_000
BODY_LIMIT = 16 * 1024
LOGGED_HEADERS = ("If-Match", "Prefer")


@dataclass
class Entry:
    """One request. `status` 0 means that its connection was cut; `n` comes with the answer.

    `counts` is false for what does not use up the mailbox's limit of requests at once.

    Numbers are given in the order of the answers, so whoever asks for everything after the
    last number seen misses nothing.
    """

    at: datetime
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str
    mailbox: str | None
    in_flight: int
    n: int = 0
    status: int = 0
    ms: float = 0
    fault: str | None = None
    counts: bool = True

    @property
    def limited(self) -> bool:
        """Whether the limit of requests at once holds for it."""
        return self.counts and self.mailbox is not None

    def shown(self) -> dict[str, Any]:
        """The entry as the control API gives it."""
        told = {name: value for name, value in vars(self).items() if name != "counts"}
        return {**told, "at": self.at.isoformat()}


class RequestLog:
    """The last requests, in the order in which they were answered, and those under way."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self.last = 0
        self.in_flight: Counter[str | None] = Counter()

    def begin(self, mailbox: str | None, *, counts: bool = True) -> int:
        """Count a request in; says how many its mailbox has under way, this one too."""
        self.in_flight[mailbox] += counts
        return self.in_flight[mailbox] + (not counts)

    def end(self, entry: Entry) -> None:
        """Count it out and write it down."""
        self.in_flight[entry.mailbox] -= entry.counts
        if not self.in_flight[entry.mailbox]:
            del self.in_flight[entry.mailbox]
        self.last += 1
        entry.n = self.last
        self.entries.append(entry)

    def since(self, n: int) -> list[Entry]:
        """What was answered after number `n`, oldest first."""
        newest = []
        for entry in reversed(self.entries):
            if entry.n <= n:
                break
            newest.append(entry)
        return newest[::-1]
