"""How badly Microsoft fails: a few requests in a hundred always, and most of them in a storm."""

from __future__ import annotations

import random
from typing import Any

# What no request is to blame for: nothing of it may park a copy for good.
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 429, "retry_after": 1.5},
    {"kind": "status", "status": 429},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 504, "retry_after": 3},
    {"kind": "status", "status": 500},
    {"kind": "html", "status": 502},
    {"kind": "delay", "ms": 400},
    {"kind": "drop_before"},
    {"kind": "drop_after"},
)
ALWAYS: tuple[dict[str, Any], ...] = (
    *KINDS,
    {"kind": "status", "status": 401},
    {"kind": "status", "status": 412},
    {"kind": "status", "status": 409},
)
QUIRKS: dict[str, tuple[Any, ...]] = {
    "search_lag_ms": (0, 0, 5_000, 20_000),
    "delta_lag_ms": (0, 0, 3_000, 10_000),
    "delta_replay": (0, 0.3, 1),
    "if_match": ("honoured", "ignored"),
    "transaction_repeat": ("same", "409", "new"),
    "deleted_get": (404, 200),
    "deleted_delete": (404, 403),
    "immutable_moves": ("added", "lost"),
    "events_scope": ("mailbox", "default"),
    "notifications": (0, 1, 2),
    "transient_412": (0, 0.05),
}


def fair(chance: random.Random, rate: float) -> list[dict[str, Any]]:
    """Every kind of fault, so that together they strike this share of the requests."""
    return _faults(ALWAYS, chance, rate)


def storm(chance: random.Random) -> list[dict[str, Any]]:
    """One to three kinds that strike most requests."""
    kinds = tuple(chance.sample(KINDS, chance.randint(1, 3)))
    return _faults(kinds, chance, chance.choice((0.5, 0.8, 1)))


def quirks(chance: random.Random) -> dict[str, Any]:
    """Microsoft as it may be, too."""
    return {name: chance.choice(values) for name, values in QUIRKS.items()}


def _faults(
    kinds: tuple[dict[str, Any], ...], chance: random.Random, rate: float
) -> list[dict[str, Any]]:
    # A fault is asked only where none before it has struck.
    share, found, left = rate / len(kinds), [], 1.0
    for kind in kinds:
        told = {"match": {"path": "/v1.0/*"}, "rate": min(share / left, 1)}
        found.append({**kind, **told, "seed": chance.randrange(2**30)})
        left -= share
    return found
