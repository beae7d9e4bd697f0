"""The studio of the pictures, as the parts are given it."""

from dataclasses import dataclass
from typing import NamedTuple

from flask import url_for

from tests.look import cards


@dataclass(frozen=True)
class Me:
    """Who is signed in."""

    name: str
    job: str
    tone: int


class NavEntry(NamedTuple):
    """One place in the navigation."""

    href: str
    icon: str
    words: str
    count: int = 0
    count_words: str = ""
    current: bool = False
    tone: str = "ask"
    group: str = ""
    phone: int = 0


ANNA = Me("Anna Berg", "Massage therapist", 1)
RUTH = Me("Ruth Linden", "Owner", 8)

PANEL = (
    NavEntry("/today", "sun", "Today", phone=1),
    NavEntry("/week", "calendar-week", "Calendar", phone=2),
    NavEntry("/conflict", "card-list", "Appointments", 1, "1 waits for your decision", phone=3),
    NavEntry("/events", "people", "Events", phone=4),
    NavEntry("/profile", "person", "My Profile", phone=5),
)

BACKEND = (
    NavEntry("/overview", "house", "Overview", phone=1),
    NavEntry(
        "/health", "arrow-left-right", "Sync health", 1, "1 needs action", tone="act", phone=4
    ),
    NavEntry("/appointments", "card-list", "Appointments", group="Bookings", phone=2),
    NavEntry("/all-events", "people", "Events", group="Bookings"),
    NavEntry("/customers", "person-vcard", "Customers", group="Bookings"),
    NavEntry("/employees", "person-badge", "Employees", group="Business", phone=3),
    NavEntry("/services", "tags", "Services", group="Business"),
    NavEntry("/general", "gear", "Settings", group="Business"),
    NavEntry("/journal", "journal-text", "Journal", group="Business"),
)


def around(nav: tuple[NavEntry, ...], me: Me, path: str) -> dict[str, object]:
    """What every page is given by the application."""
    marked = tuple(entry._replace(current=entry.href == path) for entry in nav)
    return {"nav": marked, "me": me, "home": url_for("index")}


EMPLOYEES = (
    (
        "Anna Berg",
        "Massage therapist",
        1,
        "3 services",
        "Today 15:00",
        "up_to_date",
        "anna@contoso.test",
    ),
    ("Ben Ode", "Pilates teacher", 2, "2 services", "Today 16:00", "not_connected", ""),
    (
        "Carla Ruiz",
        "Physiotherapist",
        4,
        "4 services",
        "Tomorrow 08:30",
        "action_needed",
        "carla@outlook.test",
    ),
    (
        "Dev Malik",
        "Massage therapist",
        6,
        "2 services",
        "Thursday 10:00",
        "delayed",
        "dev@contoso.test",
    ),
    (
        "Elin Frost",
        "Front desk, invited on 20 November",
        7,
        "Not bookable",
        "None",
        "not_connected",
        "",
    ),
)


def profile_card() -> object:
    """The card at rest on My Profile."""
    return cards.PROFILE


@dataclass(frozen=True)
class Step:
    """One line of an appointment's journal."""

    side: str
    when: str
    what: str
    sign: str = ""
    before: str = ""
    after: str = ""
    words: str = ""
    iso: str = "2026-11-24T14:02+00:00"


JOURNAL = (
    Step("ask", "Today 14:02", "Waits for a decision", words="12:30 is inside the break."),
    Step(
        "outlook",
        "Today 14:02",
        "Moved by Anna Berg in Outlook",
        "arrow-left",
        before="10:00–11:00",
        after="12:30–13:30",
    ),
    Step("agree", "18 Nov 09:41", "In Outlook", words="Both calendars agree."),
    Step(
        "panel",
        "18 Nov 09:41",
        "Moved by Ines Carvalho",
        "arrow-right",
        before="Thu 26 Nov, 14:00",
        after="Wed 25 Nov, 10:00",
    ),
    Step("agree", "16 Nov 20:16", "In Outlook"),
    Step(
        "panel",
        "16 Nov 20:16",
        "Booked by Ines Carvalho",
        "plus-lg",
        words="On the booking page. Confirmation sent.",
    ),
)
FINE = ["checked"] * 48
BEATS = (
    (
        "Anna Berg",
        "anna@contoso.test",
        1,
        "up_to_date",
        "14:02",
        0,
        [*FINE[:35], "late", *FINE[:12]],
    ),
    (
        "Carla Ruiz",
        "carla@outlook.test",
        4,
        "action_needed",
        "09:07",
        5,
        FINE[:37] + ["failed"] * 11,
    ),
    ("Dev Malik", "dev@contoso.test", 6, "delayed", "13:41", 3, [*FINE[:46], "late", "late"]),
)


class Line(NamedTuple):
    """One line of an agenda."""

    time: str
    title: str
    who: str = ""
    tone: int = 1
    state: str = "approved"
    copy: str = "in_outlook"
    href: str = "/conflict"
    busy: bool = False
    iso: str = "2026-11-24T09:00+00:00"


TODAY = (
    Line("09:00–10:30", "Deep tissue massage", "Hugh Barlow", 3, "completed"),
    Line("10:45–11:45", "Sports massage", "Lucy Grant", 1, "no-show"),
    Line("13:00–14:00", "Sports massage", "Sadie Marsh"),
    Line("15:00–16:00", "Sports massage", "Oliver Penn", copy="on_its_way"),
    Line("16:15–17:00", "Busy in Outlook", busy=True, copy="", state="", href=""),
    Line("17:00–17:30", "Posture check", "Rosa Pike", 6, "pending", ""),
)
