"""One person's mailbox: calendars, events, what changed, the mails it would have sent. No HTTP."""

from collections.abc import Callable
from datetime import datetime
from typing import Any


class Event:
    """A single event, the master of a series, an occurrence or an exception."""

    id: str  # default id
    immutable_id: str
    calendar_id: str
    type: str  # singleInstance, seriesMaster, occurrence, exception
    start: datetime  # aware, in the zone the event was written in
    end: datetime
    is_all_day: bool
    subject: str


class Calendar:
    """One calendar of a mailbox."""

    id: str
    name: str
    can_edit: bool
    is_default: bool
    shared_with: list[str]


class Mailbox:
    """One person's data. Every method that changes it sets `dirty`."""

    upn: str
    display_name: str
    kind: str  # work, personal, no_mailbox, needs_admin
    tenant_id: str
    object_id: str
    time_zone: str  # a Windows name
    calendars: dict[str, Calendar]  # by id, the default one first
    outbox: list[dict[str, Any]]  # mails: sentAt, from, to, kind, subject, comment, eventId
    generation: int
    dirty: bool
    listener: Callable[["Mailbox", Any], None] | None

    def __init__(
        self,
        upn: str,
        display_name: str,
        *,
        kind: str = "work",
        tenant_id: str,
        object_id: str,
        time_zone: str = "W. Europe Standard Time",
    ) -> None: ...

    def create_event(self, calendar_id: str, body: dict[str, Any], *, now: datetime) -> Event: ...
    def update_event(self, event_id: str, changes: dict[str, Any], *, now: datetime) -> Event: ...
    def delete_event(self, event_id: str, *, now: datetime) -> None: ...
    def move_event(self, event_id: str, calendar_id: str, *, now: datetime) -> Event: ...
    def copy_event(
        self, event_id: str, *, now: datetime, calendar_id: str | None = None
    ) -> Event: ...
    def event(self, event_id: str) -> Event:
        """Either form of id, also an occurrence's. GraphError 404 where there is none."""

    def listing(self, *, deleted: bool = False) -> list[Event]:
        """Masters, exceptions and single events of all calendars (or those deleted)."""

    def view(self, calendar_id: str, start: datetime, end: datetime) -> list[Event]:
        """What a week shows: single events, occurrences, exceptions, by start."""

    def create_calendar(
        self, name: str, *, color: str = "auto", can_edit: bool = True, is_default: bool = False
    ) -> Calendar: ...
    def update_calendar(self, calendar_id: str, changes: dict[str, Any]) -> Calendar:
        """Changes: name, color, canEdit, shareWith."""

    def delete_calendar(self, calendar_id: str, *, now: datetime) -> None: ...
    def expire_delta(self) -> None:
        """All delta links so far answer 410 from now on."""

    def to_dict(self) -> dict[str, Any]: ...
    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Mailbox": ...
