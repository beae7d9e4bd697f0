"""When things happen at Linden Studio, counted from the day it is made.

The sandbox counts its own entries in the same way, so that Outlook and the studio meet in
the same two weeks and stand in each other's way only where a break or a plan allows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WORK_DAYS = 10


@dataclass(frozen=True)
class Plan:
    """An appointment to be tried: wall time and service."""

    at: str
    service: str


def _plans(text: str) -> tuple[Plan, ...]:
    return tuple(Plan(*one.split()) for one in text.split(","))


# The mornings repeat; what falls outside somebody's hours that day is left out.
MORNINGS = {
    "anna": (
        _plans("09:00 sports,10:15 posture,11:00 sports"),
        _plans("09:00 deep,10:45 posture"),
        _plans("09:00 posture,10:00 sports,11:15 posture"),
        _plans("09:00 sports,10:15 deep,11:15 posture"),
    ),
    "ben": (
        _plans("09:00 pilates,11:00 pilates"),
        _plans("10:00 pilates,11:00 pilates"),
        _plans("09:30 pilates"),
    ),
    "carla": (
        _plans("08:30 physio,09:30 posture,10:30 sports"),
        _plans("09:00 deep,11:00 physio"),
        _plans("08:45 physio,10:00 physio,11:15 posture"),
    ),
}
# By the number of the work day, 0 being today or the first one after the weekend.
AFTERNOONS = {
    "anna": {
        1: "13:00 sports,14:30 posture",
        2: "15:00 deep",
        3: "13:00 sports,14:15 deep",
        5: "13:00 sports,14:15 posture",
        6: "13:30 sports,15:00 deep",
        8: "14:15 sports",
        9: "13:00 posture,14:00 sports",
        10: "13:00 sports,15:30 sports",
    },
    "ben": {
        1: "14:00 pilates,16:00 pilates",
        2: f"13:00 pilates,{','.join(['15:00 group'] * 4)}",
        3: "13:30 pilates,15:00 pilates",
        5: "14:00 pilates",
        7: f"13:00 pilates,{','.join(['15:00 group'] * 2)}",
        9: "13:30 pilates",
        10: "13:00 pilates,15:00 pilates",
    },
    "carla": {
        1: "13:30 physio,15:00 sports",
        3: "14:00 physio,15:30 posture",
        4: "13:00 physio",
        5: "13:15 deep",
        7: "13:00 physio",
        8: "14:00 sports,16:00 posture",
        10: "14:00 physio",
    },
}
SATURDAY = {"anna": _plans("09:30 sports,10:45 sports")}


@dataclass(frozen=True)
class Gathering:
    """An event: whose, with whom, and on which work days."""

    organizer: str
    name: str
    description: str
    places: int
    tone: int
    days: tuple[int, ...]
    at: str
    minutes: int
    staff: tuple[str, ...] = ()


GATHERINGS = (
    Gathering("anna", "Back care workshop", "Ninety minutes for a back that carries you.",
              12, 2, (3,), "18:00", 90),
    Gathering("anna", "Massage for runners", "What you can do for your own legs.",
              8, 2, (7,), "18:00", 60),
    Gathering("ben", "Pilates open class", "Come and try; mats are there.",
              10, 7, (2, 6), "18:00", 60),
    Gathering("ben", "Mat Pilates for desk workers", "For necks and hips that sit all day.",
              10, 7, (9,), "17:30", 60),
    Gathering("carla", "Knee school", "Strong knees, step by step.",
              8, 4, (4,), "17:15", 75, ("ben",)),
    Gathering("carla", "Back to running", "After an injury: when, how far, how fast.",
              12, 4, (8,), "18:00", 60),
)  # fmt: skip


def work_days(first: date, count: int) -> list[date]:
    """Return so many days from Monday to Friday, `first` among them if it is one."""
    days = (first + timedelta(days=n) for n in range(count * 2 + 4))
    return [day for day in days if day.weekday() < 5][:count]


def plans(who: str, number: int) -> tuple[Plan, ...]:
    """Return what is tried on a work day of this number."""
    mornings = MORNINGS[who]
    afternoon = AFTERNOONS[who].get(number)
    return mornings[number % len(mornings)] + (_plans(afternoon) if afternoon else ())


def winter_holiday(today: date) -> tuple[date, date]:
    """Return the next 23 to 31 December that leaves the coming three weeks alone."""
    year = today.year if today < date(today.year, 12, 2) else today.year + 1
    return date(year, 12, 23), date(year, 12, 31)


def course(today: date) -> date:
    """Return the third Friday of the January after that holiday."""
    new_year = date(winter_holiday(today)[0].year + 1, 1, 1)
    return new_year + timedelta(days=(4 - new_year.weekday()) % 7 + 14)
