"""Two sides that people edit, while Microsoft fails and the panel is killed again and again.

The real server and the real sandbox run as programs. In the end nothing may be lost, doubled,
wrong or stuck. Time is virtual: it runs faster than the clock on the wall, and it jumps.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from bench import weather
from bench.evidence import entries, wishes, without_reason
from bench.figures import show
from bench.hands import Outlook, Program
from bench.judging import Verdict, judge
from bench.programs import sandbox
from bench.stage import Reaper, Stage
from panel.db.base import db, fresh
from panel.db.tables import Mailbox, Mirror
from panel.domain.errors import PanelError
from panel.domain.people import PERMISSIONS, Actor
from panel.domain.questions import ANSWERS
from panel.services import connections, held, questions
from panel.services.sync.state import sync_state

OWNER = Actor(None, "Ruth Linden", "owner", None, frozenset(PERMISSIONS))
PATIENCE = timedelta(minutes=15)
# How often each is done, of a hundred or so.
PROGRAM = {"book": 26, "move": 18, "hand_on": 6, "cancel": 7}
OUTLOOK = {
    "move": 16, "stretch": 2, "rename": 5, "put_elsewhere": 2, "delete": 3, "copy": 2,
    "add_own": 5, "move_own": 3, "delete_own": 3, "forget_places": 1,
}  # fmt: skip


class Chaos:
    """A random history, and its end."""

    def __init__(self, stage: Stage, chance: random.Random) -> None:
        self.stage, self.chance = stage, chance
        self.people = stage.connect()
        self._settle()
        self.outlook = Outlook(stage.microsoft, self.people, chance)
        self.program = Program(stage.panel.url, stage.token, list(self.people), chance)
        self.deeds: list[tuple[Callable[[datetime], bool], int]] = [
            *((getattr(self.program, name), share) for name, share in PROGRAM.items()),
            *((getattr(self.outlook, name), share) for name, share in OUTLOOK.items()),
            (self._answer, 6), (self._answer_held, 2), (self._jump, 3), (self._weather, 4),
        ]  # fmt: skip

    def go_on(self, minutes: float) -> None:
        """Let people edit both sides for so long, and clear the sky."""
        reaper = Reaper(self.stage, random.Random(self.chance.random()))
        reaper.start()
        self.stage.put("faults", weather.fair(self.chance, 0.05))
        deeds, shares = zip(*self.deeds, strict=True)
        until = time.monotonic() + minutes * 60
        while time.monotonic() < until and reaper.is_alive():
            (deed,) = self.chance.choices(deeds, shares)
            self.stage.count["operations"] += bool(deed(self._some_time()))
            if self.chance.random() < 0.2:
                self.stage.forward(self.chance.uniform(0, 20))
            time.sleep(self.chance.uniform(0, 0.3))
        assert reaper.is_alive(), "the panel did not start again"
        reaper.rest()
        self._clear()

    def verdict(self) -> Verdict:
        """Wait for both sides to come to rest; say what is not as it should be."""
        stuck = self._settle()
        self._retry_parked()
        self.stage.forward(600)
        stuck += [one for one in self._settle() if one not in stuck]
        last = self.stage.traffic(10**9)["last"]
        self.stage.forward(60)
        self._settle()
        found = judge(
            wishes(self.stage.now()), entries(self.outlook.all()),
            self.outlook.strangers, self.outlook.touched,
        )  # fmt: skip
        found.stuck += stuck
        found.wrong += [f"one more sync wrote: {one}" for one in self.stage.writes(last)]
        found.wrong += without_reason()
        found.lost += self.program.forgotten()
        return found

    def _some_time(self) -> datetime:
        """On the grid of the quarters, mostly within work hours, some days ahead."""
        day = self.stage.now() + timedelta(days=self.chance.randint(2, 20))
        at = timedelta(hours=self.chance.randint(9, 16), minutes=15 * self.chance.randrange(4))
        return day.replace(hour=0, minute=0, second=0, microsecond=0) + at

    def _jump(self, at: datetime) -> bool:
        self.stage.forward(self.chance.uniform(30, 1200))
        return False

    def _weather(self, at: datetime) -> bool:
        """A storm; and fair weather after it, twice as often."""
        self._clear()
        rough = self.chance.random() < 0.35
        self.stage.count["storms"] += rough
        faults = weather.storm(self.chance) if rough else weather.fair(self.chance, 0.05)
        self.stage.put("faults", faults)
        self.stage.put("quirks", weather.quirks(self.chance))
        return False

    def _clear(self) -> None:
        faults = requests.get(f"{self.stage.microsoft}/sandbox/faults", timeout=30).json()["value"]
        self.stage.count["faults"] += sum(one["hits"] for one in faults)
        self.stage.put("faults", [])
        self.stage.put("quirks", {})

    def _answer(self, at: datetime) -> bool:
        """Somebody decides one of the questions that wait."""
        fresh()
        asked = questions.of_employees(None)
        if not asked:
            return False
        one = self.chance.choice(asked)
        said = self.chance.choice(ANSWERS[one.kind])
        return self._decided(questions.answer, one.id, said)

    def _answer_held(self, at: datetime) -> bool:
        fresh()
        asked = held.open_ones(OWNER)
        said = self.chance.choice(held.ANSWERS)
        return bool(asked) and self._decided(held.answer, asked[0].id, said)

    def _decided(self, deed: Callable[..., Any], *told: Any) -> bool:
        try:
            deed(*told, by=OWNER, now=self.stage.now())
        except PanelError:
            return False
        finally:
            fresh()
        return True

    def _retry_parked(self) -> None:
        for employee_id in self.people:
            connections.retry_parked(employee_id, by=OWNER, now=self.stage.now())

    def _settle(self) -> list[str]:
        """Give it 15 minutes, of which five seconds pass in each; say what is not settled then."""
        asked = self.stage.now()
        while left := self._unsettled(asked):
            if self.stage.now() > asked + PATIENCE:
                return left
            time.sleep(1)
            self.stage.forward(4)
        return []

    def _unsettled(self, asked: datetime) -> list[str]:
        state = sync_state()
        late = db.select(Mailbox.id).where(
            db.or_(Mailbox.pulled_at.is_(None), Mailbox.pulled_at < asked)
        )
        found = [f"mailbox {one} was not read" for one in db.session.scalars(late)]
        parked = db.session.scalars(db.select(Mirror.id).filter_by(state="parked"))
        found += [f"copy {one} is parked" for one in parked] if not found else []
        fresh()
        return found + ([] if state.settled else [f"not settled: {state}"])


def run(minutes: float, seed: int, database: str, folder: Path) -> tuple[dict[str, Any], Verdict]:
    """One history; gives its figures, and what was not as it should be."""
    chance = random.Random(seed)
    with sandbox() as microsoft:
        stage = Stage(folder, database, microsoft)
        try:
            with stage.app.app_context():
                chaos = Chaos(stage, chance)
                chaos.go_on(minutes)
                verdict = chaos.verdict()
        finally:
            stage.panel.kill()
    counted = {name: stage.count[name] for name in ("operations", "kills", "storms", "faults")}
    kind = "postgresql" if database.startswith("postgres") else "sqlite"
    return {
        "database": kind,
        "seed": seed,
        "minutes": minutes,
        **counted,
        **verdict.count(),
    }, verdict


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", default="", help="of an empty database; else SQLite")
    asked.add_argument("--folder", type=Path, help="an empty one to work in and keep")
    told = asked.parse_args()
    # The programs that it started end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as name:
        figures, verdict = run(told.minutes, told.seed, told.database, told.folder or Path(name))
    for one in verdict.sentences():
        print(one)
    show("Chaos", [figures])
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
