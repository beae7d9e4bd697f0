"""The single fields of an event, read out of JSON with Graph's refusals."""

from collections.abc import Callable
from typing import Any

from sandbox.events import NOWHERE
from sandbox.moments import NEVER, refused, unreadable

Reader = Callable[[Any], Any]


def text(value: Any) -> str:
    """A string; null is an empty one."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise unreadable("Cannot convert a primitive value to the expected type 'Edm.String'.")
    return value


def flag(value: Any) -> bool:
    """True or false, as words too: python-o365 writes them so, and Graph takes it."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise unreadable("Cannot convert a primitive value to the expected type 'Edm.Boolean'.")
    return value


def minutes(value: Any) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise unreadable("Cannot convert a primitive value to the expected type 'Edm.Int32'.")
    return value


def one_of(*words: str) -> Reader:
    """A reader of one of these words, in any case."""

    def read(value: Any) -> str:
        for word in words:
            if isinstance(value, str) and value.lower() == word.lower():
                return word
        raise unreadable(f"Requested value '{value}' was not found.")

    return read


def strings(value: Any) -> list[str]:
    """A list of strings; null is an empty one."""
    if isinstance(value, str) or not isinstance(value, list | None):
        raise unreadable("A list of strings is expected.")
    return [text(one) for one in value or []]


def body(value: Any) -> dict[str, str]:
    """An itemBody as it was written; Graph's answers wrap it."""
    if not isinstance(value, dict):
        raise unreadable("A body has contentType and content.")
    kind = one_of("html", "text")(value.get("contentType") or "text")
    return {"contentType": kind, "content": text(value.get("content"))}


def location(value: Any) -> dict[str, Any]:
    """A location with the identity that Exchange gives it."""
    if not isinstance(value, dict):
        raise unreadable("A location has a displayName.")
    name = text(value.get("displayName"))
    if not name and len(value) < 2:
        return NOWHERE
    known = {key: one for key, one in value.items() if key in LOCATION_KEYS and one is not None}
    own = {"displayName": name, "locationType": "default", "uniqueId": name}
    return own | {"uniqueIdType": "private"} | known


LOCATION_KEYS = [
    "displayName",
    "locationType",
    "uniqueId",
    "uniqueIdType",
    "address",
    "coordinates",
    "locationUri",
    "locationEmailAddress",
]


def locations(value: Any) -> list[dict[str, Any]]:
    """Several locations."""
    if not isinstance(value, list | None):
        raise unreadable("A list of locations is expected.")
    return [location(one) for one in value or []]


def attendees(value: Any) -> list[dict[str, Any]]:
    """At most 500 attendees, none of whom has answered yet."""
    if not isinstance(value, list | None):
        raise unreadable("A list of attendees is expected.")
    if len(value or []) > 500:
        raise refused("An event has at most 500 attendees.")
    return [_attendee(one) for one in value or []]


def _attendee(value: Any) -> dict[str, Any]:
    kind = one_of("required", "optional", "resource")
    if not isinstance(value, dict):
        raise unreadable("An attendee has an emailAddress.")
    return {
        "type": kind(value.get("type") or "required"),
        "status": {"response": "none", "time": NEVER},
        **recipient(value),
    }


def recipient(value: Any) -> dict[str, Any]:
    """An emailAddress with name and address; the name may be missing."""
    address = value.get("emailAddress") if isinstance(value, dict) else None
    if not isinstance(address, dict) or not address.get("address"):
        raise refused("An emailAddress needs an address.")
    mail = text(address["address"])
    return {"emailAddress": {"name": text(address.get("name")) or mail, "address": mail}}


def as_it_is(value: Any) -> Any:
    """What is not checked: a person's own program writes it."""
    return value


READERS: dict[str, Reader] = {
    "subject": text,
    "body": body,
    "importance": one_of("low", "normal", "high"),
    "sensitivity": one_of("normal", "personal", "private", "confidential"),
    "showAs": one_of("free", "tentative", "busy", "oof", "workingElsewhere", "unknown"),
    "categories": strings,
    "attendees": attendees,
    "location": location,
    "locations": locations,
    "isReminderOn": flag,
    "reminderMinutesBeforeStart": minutes,
    "responseRequested": flag,
    "allowNewTimeProposals": flag,
    "hideAttendees": flag,
    "isDraft": flag,
    "isOnlineMeeting": flag,
    "onlineMeetingProvider": one_of(
        "unknown", "teamsForBusiness", "skypeForBusiness", "skypeForConsumer"
    ),
    # What only other people's Exchange writes; Graph's door leaves these out.
    "organizer": recipient,
    "responseStatus": as_it_is,
    "isCancelled": flag,
}
