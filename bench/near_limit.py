"""What cannot be much faster on this stack: integers from one index, one sweep, JSON.

Served by the same server as Panel, as a bare WSGI application, with an SQLite file of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from bench.workload import Workload

Answer = Callable[[str, list[tuple[str, str]]], Any]


def fill(database: str, load: Workload) -> None:
    """Write the workload as bare integers with one covering index."""
    zero = int(datetime.combine(load.start, time(), UTC).timestamp()) // 60
    with sqlite3.connect(database) as db:
        db.execute("CREATE TABLE taken (who INTEGER, a INTEGER, b INTEGER)")
        db.execute("CREATE TABLE work (who INTEGER, a INTEGER, b INTEGER)")
        for who, person in enumerate(load.people, 1):
            taken = [(who, zero + a, zero + b) for a, b in [*person.appt, *person.ext]]
            db.executemany("INSERT INTO taken VALUES (?, ?, ?)", taken)
            work = [(who, zero + a, zero + b) for a, b in person.work]
            db.executemany("INSERT INTO work VALUES (?, ?, ?)", work)
        db.execute("CREATE INDEX taken_index ON taken (who, a, b)")
        db.execute("CREATE INDEX work_index ON work (who, a, b)")


def create_app(database: str, duration: int, step: int) -> Callable[..., Iterable[bytes]]:
    """Build the application over a filled database."""

    def answer(environ: dict[str, Any], start: Answer) -> Iterable[bytes]:
        told = {name: int(one[0]) for name, one in parse_qs(environ["QUERY_STRING"]).items()}
        found = search(database, told["who"], told["first"], told["end"], duration, step)
        body = json.dumps({"employees": found}).encode()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def search(database: str, count: int, first: int, end: int, duration: int, step: int) -> list[Any]:
    """Two range queries and one sweep for everybody."""
    db = sqlite3.connect(database)
    asked = (count, first, end)
    where = "WHERE who <= ? AND a >= ? AND a < ? ORDER BY who, a"
    taken: dict[int, list[tuple[int, int]]] = {who: [] for who in range(1, count + 1)}
    for who, a, b in db.execute(f"SELECT who, a, b FROM taken {where}", asked).fetchall():
        taken[who].append((a, b))
    work: dict[int, list[tuple[int, int]]] = {who: [] for who in taken}
    for who, a, b in db.execute(f"SELECT who, a, b FROM work {where}", asked).fetchall():
        work[who].append((a, b))
    db.close()
    return [
        {"id": who, "free": [local(one) for one in sweep(work[who], taken[who], duration, step)]}
        for who in taken
    ]


def sweep(
    work: list[tuple[int, int]], taken: list[tuple[int, int]], duration: int, step: int
) -> list[int]:
    """Walk along both lists once."""
    found: list[int] = []
    at = 0
    for first, end in work:
        here = first
        while at < len(taken) and taken[at][0] < end:
            a, b = taken[at]
            if here + duration <= a:
                found += range(here, a - duration + 1, step)
            if b > here:
                here = first - (first - b) // step * step
            at += 1
        found += range(here, end - duration + 1, step)
    return found


@cache
def local(minute: int) -> str:
    """Write a minute since 1970 as ISO time, as Panel does."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).isoformat()
