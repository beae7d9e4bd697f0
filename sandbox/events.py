"""One event: a single one, the master of a series, an occurrence or an exception."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sandbox import ids
from sandbox.moments import NEVER
from sandbox.recurrence import Recurrence

NOWHERE = {
    "displayName": "",
    "locationType": "default",
    "uniqueIdType": "unknown",
    "address": {},
    "coordinates": {},
}
DEFAULTS: dict[str, Any] = {
    "subject": "",
    "body": {"contentType": "html", "content": ""},
    "importance": "normal",
    "sensitivity": "normal",
    "showAs": "busy",
    "categories": [],
    "attendees": [],
    "location": NOWHERE,
    "locations": [],
    "isReminderOn": True,
    "reminderMinutesBeforeStart": 15,
    "responseRequested": True,
    "allowNewTimeProposals": True,
    "hideAttendees": False,
    "isDraft": False,
    "isCancelled": False,
    "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown",
    "onlineMeeting": None,
    "organizer": None,
    "responseStatus": {"response": "organizer", "time": NEVER},
}


@dataclass(slots=True)
class Event:
    """An item of a calendar. `start` and `end` are aware, in the zone the series counts in.

    `fields` holds what differs from DEFAULTS, in Graph's names. An occurrence or exception has
    the key of its series and a `day`, the one that the pattern gave it.
    """

    home: bytes
    key: int
    calendar_id: str
    start: datetime
    end: datetime
    start_zone: str
    end_zone: str
    created: datetime
    modified: datetime
    placed: datetime  # when it came into this calendar
    is_all_day: bool = False
    change: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, dict[str, Any]] = field(default_factory=dict)
    recurrence: Recurrence | None = None
    transaction_id: str | None = None
    fingerprint: str = ""
    moves: int = 0
    schedule: int = 0
    exceptions: dict[date, "Event"] = field(default_factory=dict)
    cancelled: set[date] = field(default_factory=set)
    day: date | None = None
    original: datetime | None = None
    is_exception: bool = False

    def __getitem__(self, name: str) -> Any:
        """A field by Graph's name, with Exchange's default."""
        return self.fields[name] if name in self.fields else DEFAULTS[name]

    @property
    def subject(self) -> str:
        return str(self["subject"])

    @property
    def type(self) -> str:
        if self.day:
            return "exception" if self.is_exception else "occurrence"
        return "seriesMaster" if self.recurrence else "singleInstance"

    @property
    def id(self) -> str:
        """The default id: another one after a move."""
        return self._id(ids.ITEM, self.day)

    @property
    def immutable_id(self) -> str:
        """The id that survives moves."""
        return self._id(ids.IMMUTABLE, self.day)

    def _id(self, form: int, day: date | None) -> str:
        moves = self.moves if form == ids.ITEM else 0
        schedule = self.schedule if day else 0
        return ids.write(self.home, ids.Name(form, self.key, moves, schedule, day))

    def master_id(self, *, immutable: bool = False) -> str | None:
        """The id of the series that this belongs to."""
        return self._id(ids.IMMUTABLE if immutable else ids.ITEM, None) if self.day else None

    @property
    def change_key(self) -> str:
        return ids.change_key(self.home, self.key, self.change)

    @property
    def ical_uid(self) -> str:
        return ids.ical_uid(self.home, self.key, self.day)

    @property
    def is_organizer(self) -> bool:
        return self["organizer"] is None

    def overlaps(self, begin: datetime, end: datetime) -> bool:
        """Does it touch that time? An event without length counts at its moment."""
        if self.start >= end:
            return False
        return self.end > begin or self.start == self.end == begin

    @property
    def duration(self) -> timedelta:
        """Real time from start to end; for all-day events wall time."""
        if self.is_all_day:
            return self.end.replace(tzinfo=None) - self.start.replace(tzinfo=None)
        return timedelta(seconds=self.end.timestamp() - self.start.timestamp())
