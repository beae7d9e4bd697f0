"""One stretch of somebody's time as the calendar draws it: days, entries, lanes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from flask import g

from panel.domain import schedule
from panel.domain.moments import clock_face, local
from panel.domain.people import Actor
from panel.domain.schedule import Span
from panel.domain.states import OPEN
from panel.services.busy import Block
from panel.services.calendar import Happening, Visit, Window
from panel.web import day_names
from panel.web.addresses import address as address_of
from panel.web.addresses import numbered
from panel.web.hours import hour_format, joined
from panel.web.session import by
from panel.web.words import wall, zone

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


class Entry(NamedTuple):
    """Something in a day: minutes after midnight, and how many it lasts there.

    `time` says from when to when, `begins` when it begins on that day. `move` is the address of
    its Move form, where it can be moved and begins on that day.
    """

    title: str
    kind: str = "appointment"
    who: str = ""
    tone: int = 1
    mark: str = ""
    past: bool = False
    href: str = ""
    move: str = ""
    time: str = ""
    begins: str = ""
    at: int = 0
    lasts: int = 0
    lane: int = 1
    lanes: int = 1


@dataclass
class Day:
    """One day: the plan for it, and what stands in it."""

    date: date
    long: str
    href: str
    today: bool
    shown: bool
    plan: schedule.Day | None = None
    all_day: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)

    @cached_property
    def open(self) -> tuple[tuple[int, int], ...]:
        """Return the work hours: (minutes after midnight, minutes)."""
        work = self.plan.open() if self.plan else ()
        return tuple(part for one in work if (part := minutes(one, self.date)))

    @cached_property
    def closed(self) -> tuple[tuple[int, int, str], ...]:
        """Return the breaks: (minutes after midnight, minutes, words)."""
        pauses = self.plan.breaks if self.plan else ()
        return tuple((*part, "Break") for one in pauses if (part := minutes(one, self.date)))

    @property
    def works(self) -> bool:
        """Say whether there are work hours; from when to when costs a month too much to ask."""
        return bool(self.plan and self.plan.open())

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
    def fullness(self) -> int:
        """How much of the work hours is booked, from 0 to 3."""
        booked = sum(one.lasts for one in self.entries if one.kind != "busy")
        hours = sum(lasts for _, lasts in self.open) or 8 * 60
        return min(3, -(-3 * booked // hours))


def address(view: str, day: date) -> str:
    """Return the address of the calendar with this day in it."""
    return f"{_dates_of(view)}{day.isoformat()}"


def _dates_of(view: str) -> str:
    """Return what stands before the date in such an address."""
    return f"{address_of('calendar.show')}?view={view}&on="


def days(window: Window, dates: Sequence[date], *, shown: date, now: datetime) -> list[Day]:
    """Cut a window into the reader's days."""
    plans = {one.date: one for person in window.people for one in person.days}
    entries, today = _entries(window, now), wall(now).date()
    whole = [one for one in window.blocks if one.all_day and one.blocking]
    day_of = _dates_of("day")
    return [
        Day(
            date=one,
            long=day_names.long_day(one, today),
            href=f"{day_of}{one.isoformat()}",
            today=one == today,
            shown=one == shown,
            plan=plans.get(one),
            all_day=_all_day(plans.get(one), whole, one),
            entries=side_by_side(entries.get(one, ())),
        )
        for one in dates
    ]


def _entries(window: Window, now: datetime) -> dict[date, list[Entry]]:
    """Lay whatever stands in a window into each day that it touches."""
    found: dict[date, list[Entry]] = defaultdict(list)
    here, me, hours = zone(), by(), hour_format()
    visits = numbered("appointments.show", "appointment_id")
    events = numbered("events.show", "event_id")
    for span, entry in (
        *((one.span, _visit(one, visits, me, now)) for one in window.visits),
        *((one.span, _happening(one, events, now)) for one in window.happenings),
        *((one.span, _block(one)) for one in window.blocks if one.blocking and not one.all_day),
        *((one.span, _held()) for one in window.held),
    ):
        first, last = local(span.starts, here), local(span.ends, here)
        time = joined(*(clock_face(one.hour, one.minute, hours) for one in (first, last)))
        day, move = first.date(), entry.move
        while day <= last.date():
            if place := _part(first, last, day):
                at, lasts = place
                begins = clock_face(*divmod(at, 60), hours)
                found[day].append(
                    entry._replace(move=move, time=time, begins=begins, at=at, lasts=lasts)
                )
            day, move = day + timedelta(days=1), ""
    return found


