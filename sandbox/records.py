"""Mailboxes as JSON can hold them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.calendars import Calendar
from sandbox.events import Event
from sandbox.recurrence import Recurrence
from sandbox.subscriptions import Subscription

GIVEN = ("upn", "display_name", "kind", "tenant_id", "object_id", "time_zone")
KEPT = (*GIVEN, "generation", "number", "next_key", "outbox", "settings", "lends")
_MOMENTS = ("start", "end", "created", "modified", "placed", "original")


def to_record(mailbox: Any) -> dict[str, Any]:
    """All of a mailbox."""
    return {
        **{name: getattr(mailbox, name) for name in KEPT},
        "calendars": [one.to_dict() for one in mailbox.calendars.values()],
        "events": [event_to_record(one) for one in mailbox.events.values()],
        "deleted": [event_to_record(one) for one in mailbox.deleted.values()],
        "subscriptions": [one.to_dict() for one in mailbox.subscriptions.values()],
    }


def fill(mailbox: Any, record: dict[str, Any]) -> None:
    """Put what `to_record` wrote into a new mailbox."""
    for name in KEPT:
        setattr(mailbox, name, record[name])
    for calendar in map(Calendar.from_dict, record["calendars"]):
        mailbox.calendars[calendar.id] = calendar
    for one in record["events"]:
        mailbox.place(event_from_record(mailbox.home, one))
    gone = [event_from_record(mailbox.home, one) for one in record["deleted"]]
    mailbox.deleted = {event.key: event for event in gone}
    kept = [Subscription.from_dict(one) for one in record["subscriptions"]]
    mailbox.subscriptions = {one.id: one for one in kept}


def event_to_record(event: Event) -> dict[str, Any]:
    """The event as JSON can hold it; the calendar and mailbox know the rest."""
    record: dict[str, Any] = {name: _iso(getattr(event, name)) for name in _MOMENTS}
    for name in Event.__slots__:
        if name not in record and name != "home":
            record[name] = getattr(event, name)
    record["day"] = event.day.isoformat() if event.day else None
    record["cancelled"] = sorted(day.isoformat() for day in event.cancelled)
    record["exceptions"] = [event_to_record(one) for one in event.exceptions.values()]
    record["recurrence"] = event.recurrence and event.recurrence.to_dict()
    record["zone"] = str(event.start.tzinfo)
    return record


def event_from_record(home: bytes, record: dict[str, Any]) -> Event:
    """The event that `event_to_record` wrote."""
    known = dict(record)
    own_zone = ZoneInfo(known.pop("zone"))
    for name in _MOMENTS:
        known[name] = datetime.fromisoformat(known[name]) if known[name] else None
    for name in ("start", "end"):
        known[name] = known[name].astimezone(own_zone)
    if known["recurrence"]:
        known["recurrence"] = Recurrence.from_dict(known["recurrence"])
    known["day"] = date.fromisoformat(known["day"]) if known["day"] else None
    known["cancelled"] = {date.fromisoformat(day) for day in known["cancelled"]}
    exceptions = [event_from_record(home, one) for one in known["exceptions"]]
    known["exceptions"] = {one.day: one for one in exceptions}
    return Event(home=home, **known)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
