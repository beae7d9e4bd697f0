"""What a client or person wants of an event: JSON, read and checked before anything changes."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sandbox.events import DEFAULTS, Event
from sandbox.moments import read_wall, refused, unreadable
from sandbox.values import READERS, flag, strings, text

OTHERS_WRITE = frozenset({"organizer", "responseStatus", "isCancelled"})
READ_ONLY = frozenset(
    [
        "id",
        "iCalUId",
        "uid",
        "changeKey",
        "createdDateTime",
        "lastModifiedDateTime",
        "type",
        "seriesMasterId",
        "webLink",
        "bodyPreview",
        "hasAttachments",
        "isOrganizer",
        "originalStart",
        "onlineMeeting",
        "onlineMeetingUrl",
        "originalStartTimeZone",
        "originalEndTimeZone",
        "cancelledOccurrences",
        "exceptionOccurrences",
        "calendar",
        "instances",
        "occurrenceId",
        "attachments",
        "calendarId",
        "immutableId",
    ]
)
PROPERTY = re.compile(
    r"(?P<type>[A-Za-z]+(?:Array)?) +"
    r"(?:\{(?P<guid>[0-9A-Fa-f-]{36})\} +(?:Name +(?P<name>.+)|Id +(?P<number>0x[0-9A-Fa-f]+))"
    r"|(?P<tag>0x[0-9A-Fa-f]+))"
)


@dataclass
class Wish:
    """The parts of a body. What was not mentioned is not in `said`."""

    said: frozenset[str]
    fields: dict[str, Any] = field(default_factory=dict)
    start: tuple[datetime, str] | None = None
    end: tuple[datetime, str] | None = None
    is_all_day: bool = False
    recurrence: Any = None
    transaction_id: str | None = None
    properties: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_wish(body: Any) -> Wish:
    """Read a Graph-shaped event. GraphError 400 for what Graph would refuse."""
    if not isinstance(body, dict):
        raise unreadable("Empty Payload. JSON content expected.")
    wish = Wish(said=frozenset(body))
    for name, value in body.items():
        if name in READERS:
            wish.fields[name] = DEFAULTS[name] if value is None else READERS[name](value)
        elif name in _OTHER:
            _OTHER[name](wish, value)
        elif name not in READ_ONLY and "@odata" not in name:
            raise unreadable(
                f"The property '{name}' does not exist on type 'microsoft.graph.event'. Make sure "
                "to only use property names that are defined by the type."
            )
    _join_places(wish)
    return wish


def fingerprint(body: dict[str, Any]) -> str:
    """Two creates with the same fingerprint ask for the same event."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def check_times(event: Event) -> None:
    """The end follows the start; an all-day event runs from midnight to midnight."""
    if event.end < event.start:
        raise refused("The end must not be before the start.")
    if not event.is_all_day:
        return
    edges = (event.start.time(), event.end.time())
    if edges != (time(), time()) or event.start.date() >= event.end.date():
        raise refused(
            "The Event.Start property for an all-day event needs to be set to midnight, and its "
            "end to a later midnight of the same time zone."
        )


def fold(event_fields: dict[str, Any]) -> dict[str, Any]:
    """Only what differs from Exchange's defaults is kept."""
    return {name: value for name, value in event_fields.items() if value != DEFAULTS[name]}


def property_id(value: Any) -> str:
    """The id of an extended property in one spelling: its name is case-sensitive, its GUID not."""
    if not isinstance(value, str):
        raise refused("The id of an extended property is a string.")
    return _one_spelling(value)


@lru_cache(maxsize=1024)
def _one_spelling(value: str) -> str:
    found = PROPERTY.fullmatch(value.strip())
    if found is None:
        raise refused(f"The extended property id '{value}' is not of a known form.")
    if found["tag"]:
        return f"{found['type'].capitalize()} {found['tag'].lower()}"
    kind = "SystemTime" if found["type"].lower() == "systemtime" else found["type"]
    kind = kind[:1].upper() + kind[1:]
    what = f"Name {found['name']}" if found["name"] else f"Id {found['number'].lower()}"
    return f"{kind} {{{found['guid'].lower()}}} {what}"


def extension(value: Any) -> tuple[str, dict[str, Any]]:
    """The name of an open extension and what it holds."""
    if not isinstance(value, dict) or not value.get("extensionName"):
        raise refused("An open extension needs an extensionName.")
    hidden = ("extensionName", "id")
    held = {k: v for k, v in value.items() if k not in hidden and not k.startswith("@")}
    return text(value["extensionName"]), held


def _join_places(wish: Wish) -> None:
    if "location" in wish.fields:
        place = wish.fields["location"]
        wish.fields["locations"] = [place] if place.get("displayName") else []
    elif "locations" in wish.fields:
        places = wish.fields["locations"]
        wish.fields["location"] = places[0] if places else DEFAULTS["location"]


def _start(wish: Wish, value: Any) -> None:
    wish.start = read_wall(value)


def _end(wish: Wish, value: Any) -> None:
    wish.end = read_wall(value)


def _all_day(wish: Wish, value: Any) -> None:
    wish.is_all_day = value is not None and flag(value)


def _recurrence(wish: Wish, value: Any) -> None:
    wish.recurrence = value


def _transaction(wish: Wish, value: Any) -> None:
    wish.transaction_id = text(value) or None


def _properties(wish: Wish, value: Any) -> None:
    for one in _list(value):
        if not isinstance(one, dict) or "value" not in one:
            raise unreadable("An extended property has an id and a value.")
        held = one["value"]
        wish.properties[property_id(one.get("id"))] = (
            strings(held) if isinstance(held, list) else None if held is None else text(held)
        )


def _extensions(wish: Wish, value: Any) -> None:
    wish.extensions.update(extension(one) for one in _list(value))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise unreadable("A list is expected.")
    return value


_OTHER = {
    "start": _start,
    "end": _end,
    "isAllDay": _all_day,
    "recurrence": _recurrence,
    "transactionId": _transaction,
    "singleValueExtendedProperties": _properties,
    "multiValueExtendedProperties": _properties,
    "extensions": _extensions,
}
