"""Figures of a measurement, and the table they are shown in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import quantiles


def percentile(values: Sequence[float], percent: int) -> float:
    """The value under which so many percent lie."""
    if len(values) < 2:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def show(title: str, rows: list[dict[str, object]]) -> None:
    """Print a table for people, then one JSON line a row for programs."""
    names = list(rows[0])
    table = [names, *[[_text(row[name]) for name in names] for row in rows]]
    widths = [max(len(line[n]) for line in table) for n in range(len(names))]
    print(f"\n{title}")
    for line in table:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    for row in rows:
        print(json.dumps(row))


def _text(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
