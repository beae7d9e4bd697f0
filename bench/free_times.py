"""Free times over HTTP, beside what is nearly the limit of this stack, in the same run."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

import requests

import config
from bench import near_limit
from bench.figures import percentile
from bench.loading import lay
from bench.programs import free_port, served
from bench.workload import Workload, history, made_up, read
from panel import create_app
from panel.db.base import db
from panel.db.schema import bring_up_to_date

SIZES = (1, 10, 50)
TIMES = 200
WARM = 20


def measure(load: Workload, *, past: bool) -> dict[str, object]:
    """Measure one size: both programs in turns, so that a noisy machine disturbs them alike."""
    with tempfile.TemporaryDirectory() as name, requests.Session() as http:
        folder = Path(name)
        with panel(load, folder, past=past) as url, bare(load, folder) as limit:
            zero = int(datetime.combine(load.start, time(), UTC).timestamp()) // 60
            whole = f"who={len(load.people)}&first={zero}&end={zero + load.days * 1440}"
            asked = f"service=1&from={load.start}&days={load.days}&zone=UTC"
            ours = f"{url}/api/v1/free-times?{asked}"
            theirs = f"{limit}/?{whole}"
            return _row(http, ours, theirs, load, past=past)


def _row(
    http: requests.Session, ours: str, theirs: str, load: Workload, *, past: bool
) -> dict[str, object]:
    taken: dict[str, list[float]] = {ours: [], theirs: []}
    for n in range(TIMES + WARM):
        for url, seconds in taken.items():
            began = perf_counter()
            answer = http.get(url, timeout=60)
            if n >= WARM:
                seconds.append((perf_counter() - began) * 1000)
            answer.raise_for_status()
    found = {url: [one["free"] for one in http.get(url).json()["employees"]] for url in taken}
    assert found[ours] == found[theirs], "the two answers differ"
    half, limit = percentile(taken[ours], 50), percentile(taken[theirs], 50)
    return {
        "employees": len(load.people),
        "history": past,
        "free": sum(len(one) for one in found[ours]),
        "p50_ms": round(half, 2),
        "p95_ms": round(percentile(taken[ours], 95), 2),
        "near_limit_p50_ms": round(limit, 2),
        "ratio": round(half / limit, 2),
    }


@contextmanager
def panel(load: Workload, folder: Path, *, past: bool) -> Iterator[str]:
    """The real panel over the workload, its clock on the day before; gives its address."""
    before = datetime.combine(load.start, time(), UTC) - timedelta(days=1)
    clock = folder / "clock"
    clock.write_text(str((before - datetime.now(UTC)).total_seconds()))
    env = {
        "DATA_DIR": str(folder),
        "PORT": str(free_port()),
        "LOGIN_URL": "http://127.0.0.1:9",
        "GRAPH_URL": "http://127.0.0.1:9",
        "CLOCK_OFFSET_FILE": str(clock),
    }
    app = create_app(config.read(env))
    with app.app_context():
        bring_up_to_date()
        lay(load, history(len(load.people), start=load.start) if past else [])
        db.engine.dispose()
    with served("wsgi:app", folder, env, "/healthz") as url:
        yield url


@contextmanager
def bare(load: Workload, folder: Path) -> Iterator[str]:
    """The near-limit over the same workload; gives its address."""
    database = f"{folder}/limit.sqlite"
    near_limit.fill(database, load)
    module = f"bench.near_limit:create_app('{database}', {load.duration}, {load.step})"
    with served(module, folder, {}, "/?who=1&first=0&end=1") as url:
        yield url


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--workload", type=Path, help="a file instead of made-up numbers")
    asked.add_argument("--employees", type=int, help="measure this size alone")
    asked.add_argument("--history", action="store_true", help="with a year before it")
    told = asked.parse_args()
    load = read(told.workload) if told.workload else made_up(max(SIZES), start=_monday())
    sizes = [told.employees] if told.employees else [n for n in SIZES if n <= len(load.people)]
    if not told.employees and told.workload and len(load.people) not in sizes:
        sizes.append(len(load.people))
    for size in sizes:
        print(json.dumps(measure(load.of(size), past=told.history)), flush=True)


def _monday() -> date:
    today = datetime.now(UTC).date()
    return today + timedelta(days=7 - today.weekday())


if __name__ == "__main__":
    main()
