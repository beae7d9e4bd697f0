"""Faults on demand: which request fails, how, and how often."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

KINDS = ("status", "html", "delay", "drop_before", "drop_after", "secret_expired")


class FaultRefused(ValueError):
    """The fault asked for makes no sense; the message says why."""


@dataclass
class Fault:
    """One fault: what it matches, what it does, and how often it has.

    Of the requests it matches, the first `skip` pass; then it strikes `times` times (None:
    until cleared), each time with the chance `rate`, drawn from `seed`. `ms` is how long a
    delay takes, `retry_after` is in seconds and may be a fraction.
    """

    kind: str
    match: dict[str, str] = field(default_factory=dict)
    skip: int = 0
    times: int | None = None
    rate: float = 1.0
    seed: int = 7
    status: int = 500
    code: str | None = None
    retry_after: float | None = None
    ms: int = 0
    hits: int = 0
    seen: int = 0

    def __post_init__(self) -> None:
        # Repeatable, not secret.
        self._dice = random.Random(self.seed)  # noqa: S311  # nosec B311
        for _ in range(max(0, self.seen - self.skip)):
            self._dice.random()  # after a restart the dice go on where they were

    def fits(self, method: str, path: str, mailbox: str | None) -> bool:
        """Whether the request is one of those it is meant for; absent keys match all."""
        wanted = self.match
        return (
            wanted.get("method", method).upper() == method.upper()
            and fnmatchcase(path, wanted.get("path", "*"))
            and wanted.get("mailbox", mailbox) == mailbox
        )

    def strikes(self) -> bool:
        """Count one matching request and say whether the fault happens to it."""
        self.seen += 1
        if self.seen <= self.skip:
            return False
        unlucky = self._dice.random() < self.rate
        if not unlucky or (self.times is not None and self.hits >= self.times):
            return False
        self.hits += 1
        return True

    def kept(self) -> dict[str, Any]:
        """Everything, to be built anew from."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def shown(self) -> dict[str, Any]:
        """The fault as the control API speaks of it."""
        absent = {name for name in ("times", "code", "retry_after") if getattr(self, name) is None}
        names = [name for name in self.__dataclass_fields__ if name not in absent | {"seen"}]
        return {name: getattr(self, name) for name in names}


_FIELDS = frozenset(Fault.__dataclass_fields__)
_NUMBERS = {"skip", "times", "rate", "seed", "status", "ms", "retry_after"}


@dataclass(frozen=True)
class Strike:
    """What happens to one request: a wait first, then perhaps a fault."""

    delay_ms: int = 0
    fault: Fault | None = None

    @property
    def name(self) -> str | None:
        """The fault's kind, as the request log shows it."""
        if self.fault:
            return self.fault.kind
        return "delay" if self.delay_ms else None


class Faults:
    """The list that stands. Delays add up; the first other fault that strikes ends the search."""

    def __init__(self) -> None:
        self.standing: list[Fault] = []

    def strike(self, method: str, path: str, mailbox: str | None) -> Strike:
        """Decide what happens to a request."""
        delay = 0
        for fault in self.standing:
            if not fault.fits(method, path, mailbox) or not fault.strikes():
                continue
            if fault.kind != "delay":
                return Strike(delay, fault)
            delay += fault.ms
        return Strike(delay)

    def replace(self, wishes: Iterable[Any]) -> None:
        """Put another list in place of the standing one. Raises FaultRefused."""
        self.standing = [read(wish) for wish in wishes]


def read(wish: Any) -> Fault:
    """One fault from its JSON. Raises FaultRefused."""
    if not isinstance(wish, dict) or wish.get("kind") not in KINDS:
        raise FaultRefused(f"A fault is an object whose kind is one of {', '.join(KINDS)}.")
    strange = set(wish) - _FIELDS
    if strange:
        raise FaultRefused(f"A fault has no {', '.join(sorted(strange))}.")
    told = {name: value for name, value in wish.items() if value is not None}
    match = told.setdefault("match", {})
    if not isinstance(match, dict) or set(match) - {"method", "path", "mailbox"}:
        raise FaultRefused("A match has a method, a path and a mailbox, or fewer.")
    if not all(isinstance(part, str) for part in match.values()):
        raise FaultRefused("What a match names are texts.")
    for name in _NUMBERS & told.keys():
        if isinstance(told[name], bool) or not isinstance(told[name], int | float):
            raise FaultRefused(f"{name} is a number.")
    if not 200 <= told.get("status", 500) <= 599:
        raise FaultRefused("A status is a number from 200 to 599.")
    return Fault(**told)