def minutes(time: Span, day: date) -> tuple[int, int] | None:
    """Return where a stretch of time lies in a day: (minutes after midnight, minutes)."""
    here = zone()
    return _part(local(time.starts, here), local(time.ends, here), day)


def _part(first: datetime, last: datetime, day: date) -> tuple[int, int] | None:
    if first.date() > day or last.date() < day:
        return None
    at = _minute(first) if first.date() == day else 0
    end = _minute(last) if last.date() == day else MIDNIGHT
    return (at, end - at) if end > at else None


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _visit(visit: Visit, page: str, me: Actor, now: datetime) -> Entry:
    href = f"{page}{visit.id}"
    movable = visit.status in OPEN and me.may("appointments", visit.employee_id)
    return Entry(
        visit.service,
        who=visit.customer,
        tone=visit.tone,
        mark="pending" if visit.status == "pending" else MARKS.get(visit.copy, ""),
        past=visit.span.ends <= now,
        href=href,
        move=f"{href}/move" if movable else "",
    )


def _happening(happening: Happening, page: str, now: datetime) -> Entry:
    return Entry(
        happening.name,
        kind="event",
        who=happening.place or f"{happening.capacity} places",
        tone=happening.tone,
        mark=MARKS.get(happening.copy, "") if happening.copy == "question" else "places",
        past=happening.span.ends <= now,
        href=f"{page}{happening.event_id}",
    )


def _block(block: Block) -> Entry:
    return Entry(block_words(block), kind="busy")


def _held() -> Entry:
    return Entry("Kept free until you decide", kind="busy")


def block_words(block: Block) -> str:
    """Say what takes the time: its title where the reader may see it, else only that it does."""
    return block.title or OUTSIDE.get(block.show_as, "Busy in Outlook")


def _all_day(plan: schedule.Day | None, blocks: Iterable[Block], day: date) -> tuple[str, ...]:
    off = [plan.off.note or "Day off"] if plan and plan.off else []
    return (*off, *(block_words(one) for one in blocks if minutes(one.span, day)))


def side_by_side(entries: Iterable[Entry]) -> list[Entry]:
    """Give entries that overlap a lane each, as few as will do."""
    done: list[Entry] = []
    group: list[Entry] = []
    end = 0
    for entry in sorted(entries, key=lambda one: (one.at, -one.lasts)):
        if entry.at >= end:
            done += _spread(group)
            group, end = [], 0
        lane = _free_lane(group, entry) if group else 1
        group.append(entry._replace(lane=lane) if lane > 1 else entry)
        end = max(end, entry.at + entry.lasts)
    return done + _spread(group)


def _free_lane(group: list[Entry], entry: Entry) -> int:
    taken = {one.lane for one in group if one.at + one.lasts > entry.at}
    return next(lane for lane in range(1, len(group) + 2) if lane not in taken)


def _spread(group: list[Entry]) -> list[Entry]:
    if len(group) < 2:
        return group
    lanes = max((one.lane for one in group), default=1)
    return [one._replace(lanes=min(lanes, 6), lane=min(one.lane, 6)) for one in group]


def week_start(day: date) -> date:
    """Return the first day of a day's week, as the business begins its weeks."""
    return day - timedelta(days=(day.weekday() - first_weekday()) % 7)


def first_weekday() -> int:
    """Return the day with which the business begins its weeks: 0 is Monday."""
    known = g.get("standing")
    return known.first_weekday if known else 0
