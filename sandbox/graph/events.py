"""Events: listed, made, read, changed, deleted."""

from datetime import timedelta
from typing import Any

from sandbox import ids, series
from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.graph.asks import Answer, Call
from sandbox.graph.expand import full, place
from sandbox.graph.paging import listed
from sandbox.graph.refusals import conflict, denied
from sandbox.graph.rows import event_row
from sandbox.graph.shapes import etag, extension_shape
from sandbox.graph.windows import window
from sandbox.wishes import OTHERS_WRITE, fingerprint

SEARCHED = ("extendedproperties", "extensions/")


def find(call: Call, *, deleted: bool = False) -> Event:
    """The event of the path. It must stand in the calendar that the path names, if any."""
    event_id = call.args[0]
    try:
        event = call.mailbox.event(event_id)
    except GraphError as error:
        if not deleted or error.status != 404:
            raise
        return call.mailbox.deleted_event(event_id)
    if call.calendar_id and event.calendar_id != call.calendar_id:
        raise ids.missing()
    return event


def editable(call: Call, event: Event) -> Event:
    """GraphError 403 for an event of a calendar that is only read, 412 for a stale If-Match."""
    may_edit(call, event.calendar_id)
    wanted = call.headers.get("If-Match", "*")
    if wanted.strip() == "*" or call.quirk("if_match", "honoured") == "ignored":
        return event
    keys = [one.strip().removeprefix("W/").strip('"') for one in wanted.split(",")]
    if event.change_key not in keys:
        raise conflict()
    return event


def may_edit(call: Call, calendar_id: str) -> None:
    """GraphError 403 for a calendar that the user may only read."""
    if call.borrowed or not call.mailbox.calendar(calendar_id).can_edit:
        raise denied()


def index(call: Call) -> Answer:
    """GET …/events: masters and single events."""
    if call.calendar_id is None and call.quirk("events_scope", "mailbox") == "mailbox":
        calendars = list(call.mailbox.calendars)
    else:
        calendars = [call.calendar_id or call.mailbox.default_calendar.id]
    rows = [event for one in calendars for event in call.mailbox.members(one)]
    asked = call.query.get("filter", "").lower()
    lag = timedelta(milliseconds=call.quirk("search_lag_ms", 0))
    if lag and any(word in asked for word in SEARCHED):
        rows = [event for event in rows if event.placed <= call.now - lag]
    return _list(call, rows, "events")


def view(call: Call) -> Answer:
    """GET …/calendarView: what stands in a window, never a master."""
    begins, ends = window(call)
    calendar_id = call.calendar_id or call.mailbox.default_calendar.id
    return _list(call, call.mailbox.view(calendar_id, begins, ends), "calendarView")


def instances(call: Call) -> Answer:
    """GET …/events/{id}/instances."""
    event = find(call)
    begins, ends = window(call)
    if event.type != "seriesMaster":
        raise GraphError(400, "ErrorInvalidRequest", "Expand is only possible on a series.")
    rows = sorted(series.expand(event, begins, ends), key=lambda one: one.start.timestamp())
    return _list(call, rows, f"events('{call.args[0]}')/instances")


def _list(call: Call, rows: list[Event], what: str) -> Answer:
    return listed(
        call,
        rows,
        row_of=lambda event: event_row(call.mailbox, event),
        shape=lambda event: full(call, event),
        context=f"{call.me}/{what}",
    )


def create(call: Call) -> Answer:
    """POST …/events. A repeated transactionId makes no second event."""
    calendar_id = call.calendar_id or call.mailbox.default_calendar.id
    may_edit(call, calendar_id)
    body = wish_of(call)
    event = _repeated(call, body) or call.mailbox.create_event(calendar_id, body, now=call.now)
    shape = _one(call, event)
    if event.extensions:
        shape["extensions"] = [extension_shape(*one) for one in event.extensions.items()]
    location = f"{call.root}/{call.me}/events('{shape['id']}')"
    return Answer(201, shape, {"Location": location, "ETag": etag(event)})


def _repeated(call: Call, body: dict[str, Any]) -> Event | None:
    transaction = body.get("transactionId")
    known = call.mailbox.with_transaction(transaction) if isinstance(transaction, str) else None
    quirk = call.quirk("transaction_repeat", "same")
    if known is None or quirk == "new":
        return None
    if quirk == "same" and known.fingerprint == fingerprint(body):
        return known
    raise GraphError(
        409,
        "ErrorDuplicateTransactionId",
        "Your request can't be completed. An event with this transactionId exists already.",
    )


def wish_of(call: Call) -> dict[str, Any]:
    """The body without what only other people's Exchange writes."""
    return {name: value for name, value in call.said.items() if name not in OTHERS_WRITE}


def _one(call: Call, event: Event) -> dict[str, Any]:
    return {"@odata.context": call.context(f"{call.me}/events/$entity"), **full(call, event)}


def show(call: Call) -> Answer:
    """GET …/events/{id}."""
    event = find(call, deleted=call.quirk("deleted_get", 404) == 200)
    return Answer(200, _one(call, event), {"ETag": etag(event)})


def change(call: Call) -> Answer:
    """PATCH …/events/{id}: a merge."""
    event = editable(call, find(call))
    event = call.mailbox.update_event(event.id, wish_of(call), now=call.now)
    return Answer(200, _one(call, event), {"ETag": etag(event)})


def delete(call: Call) -> Answer:
    """DELETE …/events/{id}, to the deleted items."""
    refuse = call.quirk("deleted_delete", 404) == 403
    event = find(call, deleted=refuse)
    if event.key in call.mailbox.deleted:
        raise GraphError(403, "ErrorCannotDeleteObject", "The specified object cannot be deleted.")
    call.mailbox.delete_event(editable(call, event).id, now=call.now)
    return Answer(204)


def calendar_of(call: Call) -> Answer:
    """GET …/events/{id}/calendar."""
    event = find(call, deleted=call.quirk("deleted_get", 404) == 200)
    context = call.context(f"{call.me}/calendars/$entity")
    return Answer(200, {"@odata.context": context, **place(call, event)})


def attachments(call: Call) -> Answer:
    """GET …/events/{id}/attachments: there never are any."""
    find(call)
    context = call.context(f"{call.me}/events('{call.args[0]}')/attachments")
    return Answer(200, {"@odata.context": context, "value": []})
