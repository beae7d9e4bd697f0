"""The work on which free times are measured: a file, or a month made up of numbers from a seed.

Minutes count from `start` 00:00 UTC, and everybody lives in UTC.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DAY = 1440
Stretches = list[tuple[int, int]]
# Mon-Fri, 9 to 12 and 13 to 17.
MORNING, AFTERNOON = (540, 720), (780, 1020)
APPOINTMENTS, OUTSIDE = 8, 5


@dataclass(frozen=True)
class Person:
    """One employee's month: when they work, their appointments, their other calendar."""

    work: Stretches
    appt: Stretches
    ext: Stretches


@dataclass(frozen=True)
class Workload:
    """Some employees' month, one service of `duration`, and the grid of its starts."""

    start: date
    days: int
    duration: int
    step: int
    people: list[Person]

    def of(self, count: int) -> Workload:
        """Return the same with the first so many employees."""
        return Workload(self.start, self.days, self.duration, self.step, self.people[:count])


def read(path: Path) -> Workload:
    """Read a workload from its file."""
    told: dict[str, Any] = json.loads(path.read_text())
    people = [
        Person(*[[(a, b) for a, b in one[kind]] for kind in ("work", "appt", "ext")])
        for one in told["employees"]
    ]
    start = date.fromisoformat(told["start"])
    return Workload(start, told["days"], told["duration"], told["step"], people)


def made_up(employees: int, *, start: date, days: int = 30, seed: int = 1) -> Workload:
    """Make the month of design: 8 appointments and 5 outside blocks on each work day."""
    chance = random.Random(seed)
    people = [_person(chance, start, range(days)) for _ in range(employees)]
    return Workload(start, days, 60, 15, people)


def history(people: int, *, start: date, seed: int = 2) -> list[Person]:
    """Make the year before `start` for so many people, in minutes before it (negative)."""
    chance = random.Random(seed)
    return [_person(chance, start, range(-365, 0)) for _ in range(people)]


def _person(chance: random.Random, start: date, days: range) -> Person:
    work: Stretches = []
    appt: Stretches = []
    ext: Stretches = []
    for day in days:
        if (start + timedelta(days=day)).weekday() < 5:
            work += _at(day, [MORNING, AFTERNOON])
            appt += _at(day, _visits(chance))
            ext += _at(day, [_block(chance) for _ in range(OUTSIDE)])
    return Person(work, appt, ext)


def _at(day: int, hours: Stretches) -> Stretches:
    return [(day * DAY + a, day * DAY + b) for a, b in hours]


def _visits(chance: random.Random) -> Stretches:
    """Half hours that do not overlap, on the grid of the quarters."""
    halves = [*range(*MORNING, 30), *range(*AFTERNOON, 30)]
    return sorted((a, a + 30) for a in chance.sample(halves, APPOINTMENTS))


def _block(chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(480, 1080, 15)
    return start, start + chance.choice([15, 30, 30, 60])
