"""A day as a list: what is booked, what happens, and when one is busy in Outlook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.services.busy import Block
from panel.services.calendar import Happening, Visit, Window
from panel.web.addresses import numbered
from panel.web.days import block_words
from panel.web.words import near_day, plural, span, wall_iso

# How a copy stands, as marks.COPY calls it.
COPIES = {"question": "question", "parked": "parked", "waiting": "on_its_way",
          "in_outlook": "in_outlook"}  # fmt: skip
NEAR = ("Today", "Tomorrow")


@dataclass(frozen=True)
class Line:
    """One line of the agenda (parts/agenda.html)."""

    starts: datetime
    time: str
    title: str
    who: str = ""
    href: str = ""
    tone: int = 8
    state: str = ""
    copy: str = ""
    busy: bool = False

    @property
    def iso(self) -> str:
        return wall_iso(self.starts)


def lines(window: Window, *, back_end: bool = False) -> list[Line]:
    """Return everything in a window, in order of time."""
    names = {one.id: one.name for one in window.people} if len(window.people) > 1 else {}
    found = [
        *(_visit(one, names, back_end) for one in window.visits),
        *(_happening(one, names, back_end) for one in window.happenings),
        *(_block(one, names) for one in window.blocks if one.blocking),
    ]
    return sorted(found, key=lambda one: one.starts)


def _visit(visit: Visit, names: dict[int, str], back_end: bool) -> Line:
    with_whom = names.get(visit.employee_id)
    endpoint = "backend_appointments.show" if back_end else "appointments.show"
    return Line(
        visit.span.starts,
        span(visit.span.starts, visit.span.ends),
        visit.customer,
        f"{visit.service} with {with_whom}" if with_whom else visit.service,
        f"{numbered(endpoint, 'appointment_id')}{visit.id}",
        visit.tone,
        visit.status.replace("_", "-"),
        COPIES.get(visit.copy, ""),
    )


def _happening(one: Happening, names: dict[int, str], back_end: bool) -> Line:
    endpoint = "backend_events.show" if back_end else "events.show"
    return Line(
        one.span.starts,
        span(one.span.starts, one.span.ends),
        one.name,
        names.get(one.employee_id) or one.place or plural(one.capacity, "place"),
        f"{numbered(endpoint, 'event_id')}{one.event_id}",
        one.tone,
        copy=COPIES.get(one.copy, ""),
    )


def _block(block: Block, names: dict[int, str]) -> Line:
    time = "All day" if block.all_day else span(block.span.starts, block.span.ends)
    who = names.get(block.employee_id, "")
    return Line(block.span.starts, time, block_words(block), who, busy=True)


def coming_in(starts: datetime, now: datetime) -> str:
    """Next, in 56 minutes; on another day its name"""
    ahead = starts - now
    if ahead <= timedelta():
        return "Now"
    if ahead < timedelta(hours=2):
        return f"Next, in {plural(int(ahead.total_seconds()) // 60, 'minute')}"
    return f"Next, {near_day(starts).lower() if near_day(starts) in NEAR else near_day(starts)}"
