"""Events and calendars as rows that can be filtered, sorted and cut."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.graph.filters import PropertyId, Row, walk
from sandbox.graph.prefer import Prefer
from sandbox.graph.refusals import bad_query
from sandbox.graph.shapes import PLAIN, event_shape, properties
from sandbox.mailbox import Mailbox

KNOWN = frozenset(PLAIN) | {
    "id",
    "createdDateTime",
    "lastModifiedDateTime",
    "changeKey",
    "transactionId",
    "iCalUId",
    "originalStartTimeZone",
    "originalEndTimeZone",
    "hasAttachments",
    "bodyPreview",
    "isAllDay",
    "isOrganizer",
    "seriesMasterId",
    "type",
    "webLink",
    "onlineMeetingUrl",
    "recurrence",
    "body",
    "organizer",
    "start",
    "end",
    "originalStart",
    "cancelledOccurrences",
    "singleValueExtendedProperties",
    "multiValueExtendedProperties",
    "extensions",
    "attachments",
    "calendar",
    "instances",
    "exceptionOccurrences",
}
_MOMENTS = {
    "start/dateTime": "start",
    "end/dateTime": "end",
    "createdDateTime": "created",
    "lastModifiedDateTime": "modified",
    "originalStart": "original",
}
_IN_UTC = Prefer()


def check_known(path: str) -> None:
    """GraphError 400 for a property that an event does not have."""
    name = path.split("/")[0]
    if name not in KNOWN:
        raise GraphError(
            400,
            "RequestBroker--ParseUri",
            f"Could not find a property named '{name}' on type 'microsoft.graph.event'.",
        )


def event_row(mailbox: Mailbox, event: Event) -> Row:
    """The values of an event; its whole shape is only made if something rare is asked for."""
    shape: dict[str, Any] = {}

    def value(path: str) -> Any:
        if path in _MOMENTS:
            moment = getattr(event, _MOMENTS[path])
            return moment and moment.astimezone(UTC)
        if path in ("singleValueExtendedProperties", "multiValueExtendedProperties"):
            several = path.startswith("multi")
            return [
                {**one, "id": PropertyId(one["id"])} for one in properties(event, several=several)
            ]
        if path == "extensions":
            return [{"id": name} for name in event.extensions]
        check_known(path)
        if path in PLAIN:
            return event[path]
        shape.update(shape or event_shape(mailbox, event, _IN_UTC))
        return walk(shape, path)

    return value


def json_row(shape: dict[str, Any]) -> Row:
    """The values of something that is JSON already."""
    return lambda path: walk(shape, path)


def sort_key(row: Row, path: str) -> tuple[bool, Any]:
    """What $orderby compares: nothing comes first, text without regard to case."""
    value = row(path)
    if isinstance(value, str):
        value = value.casefold()
    return (value is not None, value if value is not None else 0)


def ordered(rows: list[Any], orderby: str, row_of: Callable[[Any], Row]) -> list[Any]:
    """Sort by one or several paths, each with asc or desc."""
    for clause in reversed(orderby.split(",")):
        path, _, direction = clause.strip().partition(" ")
        if not path or direction.strip().lower() not in ("", "asc", "desc"):
            raise bad_query("Syntax error in $orderby.")
        keys = [sort_key(row_of(one), path) for one in rows]
        if any(isinstance(value, dict | list) for _, value in keys):
            raise bad_query(f"The property '{path}' cannot be used in $orderby.")
        backwards = direction.strip().lower() == "desc"
        places = sorted(range(len(rows)), key=keys.__getitem__, reverse=backwards)
        rows = [rows[place] for place in places]
    return rows
