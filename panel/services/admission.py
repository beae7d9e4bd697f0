"""Let somebody in to what is attended, or say why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from panel.db.tables import Company
from panel.domain import attendance as rules
from panel.domain.attendance import BOOKED, WAITING, Answer, answer, counted
from panel.domain.errors import InTheWay, RuleBroken
from panel.domain.moments import clock, local, long_date
from panel.domain.people import Actor
from panel.services.attendance_rows import Gathering
from panel.services.outbox import Transaction


def let_in(
    gathering: Gathering,
    places: int,
    free: int,
    *,
    by: Actor,
    now: datetime,
    anyway: bool,
    waits: bool = True,
) -> tuple[str, str]:
    """Return booked or waiting, and in words what was overridden; or refuse.

    `free` is how many of its places can be had; without `waits` nobody goes on the list.
    Raises RuleBroken, and InTheWay where staff can have it `anyway`.
    """
    door = gathering.door()
    if by.is_staff:
        door = replace(door, shown=True)
    if not waits:
        door = replace(door, waiting_list=False)
    said, overridden = answer(door, places=places, free=free, now=now), ""
    if by.is_staff and said in rules.OVERRIDABLE:
        overridden = told(said, gathering, free)
        if not anyway:
            raise InTheWay(f"{overridden} You can book all the same.", said.name.lower())
        said = answer(rules.unlocked(door, now), places=places, free=free, now=now)
    if said is Answer.BOOK:
        return BOOKED, overridden
    if said is Answer.WAIT:
        return WAITING, overridden
    raise RuleBroken(told(said, gathering, free), "places")


def told(said: Answer, gathering: Gathering, free: int) -> str:
    """Say a refusal with its time or its number, in the zone of the event."""
    door = gathering.door()
    zone = gathering.dates[0].zone if gathering.dates else "UTC"
    if said is Answer.NOT_YET and door.opens_at:
        return f"Booking opens on {_when(door.opens_at, zone)}."
    if said is Answer.CLOSED and door.closes_at:
        return f"Booking closed on {_when(door.closes_at, zone)}."
    if said is Answer.TOO_MANY:
        return f"One booking takes at most {counted(door.most_places)}."
    if said is Answer.FULL and free > 0:
        return f"Only {counted(free)} left."
    if said is Answer.FULL:
        return "All places are taken."
    return str(said.value)


def must_be_early(session: Transaction, gathering: Gathering, now: datetime) -> None:
    """Refuse a customer who cancels too late for the company. Raises RuleBroken."""
    company, starts = session.get(Company, 1), gathering.door().starts
    if company is None or starts is None:
        return
    latest = starts - timedelta(minutes=company.cancel_notice_minutes)
    if now > latest:
        call = f" Call {company.phone}." if company.phone else ""
        when = _when(latest, gathering.dates[0].zone)
        raise RuleBroken(f"This could be cancelled until {when}.{call}")


def _when(moment: datetime, zone: str) -> str:
    return f"{long_date(local(moment, zone).date())} at {clock(moment, zone)}"
