"""The programs of a history full of accidents: started, stopped, killed, on one virtual clock."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

import config
from bench.person import Person
from bench.programs import Killable, free_port
from panel import create_app
from panel.db.base import db, fresh, writing
from panel.db.tables import Connection, Mailbox
from panel.services.sync import leases

PEOPLE = {"anna": "anna@contoso.test", "ben": "ben@contoso.test", "carla": "carla@outlook.test"}


class Stage:
    """The programs, their shared clock, and the panel's database beside them."""

    def __init__(self, folder: Path, database: str, microsoft: str) -> None:
        self.microsoft, self.offset, self.count = microsoft, 0.0, Counter[str]()
        self._clock = folder / "clock"
        self.forward(0)
        env = {
            "DATA_DIR": str(folder), "PORT": str(free_port()), "LOGIN_URL": microsoft,
            "GRAPH_URL": microsoft, "POLL_SECONDS": "8", "RATE_LIMITS": "off",
            "CLOCK_OFFSET_FILE": str(self._clock),
        }  # fmt: skip
        env |= {"DATABASE_URL": database} if database else {}
        self.panel = Killable(folder, env)
        for command in ("upgrade", "demo"):
            self.panel.flask(command)
        self.token = self.panel.flask("api-token", "Chaos").split()[-1]
        self.app = create_app(config.read(env))
        self.panel.start()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def forward(self, seconds: float) -> None:
        """Let time pass on both sides; nobody ever reads half of a clock."""
        self.offset += seconds
        told = self._clock.with_suffix(".next")
        told.write_text(str(self.offset))
        told.replace(self._clock)
        self.put("clock", {"offset_seconds": self.offset})

    def put(self, what: str, told: Any) -> None:
        url = f"{self.microsoft}/sandbox/{what}"
        requests.put(url, json=told, timeout=30).raise_for_status()

    def connect(self) -> dict[int, str]:
        """Everybody presses Connect; gives their addresses by employee."""
        for name, upn in PEOPLE.items():
            person = Person(self.panel.url)
            person.sign_in(f"{name}@panel.test")
            person.connect(upn)
        named = db.select(Connection.employee_id, Connection.address)
        found = dict(db.session.execute(named).all())
        fresh()
        assert len(found) == len(PEOPLE), found
        return found

    def traffic(self, since: int) -> dict[str, Any]:
        url = f"{self.microsoft}/sandbox/requests"
        answer: dict[str, Any] = requests.get(url, params={"since": since}, timeout=30).json()
        return answer

    def writes(self, since: int) -> list[str]:
        return [
            f"{one['method']} {one['path']}"
            for one in self.traffic(since)["value"]
            if one["method"] in ("POST", "PATCH", "DELETE")
            and one["path"].startswith("/v1.0/me")
            and not one["path"].endswith("$batch")
        ]


class Reaper(threading.Thread):
    """Kills the panel at instants that nothing else knows, and starts it again."""

    def __init__(self, stage: Stage, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.stage, self.chance, self.over = stage, chance, threading.Event()

    def run(self) -> None:
        while not self.over.wait(self.chance.uniform(2, 20)):
            self.stage.panel.kill()
            self.stage.count["kills"] += 1
            time.sleep(self.chance.uniform(0.6, 2))
            if self.chance.random() < 0.8:
                self._lapse()
            self.stage.panel.start()

    def _lapse(self) -> None:
        """The dead hold leases by the real clock: as if it had been two minutes."""
        with self.stage.app.app_context(), writing() as session:
            ago = leases.database_now() - 2 * leases.DEADLINE
            held = db.update(Mailbox).where(Mailbox.lease_until.is_not(None))
            session.execute(held.values(lease_until=ago))
            db.session.remove()

    def rest(self) -> None:
        self.over.set()
        self.join()
