"""Who gets a place at an event: the rules, apart from any table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

MOST_PLACES = 10_000
BOOKED, CANCELLED, NO_SHOW = "booked", "cancelled", "no-show"
WAITING, OFFERED = "waiting", "offered"

STATES = {
    BOOKED: "booked",
    CANCELLED: "cancelled",
    NO_SHOW: "marked as no-show",
    WAITING: "on the waiting list",
    OFFERED: "offered a place",
}
# Whose places nobody else can have.
HELD = (BOOKED, NO_SHOW, OFFERED)
# What the cancelling of an event or a person takes along.
OPEN = (BOOKED, WAITING, OFFERED)


class Answer(Enum):
    """What comes of the wish for places. The refusals can be told to whoever asks."""

    BOOK = "the places are theirs"
    WAIT = "they go on the waiting list"
    CANCELLED = "This is cancelled."
    HIDDEN = "This cannot be booked here."
    BEGUN = "This has begun already."
    NOT_YET = "Booking has not opened yet."
    CLOSED = "Booking is closed."
    TOO_MANY = "That is more than one booking may take."
    FULL = "There are not enough places left."


# What staff may do all the same, if they want it knowingly.
OVERRIDABLE = frozenset({Answer.BEGUN, Answer.NOT_YET, Answer.CLOSED, Answer.TOO_MANY})


@dataclass(frozen=True)
class Door:
    """One event, or one date of it, as somebody finds it who wants places.

    `shown` says whether customers may see it. Booking is open from `opens_at` (None: always)
    until `closes_at`; it begins at `starts`. None of both where it has no date to come.
    """

    open: bool
    shown: bool
    opens_at: datetime | None
    closes_at: datetime | None
    starts: datetime | None
    most_places: int
    waiting_list: bool


def answer(door: Door, *, places: int, free: int, now: datetime) -> Answer:
    """Say what a customer's wish for so many places comes to; the first fitting line wins.

    `free` is what is left once everybody who waits and whom it fits has been offered a place:
    so whoever comes now overtakes nobody.
    """
    if not door.open or door.starts is None or door.closes_at is None:
        return Answer.CANCELLED
    if not door.shown:
        return Answer.HIDDEN
    if now >= door.starts:
        return Answer.BEGUN
    if door.opens_at is not None and now < door.opens_at:
        return Answer.NOT_YET
    if now >= door.closes_at:
        return Answer.CLOSED
    if places > door.most_places:
        return Answer.TOO_MANY
    if places <= free:
        return Answer.BOOK
    return Answer.WAIT if door.waiting_list else Answer.FULL


def unlocked(door: Door, now: datetime) -> Door:
    """Return the same door for staff who go past its rules knowingly.

    Its capacity holds for them too; and nobody is made to wait for an offer that can no longer
    come, because booking has closed.
    """
    never, over = datetime.max.replace(tzinfo=now.tzinfo), now >= (door.closes_at or now)
    return replace(
        door, opens_at=None, closes_at=never, starts=never, most_places=MOST_PLACES,
        waiting_list=door.waiting_list and not over,
    )  # fmt: skip


def closing(starts: datetime, minutes: int) -> datetime:
    """Return until when can be booked what closes so many minutes before it starts."""
    return starts - timedelta(minutes=minutes)


@dataclass(frozen=True)
class Party:
    """One attendance as the rules see it; the waiting list goes by `id`."""

    id: int
    places: int
    status: str
    offered_until: datetime | None = None


@dataclass(frozen=True)
class Turn:
    """What time has brought about: whose offers have lapsed, who is offered places, what is free.

    Both are ids, in the order in which it happens.
    """

    lapsed: tuple[int, ...]
    offered: tuple[int, ...]
    free: int


def turn(parties: Sequence[Party], capacity: int, *, offers: bool, now: datetime) -> Turn:
    """Take back what was offered too long ago, and offer what is free to those who wait.

    The first whom it fits comes first; one who needs more than is free keeps their place on
    the list, and does not keep a smaller party behind them from what they cannot take.
    `offers` says whether places may be offered at all: never once booking has closed.
    """
    lapsed = tuple(one.id for one in parties if has_lapsed(one, now))
    free = capacity - taken(parties, now)
    offered = []
    waiting = (one for one in parties if one.status == WAITING)
    for one in sorted(waiting, key=lambda party: party.id) if offers else ():
        if one.places <= free:
            offered.append(one.id)
            free -= one.places
    return Turn(lapsed, tuple(offered), free)


def taken(parties: Iterable[Party], now: datetime) -> int:
    """Count the places that nobody else can have."""
    return sum(one.places for one in parties if one.status in HELD and not has_lapsed(one, now))


def counted(places: int) -> str:
    """1 place, or 3 places"""
    return "1 place" if places == 1 else f"{places:,} places"


def waiting(parties: Iterable[Party]) -> int:
    """Count who stands on the waiting list."""
    return sum(1 for one in parties if one.status == WAITING)


def has_lapsed(one: Party, now: datetime) -> bool:
    """Say whether the time is over for which a place was kept."""
    return one.status == OFFERED and one.offered_until is not None and one.offered_until <= now


def offered_until(now: datetime, minutes: int, closes_at: datetime) -> datetime:
    """Return until when an offered place is kept: never past the closing of booking."""
    return min(now + timedelta(minutes=minutes), closes_at)
