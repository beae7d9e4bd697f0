"""$select and $expand: what is left out of an answer and what is added."""

from collections.abc import Callable
from typing import Any

from sandbox import ids
from sandbox.events import Event
from sandbox.graph.asks import Call
from sandbox.graph.filters import PropertyId, read_filter
from sandbox.graph.refusals import bad_query
from sandbox.graph.rows import check_known, json_row
from sandbox.graph.shapes import (
    calendar_shape,
    cancelled_occurrences,
    event_shape,
    extension_shape,
    properties,
)

ALWAYS = ("@odata.etag", "@odata.type", "id")


def full(call: Call, event: Event) -> dict[str, Any]:
    """The event as this request wants it."""
    shape = event_shape(call.mailbox, event, call.prefer)
    return cut(call, event, shape) | expanded(call, event)


def cut(call: Call, event: Event, shape: dict[str, Any]) -> dict[str, Any]:
    """Only what $select names; the etag and the id always come."""
    select = call.query.get("select")
    if not select:
        return shape
    names = [name.strip().split("/")[0] for name in select.split(",") if name.strip()]
    if "*" in names:
        return shape
    for name in names:
        check_known(name)
    if "cancelledOccurrences" in names and event.type == "seriesMaster":
        shape["cancelledOccurrences"] = cancelled_occurrences(event, call.prefer)
    return {name: value for name, value in shape.items() if name in ALWAYS or name in names}


def expanded(call: Call, event: Event) -> dict[str, Any]:
    """What $expand adds. A thing that holds nothing is left out, as Graph does."""
    added = {}
    for name, options in read_expand(call.query.get("expand", "")):
        if name not in _EXPAND:
            check_known(name)
            continue
        value = _EXPAND[name](call, event)
        if "filter" in options and isinstance(value, list):
            keep = read_filter(options["filter"])
            value = [one for one in value if keep(json_row(_findable(one)))]
        if value or name in ("attachments", "instances"):
            added[name] = value
    return added


def read_expand(text: str) -> list[tuple[str, dict[str, str]]]:
    """The names of an $expand, each with its options in lower case."""
    found = []
    for part in split(text, ","):
        name, bracket, rest = part.strip().partition("(")
        if bracket and not rest.endswith(")"):
            raise bad_query("Syntax error in $expand.")
        options = [one.partition("=") for one in split(rest[:-1], ";")] if bracket else []
        found.append((name.strip(), {key.strip().lower().lstrip("$"): v for key, _, v in options}))
    return found


def split(text: str, at: str) -> list[str]:
    """Split where no bracket or quotation is open."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, sign in enumerate(text):
        if sign == "'":
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == at and depth == 0:
                parts.append(text[start:place])
                start = place + 1
    return [part for part in (*parts, text[start:]) if part.strip()]


def _findable(one: dict[str, Any]) -> dict[str, Any]:
    """An expanded element under the id that a filter may name."""
    if "extensionName" in one:
        return one | {"id": one["extensionName"]}
    return one | {"id": PropertyId(one["id"])}


def _changed_dates(call: Call, event: Event) -> list[dict[str, Any]]:
    return [event_shape(call.mailbox, one, call.prefer) for one in event.exceptions.values()]


_EXPAND: dict[str, Callable[[Call, Event], Any]] = {
    "singleValueExtendedProperties": lambda call, event: properties(event),
    "multiValueExtendedProperties": lambda call, event: properties(event, several=True),
    "extensions": lambda call, event: [
        extension_shape(name, held) for name, held in event.extensions.items()
    ],
    "calendar": lambda call, event: place(call, event),
    "attachments": lambda call, event: [],
    "exceptionOccurrences": _changed_dates,
}


def place(call: Call, event: Event) -> dict[str, Any]:
    """The calendar in which the event stands; a deleted one lies in none of the user's."""
    calendar = call.mailbox.calendars.get(event.calendar_id)
    if event.key in call.mailbox.deleted or calendar is None:
        trash = ids.write(call.mailbox.home, ids.Name(ids.CALENDAR, 0))
        return {"id": trash, "name": "Deleted Items", "canEdit": True}
    return calendar_shape(call.mailbox, calendar)
