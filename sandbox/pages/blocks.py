"""A week as it is drawn: which entry stands where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from sandbox.events import Event
from sandbox.mailbox import Mailbox

STEP = 5
_DAY = 24 * 60
_SHORTEST = 30  # shorter entries are drawn as tall, so that their title fits
_LOOKS = {"oof": "away", "workingElsewhere": "elsewhere", "unknown": "busy"}
_NOTES = {"tentative": "tentative", "oof": "out of office", "workingElsewhere": "elsewhere"}
_RHYTHMS = {"daily": "every day", "weekly": "every week", "absoluteMonthly": "every month"}


@dataclass
class Block:
    """One entry on one day. `at` and `minutes` are local minutes, in steps of five."""

    event: Event
    calendar: str
    at: int
    minutes: int
    notes: list[str]
    lane: int = 0
    lanes: int = 1

    @property
    def looks(self) -> str:
        """Its classes: whose it is, and how it counts."""
        shown = self.event["showAs"]
        extra = ["panel"] * self.by_panel + ["short"] * (self.height <= _SHORTEST)
        return " ".join([_LOOKS.get(shown, shown), *extra])

    @property
    def by_panel(self) -> bool:
        """Whether it carries a program's mark."""
        return by_panel(self.event)

    @property
    def drags(self) -> bool:
        """Whether it may be dragged: what goes over midnight is changed by its form."""
        return self.event.duration <= timedelta(minutes=self.minutes)

    @property
    def length(self) -> int:
        """How long the event really is, in minutes."""
        return round(self.event.duration.total_seconds() / 60)

    @property
    def height(self) -> int:
        """How tall it is drawn, in minutes."""
        return max(self.minutes, _SHORTEST)


@dataclass
class Day:
    """One column."""

    day: date
    all_day: list[Block] = field(default_factory=list)
    timed: list[Block] = field(default_factory=list)


def by_panel(event: Event) -> bool:
    """Whether a program wrote it: only programs leave a mark of their own."""
    return bool(event.transaction_id or event.properties)


def week(mailbox: Mailbox, monday: date, calendars: Iterable[str], zone: tzinfo) -> list[Day]:
    """Seven days with what stands in these calendars, in the person's local time."""
    days = [Day(monday + timedelta(days=n)) for n in range(7)]
    begin = datetime.combine(monday, time(), zone)
    end = datetime.combine(monday + timedelta(days=7), time(), zone)
    for calendar_id in calendars:
        name = mailbox.calendars[calendar_id].name
        for event in mailbox.view(calendar_id, begin, end):
            _place(days, event, name, zone, mailbox)
    for day in days:
        _spread(day.timed)
    return days


def hours(days: list[Day]) -> range:
    """The hours to draw: a working day, and more where something stands outside it."""
    timed = [block for day in days for block in day.timed]
    first = min([8 * 60, *(block.at for block in timed)]) // 60
    last = max([19 * 60, *(block.at + block.height for block in timed)])
    return range(first, min(24, -(-last // 60)))


def _place(days: list[Day], event: Event, calendar: str, zone: tzinfo, mailbox: Mailbox) -> None:
    notes = _notes(event, mailbox)
    for day in days:
        if event.is_all_day:
            if event.start.date() <= day.day < event.end.date():
                day.all_day.append(Block(event, calendar, 0, _DAY, notes))
            continue
        for at, minutes in _part(event, day.day, zone):
            day.timed.append(Block(event, calendar, at, minutes, notes))


def _part(event: Event, day: date, zone: tzinfo) -> Iterator[tuple[int, int]]:
    """The minutes of an event on one day, cut at midnight and to steps of five."""
    start, end = event.start.astimezone(zone), event.end.astimezone(zone)
    if not start.date() <= day <= end.date():
        return
    first = start.hour * 60 + start.minute if start.date() == day else 0
    last = end.hour * 60 + end.minute if end.date() == day else _DAY
    if last > first or start == end:
        at = first - first % STEP
        yield at, max(STEP, -(-(last - at) // STEP) * STEP)


def _notes(event: Event, mailbox: Mailbox) -> list[str]:
    notes = [_NOTES[event["showAs"]]] if event["showAs"] in _NOTES else []
    if event["sensitivity"] != "normal":
        notes.append(event["sensitivity"])
    if event.is_exception:
        notes.append("moved from its series")
    elif event.day:
        rhythm = mailbox.events[event.key].recurrence
        notes.append(_RHYTHMS.get(rhythm.type, "repeats") if rhythm else "repeats")
    return notes


def _spread(blocks: list[Block]) -> None:
    """Put blocks that overlap side by side."""
    blocks.sort(key=lambda block: (block.at, -block.minutes))
    group: list[Block] = []
    until = 0
    for block in blocks:
        if block.at >= until:
            group, until = [], 0
        free = (n for n in range(len(group) + 1) if not _taken(group, n, block.at))
        block.lane = next(free)
        group.append(block)
        until = max(until, block.at + block.height)
        lanes = max(other.lane for other in group) + 1
        for other in group:
            other.lanes = lanes


def _taken(group: list[Block], lane: int, at: int) -> bool:
    return any(other.lane == lane and other.at + other.height > at for other in group)
