"""Faults by name, for a tester who wants a box to tick."""

from typing import Any

from sandbox.faults import Fault, Faults, read

_GRAPH = {"path": "/v1.0/*"}
PRESETS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "slow": ("Slow answers, 2 s", [{"kind": "delay", "ms": 2000, "match": _GRAPH}]),
    "throttled": (
        "Too many requests (429)",
        [{"kind": "status", "status": 429, "retry_after": 1.5, "match": _GRAPH}],
    ),
    "cut": (
        "Cut after saving",
        [
            {"kind": "drop_after", "match": {**_GRAPH, "method": method}}
            for method in ("POST", "PATCH", "DELETE")
        ],
    ),
    "broken": ("Error page (500)", [{"kind": "html", "status": 500, "match": _GRAPH}]),
    "identity": (
        "Sign-in service down",
        [{"kind": "status", "status": 503, "match": {"path": "/*/oauth2/v2.0/*"}}],
    ),
}


def _same(fault: Fault, wish: dict[str, Any]) -> bool:
    told = fault.shown() | {"hits": 0}
    return told == read(wish).shown()


def ticked(faults: Faults) -> list[str]:
    """The names of the presets that stand."""
    return [
        name
        for name, (_, wishes) in PRESETS.items()
        if all(any(_same(fault, wish) for fault in faults.standing) for wish in wishes)
    ]


def tick(faults: Faults, names: list[str]) -> None:
    """Let exactly these presets stand; other faults stay as they are."""
    wishes = [wish for _, wishes in PRESETS.values() for wish in wishes]
    others = [f for f in faults.standing if not any(_same(f, wish) for wish in wishes)]
    added = [read(wish) for name in names if name in PRESETS for wish in PRESETS[name][1]]
    faults.standing = others + added
