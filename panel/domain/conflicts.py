"""What stands in the way of a time, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from panel.domain.moments import clock, local, long_date
from panel.domain.schedule import Day, Plan, Span, joined

# What another customer or a promise stands behind; overriding it doubles somebody up.
CLASHES = ("appointment", "event", "question")


@dataclass(frozen=True)
class Taken:
    """Time that somebody else has: `span` itself, `around` with its buffers.

    `kind` is appointment, event, question or busy; `who` the customer or the event.
    """

    kind: str
    span: Span
    around: Span
    who: str = ""


@dataclass(frozen=True)
class Conflict:
    """One thing in the way: `sentence` for the employee, `theirs` for anybody else.

    Both come without a full stop, so that more can follow; `told` ends with one.

    Kinds: appointment, full, event, question, day_off, outside_hours, break, day_full, busy,
    past.
    """

    kind: str
    employee_id: int
    whose: str
    sentence: str
    theirs: str

    def told(self, employee_id: int | None) -> str:
        """Return the whole sentence for the reader who is this employee, or none."""
        return f"{self.sentence if employee_id == self.employee_id else self.theirs}."


@dataclass(frozen=True)
class Load:
    """How many appointments somebody takes a day at most, and how many that day has."""

    most: int
    booked: int


@dataclass(frozen=True)
class Voice:
    """Speaks of one employee, to them and to others, in the wall time of their zone.

    `service` is named where the work hours differ between services. Hours are written up to
    `hour_format`: 12 or 24.
    """

    employee_id: int
    name: str
    zone: str
    service: str = ""
    hour_format: int = 24

    def say(self, kind: str, to_them: str, to_others: str) -> Conflict:
        return Conflict(kind, self.employee_id, self.name, to_them, to_others)

    def range(self, span: Span) -> str:
        """Say a stretch of time: 12:00 to 13:00; with the dates where it leaves its day."""
        first, last = local(span.starts, self.zone), local(span.ends, self.zone)
        starts, ends = self.at(first), self.at(last)
        if first.date() == last.date():
            return f"{starts} to {ends}"
        return f"{long_date(first.date())}, {starts} to {long_date(last.date())}, {ends}"

    def at(self, moment: datetime) -> str:
        return clock(moment, self.zone, self.hour_format)


def conflicts(
    voice: Voice,
    plan: Plan,
    taken: Iterable[Taken],
    wish: Span,
    around: Span,
    now: datetime,
    load: Load | None = None,
) -> list[Conflict]:
    """Return all that stands in the way of `wish`, the gravest first.

    `around` is the wish with its buffers; buffers must be free of others, and need not lie
    within the work hours. `load` is None where no day has a limit.
    """
    others = sorted((one for one in taken if one.around.overlaps(around)), key=_gravity)
    found = [_clash(voice, one, wish) for one in others if one.kind != "busy"]
    found += _closed(voice, plan, wish)
    found += _day_full(voice, load, wish)
    found += [_busy(voice, one.span) for one in others if one.kind == "busy"]
    return found + passed(voice, wish, now)


def passed(voice: Voice, wish: Span, now: datetime) -> list[Conflict]:
    """Say that a time has begun already, if it has."""
    if wish.starts >= now:
        return []
    when = f"{long_date(local(wish.starts, voice.zone).date())}, {voice.at(wish.starts)}"
    return [voice.say("past", f"{when} has passed", f"{when} has passed")]


def crowded(voice: Voice, service: str, starts: datetime, left: int, wanted: int) -> list[Conflict]:
    """Say that a group has fewer places left than are wanted, if it has."""
    if wanted <= left:
        return []
    text = f"{service} at {voice.at(starts)} is full"
    if left > 0:
        places = "places" if left > 1 else "place"
        text = f"{service} at {voice.at(starts)} has only {left} {places} left"
    return [voice.say("full", text, text)]


def _gravity(one: Taken) -> tuple[int, datetime]:
    order = (*CLASHES, "busy")
    return order.index(one.kind), one.span.starts


def _clash(voice: Voice, one: Taken, wish: Span) -> Conflict:
    when = voice.range(one.span)
    if one.kind == "question":
        text = f"{when} is kept free until a question about {one.who} is answered"
        return voice.say("question", text, text)
    if one.kind == "event":
        return voice.say(
            "event", f"You have {one.who} from {when}", f"{voice.name} has {one.who} from {when}"
        )
    if not one.span.overlaps(wish):
        text = f"{voice.at(wish.starts)} is too close to the appointment with {one.who}, {when}"
        return voice.say("appointment", text, text)
    return voice.say(
        "appointment",
        f"You are with {one.who} from {when}",
        f"{voice.name} is with {one.who} from {when}",
    )


def _day_full(voice: Voice, load: Load | None, wish: Span) -> list[Conflict]:
    if load is None or load.booked < load.most:
        return []
    day = long_date(local(wish.starts, voice.zone).date())
    many = f"{load.most} appointment{'s' if load.most > 1 else ''}"
    rule = f"at most {many} a day, and {day} has {load.booked}"
    return [voice.say("day_full", f"You take {rule}", f"{voice.name} takes {rule}")]


def _busy(voice: Voice, span: Span) -> Conflict:
    first, end = local(span.starts, voice.zone), local(span.ends, voice.zone)
    when = f"from {voice.range(span)}"
    if first.time() == end.time() == time():
        last = end.date() - timedelta(days=1)
        when = f"all day on {long_date(last)}"
        if first.date() < last:
            when = f"from {long_date(first.date())} to {long_date(last)}"
    return voice.say(
        "busy", f"You are busy in Outlook {when}", f"{voice.name} is busy in Outlook {when}"
    )


def _closed(voice: Voice, plan: Plan, wish: Span) -> list[Conflict]:
    days = plan.days(wish.starts, wish.ends)
    for day in days:
        if day.off:
            name = long_date(day.date)
            return [
                voice.say("day_off", f"{name} is your day off", f"{name} is {voice.name}’s day off")
            ]
    if any(span.holds(wish) for span in joined(span for day in days for span in day.work)):
        pauses = (pause for day in days for pause in day.breaks)
        return [_break(voice, pause, wish) for pause in pauses if pause.overlaps(wish)][:1]
    return [_outside(voice, days[0], wish)]


def _break(voice: Voice, pause: Span, wish: Span) -> Conflict:
    inside = pause.starts <= wish.starts
    what = f"{voice.at(wish.starts)} is inside" if inside else f"{voice.range(wish)} reaches into"
    when = voice.range(pause)
    return voice.say("break", f"{what} your break, {when}", f"{what} {voice.name}’s break, {when}")


def _outside(voice: Voice, day: Day, wish: Span) -> Conflict:
    if not day.work:
        deed, name = "work", long_date(day.date)
        if voice.service:
            deed = f"give {voice.service}"
        return voice.say(
            "outside_hours",
            f"You do not {deed} on {name}",
            f"{voice.name} does not {deed} on {name}",
        )
    hours = " and ".join(voice.range(span) for span in day.work)
    starts_inside = any(one.starts <= wish.starts < one.ends for one in day.work)
    said = voice.range(wish) if starts_inside else voice.at(wish.starts)
    which = f" for {voice.service}" if voice.service else ""
    return voice.say(
        "outside_hours",
        f"{said} is outside your work hours{which}, {hours}",
        f"{said} is outside {voice.name}’s work hours{which}, {hours}",
    )
