"""getSchedule: who is free when. Work accounts only."""

from datetime import datetime, timedelta
from typing import Any

from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.graph.asks import Answer, Call
from sandbox.graph.me import working_hours
from sandbox.graph.shapes import times
from sandbox.mailbox import Mailbox
from sandbox.moments import read_wall

DIGITS = {"free": "0", "tentative": "1", "busy": "2", "oof": "3", "workingElsewhere": "4"}
# Of several statuses in one slot the strongest is shown.
STRENGTH = {"0": 0, "4": 1, "1": 2, "2": 3, "3": 4}
MOST_ENTRIES = 1000


def get_schedule(call: Call) -> Answer:
    """POST …/getSchedule."""
    if call.mailbox.kind == "personal":
        raise GraphError(
            403, "ErrorAccessDenied", "getSchedule is not available for personal accounts."
        )
    people = call.parameter("schedules")
    interval = call.parameter("availabilityViewInterval", 30)
    if not isinstance(people, list) or not people:
        raise GraphError(400, "ErrorInvalidParameter", "At least one schedule is needed.")
    if not isinstance(interval, int) or not 5 <= interval <= 1440:
        raise GraphError(400, "ErrorInvalidParameter", "The interval is 5 to 1440 minutes.")
    begins, _ = read_wall(call.parameter("startTime"))
    ends, _ = read_wall(call.parameter("endTime"))
    if ends <= begins:
        raise GraphError(400, "ErrorInvalidParameter", "The end must follow the start.")
    step = timedelta(minutes=interval)
    kind = "Collection(microsoft.graph.scheduleInformation)"
    value = [_one(call, str(name), begins, ends, step) for name in people]
    return Answer(200, {"@odata.context": call.context(kind), "value": value})


def _one(
    call: Call, name: str, begins: datetime, ends: datetime, step: timedelta
) -> dict[str, Any]:
    mailbox = _colleague(call, name)
    if mailbox is None:
        return _failed(name, "5009", "Mail recipient not found.")
    events = mailbox.view(mailbox.default_calendar.id, begins, ends)
    if len(events) > MOST_ENTRIES:
        return _failed(name, "5006", "The result set contains too many calendar entries.")
    items = [event for event in events if event["showAs"] != "unknown" and not event["isDraft"]]
    return {
        "scheduleId": name,
        "availabilityView": _digits(items, begins, ends, step),
        "scheduleItems": [_item(call, mailbox, event) for event in items],
        "workingHours": working_hours(mailbox.time_zone),
    }


def _colleague(call: Call, name: str) -> Mailbox | None:
    found = call.world.mailboxes.get(name.lower())
    if found is None or found.tenant_id != call.mailbox.tenant_id or not found.calendars:
        return None
    return found


def _failed(name: str, code: str, message: str) -> dict[str, Any]:
    error = {"message": message, "responseCode": code}
    return {"scheduleId": name, "availabilityView": "", "scheduleItems": [], "error": error}


def _digits(items: list[Event], begins: datetime, ends: datetime, step: timedelta) -> str:
    slots = []
    while begins < ends:
        upto = min(begins + step, ends)
        here = [DIGITS[one["showAs"]] for one in items if one.overlaps(begins, upto)]
        slots.append(max(here, key=STRENGTH.__getitem__, default="0"))
        begins = upto
    return "".join(slots)


def _item(call: Call, mailbox: Mailbox, event: Event) -> dict[str, Any]:
    hidden = event["sensitivity"] in ("private", "confidential")
    own = mailbox is call.mailbox
    item = {"isPrivate": hidden, "status": event["showAs"], **times(event, call.prefer)}
    if own and not hidden:
        item |= {"subject": event.subject, "location": event["location"]["displayName"]}
    return item
