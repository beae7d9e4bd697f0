"""What stands in a mailbox on its first day: two lifelike weeks, mornings mostly left free."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.calendars import Calendar
from sandbox.mailbox import Mailbox
from sandbox.people import TIME_ZONE

_ZONE = ZoneInfo("Europe/London")
_WORK_DAYS = 10


@dataclass(frozen=True)
class Entry:
    """One entry of the seed, `day` work days after the first, times local.

    `extra` are further properties as Graph names them; minutes None means all day.
    """

    day: int
    at: str
    minutes: int | None
    subject: str
    place: str = ""
    extra: tuple[tuple[str, Any], ...] = ()

    def body(self, days: list[date]) -> dict[str, Any]:
        """The entry as Graph takes it."""
        day = days[self.day]
        start = datetime.combine(day, time.fromisoformat(self.at or "00:00"))
        end = start + (timedelta(minutes=self.minutes) if self.minutes else timedelta(days=1))
        told = {
            "subject": self.subject,
            "start": moment(start),
            "end": moment(end),
            "isAllDay": self.minutes is None,
            **dict(self.extra),
        }
        return {**told, "location": {"displayName": self.place}} if self.place else told


FREE = (("showAs", "free"),)
TENTATIVE = (("showAs", "tentative"),)
AWAY = (("showAs", "oof"),)
SECRET = (("sensitivity", "private"),)

_ANNA = (
    Entry(0, "14:00", 45, "Dentist", "12 Park Row"),
    Entry(1, "16:15", 45, "School run", "", SECRET),
    Entry(2, "12:15", 60, "Lunch with Petra", "Café Lindgren", FREE),
    Entry(3, "16:15", 60, "Choir?", "", TENTATIVE),
    Entry(4, "13:00", 240, "Weekend away", "", AWAY),
    Entry(5, "15:30", 60, "Call with the accountant"),
    Entry(6, "", None, "Mum’s birthday", "", FREE),
    Entry(7, "13:00", 90, "Physio course, part two", "Online", TENTATIVE),
    Entry(8, "17:00", 90, "School play", "St Mary’s hall", SECRET),
    Entry(9, "11:15", 45, "Boiler service"),
)
_BEN = (
    Entry(0, "15:00", 60, "Landlord", "Flat 3"),
    Entry(1, "12:30", 75, "Five-a-side", "Sports hall", FREE),
    Entry(2, "16:30", 60, "Eye test", "High Street 40", SECRET),
    Entry(3, "08:00", 60, "Van to the garage"),
    Entry(4, "14:00", 60, "Interview, new colleague?", "", TENTATIVE),
    Entry(5, "", None, "Recycling day", "", FREE),
    Entry(6, "13:30", 120, "First-aid refresher", "Red Cross house"),
    Entry(7, "16:00", 60, "Collect the twins", "", SECRET),
    Entry(8, "12:00", 300, "Off to Leeds", "", AWAY),
    Entry(9, "15:15", 45, "Call with the bank"),
)
_CARLA = (
    Entry(0, "13:30", 60, "Vet with Momo", "Vet’s on the corner"),
    Entry(1, "17:00", 90, "Spanish club", "Library", FREE),
    Entry(2, "15:00", 45, "Doctor", "", SECRET),
    Entry(3, "12:30", 60, "Lunch with Inés?", "", TENTATIVE),
    Entry(5, "", None, "Moving day (Luis)", "", FREE),
    Entry(6, "14:00", 90, "Parents’ evening", "Room 2B"),
    Entry(7, "16:00", 120, "Train to Brighton", "", AWAY),
    Entry(9, "13:00", 60, "Tax return with Paul"),
)
_FOR = {"anna@contoso.test": _ANNA, "ben@contoso.test": _BEN, "carla@outlook.test": _CARLA}
_PRIVATE = (Entry(4, "18:30", 90, "Pottery class", "Studio Ton"), Entry(8, "12:30", 45, "Gym"))
_ROTA = (Entry(1, "", None, "Early shift: Anna"), Entry(6, "", None, "Early shift: Ben"))
_SERIES = Entry(2, "13:30", 60, "Team meeting", "Back office")


def fill(mailbox: Mailbox, *, now: datetime) -> None:
    """Three calendars and two weeks of entries, from the day of `now` on."""
    default, private, rota = calendars(mailbox)
    days = work_days(now.astimezone(_ZONE).date(), _WORK_DAYS)
    for entry in _FOR.get(mailbox.upn, ()):
        mailbox.create_event(default.id, entry.body(days), now=now)
    if mailbox.upn in _FOR:
        _series(mailbox, default, days, now)
        for calendar, entries in ((private, _PRIVATE), (rota, _ROTA)):
            for entry in entries:
                mailbox.create_event(calendar.id, entry.body(days), now=now)
    mailbox.update_calendar(rota.id, {"canEdit": False})


def calendars(mailbox: Mailbox) -> tuple[Calendar, Calendar, Calendar]:
    """The default calendar, a second one, and one that will become read-only."""
    return (
        mailbox.create_calendar("Calendar", is_default=True),
        mailbox.create_calendar("Private", color="lightGreen"),
        mailbox.create_calendar("Team rota", color="lightOrange"),
    )


def scatter(mailbox: Mailbox, count: int, *, now: datetime) -> None:
    """`count` entries of an hour on coming work days, for a mailbox made for a load test."""
    default = next(iter(mailbox.calendars))
    days = work_days(now.astimezone(_ZONE).date(), count // 5 + 1)
    for number in range(count):
        entry = Entry(number // 5, f"{12 + number % 5}:00", 60, f"Entry {number + 1}")
        mailbox.create_event(default, entry.body(days), now=now)


def work_days(first: date, count: int) -> list[date]:
    """The next `count` days from Monday to Friday, `first` among them if it is one."""
    span = (first + timedelta(days=n) for n in range(count * 2 + 4))
    return [day for day in span if day.weekday() < 5][:count]


def moment(local: datetime) -> dict[str, str]:
    """A local time of the demo people as Graph writes it."""
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}", "timeZone": TIME_ZONE}


def _series(mailbox: Mailbox, calendar: Calendar, days: list[date], now: datetime) -> None:
    """A weekly meeting whose second date was moved by an hour."""
    body = _SERIES.body(days)
    first = days[_SERIES.day]
    body["recurrence"] = {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "daysOfWeek": [f"{first:%A}".lower()],
            "firstDayOfWeek": "monday",
        },
        "range": {
            "type": "numbered",
            "startDate": first.isoformat(),
            "numberOfOccurrences": 26,
            "recurrenceTimeZone": TIME_ZONE,
        },
    }
    master = mailbox.create_event(calendar.id, body, now=now)
    midnight = datetime.combine(first + timedelta(days=7), time(), _ZONE)
    for event in mailbox.view(calendar.id, midnight, midnight + timedelta(days=1)):
        if event.type == "occurrence" and event.subject == master.subject:
            later = datetime.combine(midnight.date(), time(14, 30))
            changes = {"start": moment(later), "end": moment(later + timedelta(hours=1))}
            mailbox.update_event(event.id, changes, now=now)
