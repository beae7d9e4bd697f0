"""The week of the pictures: 23 to 29 November 2026, as the calendar is given it."""

from dataclasses import dataclass, field

SPORTS, DEEP, POSTURE = ("Sports massage", 1), ("Deep tissue massage", 3), ("Posture check", 6)


@dataclass(frozen=True)
class Entry:
    """Something in a day. at: minutes after midnight; lasts: minutes; time: ready words."""

    at: int
    lasts: int
    title: str
    who: str = ""
    time: str = ""
    kind: str = "appointment"
    tone: int = 1
    mark: str = ""
    past: bool = False
    href: str = ""
    lane: int = 1
    lanes: int = 1


@dataclass(frozen=True)
class Day:
    """One day of the calendar. open: (at, lasts); closed: (at, lasts, words)."""

    iso: str
    name: str
    long: str
    number: int
    href: str
    today: bool = False
    shown: bool = False
    fullness: int = 0
    open: tuple[tuple[int, int], ...] = ()
    closed: tuple[tuple[int, int, str], ...] = ()
    all_day: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Calendar:
    """A week, or a day where it has one. now: minutes after midnight and words."""

    days: list[Day]
    first_hour: int = 8
    last_hour: int = 20
    now: tuple[int, str] | None = (844, "14:04")
    zone: str = "Europe/London"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _span(at: int, lasts: int) -> str:
    return f"{_clock(at)}–{_clock(at + lasts)}"


def _visit(at: int, service: tuple[str, int], who: str, lasts: int = 60, **more) -> Entry:
    given = {"mark": "in_outlook", "href": "/conflict", **more}
    return Entry(at, lasts, service[0], who, _span(at, lasts), tone=service[1], **given)


def _busy(at: int, lasts: int, title: str = "Busy in Outlook") -> Entry:
    return Entry(at, lasts, title, time=_span(at, lasts), kind="busy")


ENTRIES = {
    23: [
        _visit(540, SPORTS, "Tom Hale", past=True),
        _visit(615, POSTURE, "Lucy Grant", 30, past=True),
        _visit(660, SPORTS, "Priya Nair", past=True),
        _busy(840, 60),
        _visit(930, SPORTS, "Mei Tanaka", past=True),
    ],
    24: [
        _visit(540, DEEP, "Hugh Barlow", 90, past=True),
        _visit(645, SPORTS, "Lucy Grant", past=True),
        _visit(780, SPORTS, "Sadie Marsh"),
        _visit(900, SPORTS, "Oliver Penn", mark="on_its_way"),
        _busy(975, 45),
    ],
    25: [
        _visit(540, POSTURE, "Nell Archer", 30),
        _visit(600, SPORTS, "Ines Carvalho", mark="question"),
        _busy(810, 90),
        _visit(915, DEEP, "Rosa Pike", 90, mark="pending"),
    ],
    26: [
        _busy(540, 90),
        _visit(675, POSTURE, "Tom Hale", 45),
        _visit(780, SPORTS, "Nell Archer"),
        _visit(855, DEEP, "Priya Nair", 90),
        _visit(1080, ("Back care workshop", 2), "9 of 12 places", 90, kind="event", mark="places"),
    ],
    27: [
        _visit(540, SPORTS, "Mei Tanaka"),
        _visit(615, DEEP, "Jonas Weir", 90),
        _busy(780, 240, "Out of office"),
    ],
    28: [_visit(570, SPORTS, "Kit Sorrell"), _visit(645, SPORTS, "Dana Ross")],
    29: [],
}
NAMES = {
    23: "Monday",
    24: "Tuesday",
    25: "Wednesday",
    26: "Thursday",
    27: "Friday",
    28: "Saturday",
    29: "Sunday",
}
USUAL = ((540, 180), (780, 240))
OPEN = {26: ((660, 60), (780, 390)), 28: ((570, 180),), 29: ()}


def _day(number: int, shown: int) -> Day:
    return Day(
        iso=f"2026-11-{number}",
        name=NAMES[number][:3],
        long=f"{NAMES[number]} {number} November",
        number=number,
        href=f"/day?on={number}",
        today=number == 24,
        shown=number == shown,
        fullness=min(3, (len(ENTRIES[number]) + 1) // 2),
        open=OPEN.get(number, USUAL),
        closed=((720, 60, "Break"),) if number < 28 else (),
        all_day=("Day off",) if number == 29 else (),
        entries=ENTRIES[number],
    )


def week(shown: int = 24) -> Calendar:
    """The whole week; a phone shows one day of it."""
    return Calendar([_day(number, shown) for number in ENTRIES])


def day(number: int = 24) -> Calendar:
    """One day of it."""
    return Calendar([_day(number, number)])


def crowd() -> Calendar:
    """A day with short entries, lanes side by side and times between two steps."""
    entries = [
        _visit(545, SPORTS, "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff", lane=1, lanes=3),
        _visit(545, DEEP, "Hugh Barlow", 90, lane=2, lanes=3),
        _visit(550, POSTURE, "Tom Hale", 15, lane=3, lanes=3),
        _busy(643, 14),
        _visit(660, POSTURE, "Lucy Grant", 20, mark="pending"),
        _visit(690, POSTURE, "Lucy Grant", 45, mark="question"),
    ]
    known = _day(25, 25)
    day = Day(known.iso, known.name, known.long, 25, "/day", open=USUAL, entries=entries)
    return Calendar([day], 9, 13, None)
