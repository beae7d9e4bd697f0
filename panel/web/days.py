"""One stretch of somebody's time as the calendar draws it: days, entries, lanes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from flask import g, url_for

from panel.domain import schedule
from panel.domain.schedule import Span
from panel.services.busy import Block
from panel.services.calendar import Happening, Held, Visit, Window
from panel.web.words import long_day, span, wall

MIDNIGHT = 24 * 60
# As the calendar's marks are called, from how a copy stands.
MARKS = {
    "question": "question",
    "parked": "parked",
    "waiting": "on_its_way",
    "in_outlook": "in_outlook",
}
OUTSIDE = {
    "busy": "Busy in Outlook",
    "oof": "Out of office",
    "tentative": "Tentative in Outlook",
    "workingElsewhere": "Working elsewhere",
}


@dataclass(frozen=True)
class Entry:
    """Something in a day: minutes after midnight, and how many it lasts there."""

    at: int
    lasts: int
    title: str
    time: str
    kind: str = "appointment"
    who: str = ""
    tone: int = 1
    mark: str = ""
    past: bool = False
    href: str = ""
    lane: int = 1
    lanes: int = 1


@dataclass(frozen=True)
class Day:
    """One day: work hours (at, lasts), breaks with words, and what stands in it."""

    date: date
    href: str
    today: bool
    shown: bool
    open: tuple[tuple[int, int], ...] = ()
    closed: tuple[tuple[int, int, str], ...] = ()
    all_day: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def name(self) -> str:
        return f"{self.date:%a}"

    @property
    def number(self) -> int:
        return self.date.day

    @property
    def long(self) -> str:
        return long_day(self.date)

    @property
    def fullness(self) -> int:
        """How much of the work hours is booked, from 0 to 3."""
        booked = sum(one.lasts for one in self.entries if one.kind != "busy")
        hours = sum(lasts for _, lasts in self.open) or 8 * 60
        return min(3, -(-3 * booked // hours))


def days(window: Window, dates: Sequence[date], *, shown: date, now: datetime) -> list[Day]:
    """Cut a window into the reader's days."""
    plan = {one.date: one for person in window.people for one in person.days}
    return [_day(one, window, plan.get(one), shown, now) for one in dates]


def _day(one: date, window: Window, plan: schedule.Day | None, shown: date, now: datetime) -> Day:
    found = [
        entry
        for entry in (
            *(_visit(visit, one, now) for visit in window.visits),
            *(_happening(happening, one, now) for happening in window.happenings),
            *(_block(block, one) for block in window.blocks if not block.all_day),
            *(_held(held, one) for held in window.held),
        )
        if entry is not None
    ]
    return Day(
        date=one,
        href=url_for(".show", view="day", on=one.isoformat()),
        today=one == wall(now).date(),
        shown=one == shown,
        open=tuple(part for work in plan.open() if (part := minutes(work, one))) if plan else (),
        closed=_breaks(plan, one),
        all_day=_all_day(plan, window.blocks, one),
        entries=side_by_side(found),
    )


def minutes(time: Span, day: date) -> tuple[int, int] | None:
    """Return where a stretch of time lies in a day: (minutes after midnight, minutes)."""
    first, last = wall(time.starts), wall(time.ends)
    if first.date() > day or last.date() < day:
        return None
    at = _minute(first) if first.date() == day else 0
    end = _minute(last) if last.date() == day else MIDNIGHT
    return (at, end - at) if end > at else None


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _visit(visit: Visit, day: date, now: datetime) -> Entry | None:
    place = minutes(visit.span, day)
    return place and Entry(
        *place,
        title=visit.service,
        who=visit.customer,
        time=span(visit.span.starts, visit.span.ends),
        tone=visit.tone,
        mark="pending" if visit.status == "pending" else MARKS.get(visit.copy, ""),
        past=visit.span.ends <= now,
        href=url_for("appointments.show", appointment_id=visit.id),
    )


def _happening(happening: Happening, day: date, now: datetime) -> Entry | None:
    place = minutes(happening.span, day)
    return place and Entry(
        *place,
        kind="event",
        title=happening.name,
        who=happening.place or f"{happening.capacity} places",
        time=span(happening.span.starts, happening.span.ends),
        tone=happening.tone,
        mark=MARKS.get(happening.copy, "") if happening.copy == "question" else "places",
        past=happening.span.ends <= now,
        href=url_for("events.show", event_id=happening.event_id),
    )


def _block(block: Block, day: date) -> Entry | None:
    place = minutes(block.span, day) if block.blocking else None
    when = span(block.span.starts, block.span.ends)
    return place and Entry(*place, kind="busy", title=block_words(block), time=when)


def _held(held: Held, day: date) -> Entry | None:
    place = minutes(held.span, day)
    when = span(held.span.starts, held.span.ends)
    return place and Entry(*place, kind="busy", title="Kept free until you decide", time=when)


def block_words(block: Block) -> str:
    """Say what takes the time: its title where the reader may see it, else only that it does."""
    return block.title or OUTSIDE.get(block.show_as, "Busy in Outlook")


def _breaks(plan: schedule.Day | None, day: date) -> tuple[tuple[int, int, str], ...]:
    found = (minutes(pause, day) for pause in plan.breaks) if plan else ()
    return tuple((*place, "Break") for place in found if place)


def _all_day(plan: schedule.Day | None, blocks: Iterable[Block], day: date) -> tuple[str, ...]:
    off = [plan.off.note or "Day off"] if plan and plan.off else []
    whole = [one for one in blocks if one.all_day and one.blocking and minutes(one.span, day)]
    return (*off, *(block_words(one) for one in whole))


def side_by_side(entries: Iterable[Entry]) -> list[Entry]:
    """Give entries that overlap a lane each, as few as will do."""
    done: list[Entry] = []
    group: list[Entry] = []
    end = 0
    for entry in sorted(entries, key=lambda one: (one.at, -one.lasts)):
        if entry.at >= end:
            done += _spread(group)
            group, end = [], 0
        group.append(replace(entry, lane=_free_lane(group, entry)))
        end = max(end, entry.at + entry.lasts)
    return done + _spread(group)


def _free_lane(group: list[Entry], entry: Entry) -> int:
    taken = {one.lane for one in group if one.at + one.lasts > entry.at}
    return next(lane for lane in range(1, len(group) + 2) if lane not in taken)


def _spread(group: list[Entry]) -> list[Entry]:
    lanes = max((one.lane for one in group), default=1)
    return [replace(one, lanes=min(lanes, 6), lane=min(one.lane, 6)) for one in group]


def week_start(day: date) -> date:
    """Return the first day of a day's week, as the business begins its weeks."""
    return day - timedelta(days=(day.weekday() - first_weekday()) % 7)


def first_weekday() -> int:
    """Return the day with which the business begins its weeks: 0 is Monday."""
    known = g.get("standing")
    return known.first_weekday if known else 0
