"""Calendars: listed, made, renamed, deleted."""

from typing import Any

from sandbox.calendars import Calendar
from sandbox.graph.asks import Answer, Call
from sandbox.graph.events import may_edit
from sandbox.graph.paging import listed
from sandbox.graph.refusals import denied
from sandbox.graph.rows import json_row
from sandbox.graph.shapes import calendar_shape
from sandbox.graph.sharing import lent
from sandbox.mailbox import Mailbox

GROUP = "AAMkGroupMyCalendars="


def index(call: Call) -> Answer:
    """GET /me/calendars."""
    shapes = [calendar_shape(call.mailbox, one) for one in call.mailbox.calendars.values()]
    shapes += [_borrowed(*one) for one in lent(call)]
    return listed(
        call,
        shapes,
        row_of=json_row,
        shape=lambda one: _cut(call, one),
        context=f"{call.me}/calendars",
    )


def create(call: Call) -> Answer:
    """POST /me/calendars."""
    body = call.said
    color = body.get("color") or "auto"
    made = call.mailbox.create_calendar(body.get("name", ""), color=color)
    return Answer(201, _one(call, made))


def show(call: Call) -> Answer:
    """GET /me/calendar and /me/calendars/{id}."""
    return Answer(200, _one(call, _find(call)))


def change(call: Call) -> Answer:
    """PATCH /me/calendars/{id}: name and colour."""
    calendar = _find(call)
    may_edit(call, calendar.id)
    said = {name: value for name, value in call.said.items() if name in ("name", "color")}
    return Answer(200, _one(call, call.mailbox.update_calendar(calendar.id, said)))


def delete(call: Call) -> Answer:
    """DELETE /me/calendars/{id}."""
    if call.borrowed:
        raise denied()
    call.mailbox.delete_calendar(_find(call).id, now=call.now)
    return Answer(204)


def groups(call: Call) -> Answer:
    """GET /me/calendarGroups: there is one, as in a new mailbox."""
    group = {
        "id": GROUP,
        "name": "My Calendars",
        "classId": "0006f0b7-0000-0000-c000-000000000046",
        "changeKey": "nfZyf7VcrEKLNoU37KWlkQAAA0x0+w==",
    }
    context = call.context(f"{call.me}/calendarGroups")
    return Answer(200, {"@odata.context": context, "value": [group]})


def permissions(call: Call) -> Answer:
    """GET …/calendarPermissions: everybody in the house, and with whom it is shared."""
    calendar = _find(call)
    value = [_permission("My Organization", None, "freeBusyRead")]
    value += [_permission(one, one, "read") for one in calendar.shared_with]
    context = call.context(f"{call.me}/calendars('{calendar.id}')/calendarPermissions")
    return Answer(200, {"@odata.context": context, "value": value})


def _borrowed(owner: Mailbox, calendar: Calendar) -> dict[str, Any]:
    """Somebody else's calendar, as it stands among one's own: to be read."""
    no = ("canEdit", "canShare", "canViewPrivateItems", "isDefaultCalendar", "isTallyingResponses")
    shape = calendar_shape(owner, calendar) | dict.fromkeys(no, False)
    return shape | {
        "isRemovable": True,
        **({"name": owner.display_name} if calendar.is_default else {}),
    }


def _permission(name: str, address: str | None, role: str) -> dict[str, Any]:
    return {
        "id": f"permission-{name}",
        "isRemovable": address is not None,
        "isInsideOrganization": True,
        "role": role,
        "allowedRoles": ["none", "freeBusyRead", "limitedRead", "read", "write"],
        "emailAddress": {"name": name, "address": address},
    }


def _find(call: Call) -> Calendar:
    return call.mailbox.calendar(call.calendar_id or call.mailbox.default_calendar.id)


def _one(call: Call, calendar: Calendar) -> dict[str, Any]:
    context = call.context(f"{call.me}/calendars/$entity")
    shape = (_borrowed if call.borrowed else calendar_shape)(call.mailbox, calendar)
    return {"@odata.context": context, **_cut(call, shape)}


def _cut(call: Call, shape: dict[str, Any]) -> dict[str, Any]:
    names = [name.strip() for name in call.query.get("select", "").split(",") if name.strip()]
    if not names or "*" in names:
        return shape
    return {name: value for name, value in shape.items() if name == "id" or name in names}
