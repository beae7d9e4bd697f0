"""What Microsoft is asked in a day about somebody who has no bookings, by a virtual clock.

Here the clockwork's sweep is turned by hand, with both clocks put forward in between; who is
due, and what is done then, is the panel's own.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from flask import Flask
from werkzeug.serving import make_server

import config
from bench import crowd
from bench.programs import free_port, sandbox
from bench.shift import UNREACHED
from panel import create_app
from panel.db.base import db
from panel.db.schema import bring_up_to_date
from panel.jobs.timetable import SWEEP_SECONDS, see_to
from panel.services.demo import studio
from panel.services.sync import due

PEOPLE = 3
# Of the calendars of each of them so many are read: what they can edit.
CALENDARS = 2
DAY = timedelta(days=1)
LIMITS = {True: 60, False: 100}
MOST_TOKENS = 30


def measure() -> list[dict[str, object]]:
    """The same day twice: told by Microsoft, and polling alone."""
    return [_day(told=told) for told in (True, False)]


class _Time:
    """The clock of both sides. Microsoft's is put forward before it is asked anything."""

    def __init__(self, file: Path, microsoft: str) -> None:
        self._file, self._microsoft = file, microsoft
        self._offset = timedelta()
        file.write_text("0")

    def put(self, moment: datetime) -> None:
        """Let it be that late here."""
        self._offset = moment - datetime.now(UTC)
        self._file.write_text(str(self._offset.total_seconds()))

    def tell(self) -> None:
        """Let it be as late there."""
        told = {"offset_seconds": self._offset.total_seconds()}
        requests.put(f"{self._microsoft}/sandbox/clock", json=told, timeout=60).raise_for_status()


def _day(*, told: bool) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name, _panel(Path(name), told=told) as (microsoft, time):
        midnight = _next_tuesday()
        # What only a new connection asks is over by then.
        _turn(time, midnight - DAY / 2, midnight)
        log = f"{microsoft}/sandbox/requests"
        last = requests.get(log, params={"since": 10**9}, timeout=60).json()["last"]
        _turn(time, midnight, midnight + DAY)
        asked = requests.get(log, params={"since": last}, timeout=60).json()["value"]
    return _figures(asked, told=told)


def _figures(asked: list[dict[str, Any]], *, told: bool) -> dict[str, object]:
    tokens = sum(one["path"].endswith("/token") for one in asked)
    calls = (len(asked) - tokens) / PEOPLE / CALENDARS
    return {
        "Microsoft tells of changes": "yes" if told else "no",
        "Graph calls, each calendar": calls,
        "at most": LIMITS[told],
        "token calls, each employee": tokens / PEOPLE,
        "at most ": MOST_TOKENS,
        "refused": sum(one["status"] >= 400 for one in asked),
    }


@contextmanager
def _panel(folder: Path, *, told: bool) -> Iterator[tuple[str, _Time]]:
    """The panel within this process, behind a server where Microsoft finds it."""
    accounts = crowd.people(folder / "sandbox", PEOPLE)
    port = free_port()
    with sandbox(folder / "sandbox") as microsoft:
        time = _Time(folder / "clock", microsoft)
        app = create_app(config.read({
            "DATA_DIR": str(folder / "panel"), "PORT": str(port), "LOGIN_URL": microsoft,
            "GRAPH_URL": microsoft, "CLOCK_OFFSET_FILE": str(folder / "clock"),
            **({} if told else {"PUBLIC_URL": UNREACHED}),
        }))  # fmt: skip
        with app.app_context(), _served(app, port):
            bring_up_to_date()
            now = app.extensions["panel"].now()
            studio.make(keys=app.config["TOKEN_KEYS"], now=now, smtp_port=None)
            crowd.connect(accounts)
            due.make_all_due(now)
            yield microsoft, time
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _served(app: Flask, port: int) -> Iterator[None]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _turn(time: _Time, moment: datetime, until: datetime) -> None:
    """Sweep as often as the clockwork does."""
    while moment < until:
        time.put(moment)
        mailboxes = due.due_mailboxes(moment)
        if mailboxes:
            time.tell()
        for mailbox_id in mailboxes:
            see_to(mailbox_id)
        moment += timedelta(seconds=SWEEP_SECONDS)


def _next_tuesday() -> datetime:
    """A midnight between two days of work, as it is in the employees' zone."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1 + -today.weekday() % 7)
