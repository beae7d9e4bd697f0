"""Which path is answered by whom, and what permission it needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.errors import GraphError
from sandbox.graph import (
    actions,
    calendars,
    delta,
    events,
    extensions,
    me,
    schedule,
    subscriptions,
)
from sandbox.graph.asks import Answer, Call
from sandbox.graph.refusals import denied, no_segment
from sandbox.graph.sharing import enter

Handler = Callable[[Call], Answer | Awaitable[Answer]]

READ = frozenset({"Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"})
FULL_READ = frozenset({"Calendars.Read", "Calendars.ReadWrite"})
WRITE = frozenset({"Calendars.ReadWrite"})
USER = frozenset({"User.Read", "User.ReadWrite", "User.ReadBasic.All", "User.Read.All"})
SETTINGS = frozenset({"MailboxSettings.Read", "MailboxSettings.ReadWrite"})
SET_SETTINGS = frozenset({"MailboxSettings.ReadWrite"})
GRAPH = "https://graph.microsoft.com/"


@dataclass(frozen=True)
class Route:
    """A handler and the permissions of which one is enough."""

    handler: Handler
    scopes: frozenset[str]
    needs_mailbox: bool = True


# Below /me, or below one calendar; {} is any segment.
EVENTS: dict[str, dict[str, Route]] = {
    "calendarView": {"GET": Route(events.view, READ)},
    "calendarView/delta": {"GET": Route(delta.view_delta, READ)},
    "calendarPermissions": {"GET": Route(calendars.permissions, READ)},
    "getSchedule": {"POST": Route(schedule.get_schedule, READ)},
    "events": {"GET": Route(events.index, READ), "POST": Route(events.create, WRITE)},
    "events/delta": {"GET": Route(delta.events_delta, READ)},
    "events/{}": {
        "GET": Route(events.show, READ),
        "PATCH": Route(events.change, WRITE),
        "DELETE": Route(events.delete, WRITE),
    },
    "events/{}/instances": {"GET": Route(events.instances, READ)},
    "events/{}/calendar": {"GET": Route(events.calendar_of, READ)},
    "events/{}/attachments": {"GET": Route(events.attachments, FULL_READ)},
    "events/{}/extensions": {
        "GET": Route(extensions.index, FULL_READ),
        "POST": Route(extensions.create, WRITE),
    },
    "events/{}/extensions/{}": {
        "GET": Route(extensions.show, FULL_READ),
        "PATCH": Route(extensions.change, WRITE),
        "DELETE": Route(extensions.delete, WRITE),
    },
    "events/{}/accept": {"POST": Route(actions.respond, WRITE)},
    "events/{}/tentativelyAccept": {"POST": Route(actions.respond, WRITE)},
    "events/{}/decline": {"POST": Route(actions.respond, WRITE)},
    "events/{}/cancel": {"POST": Route(actions.cancel, WRITE)},
    "events/{}/forward": {"POST": Route(actions.forward, WRITE)},
    "events/{}/dismissReminder": {"POST": Route(actions.dismiss, WRITE)},
    "events/{}/snoozeReminder": {"POST": Route(actions.snooze, WRITE)},
    "events/{}/permanentDelete": {"POST": Route(actions.delete_for_good, WRITE)},
}
CALENDAR: dict[str, dict[str, Route]] = EVENTS | {
    "": {
        "GET": Route(calendars.show, READ),
        "PATCH": Route(calendars.change, WRITE),
        "DELETE": Route(calendars.delete, WRITE),
    },
}
ME: dict[str, dict[str, Route]] = EVENTS | {
    "": {"GET": Route(me.show, USER, needs_mailbox=False)},
    "mailboxSettings": {
        "GET": Route(me.settings, SETTINGS),
        "PATCH": Route(me.change_settings, SET_SETTINGS),
    },
    "mailboxSettings/{}": {"GET": Route(me.setting, SETTINGS)},
    "calendars": {"GET": Route(calendars.index, READ), "POST": Route(calendars.create, WRITE)},
    "calendarGroups": {"GET": Route(calendars.groups, READ)},
    "calendarGroups/{}/calendars": {"GET": Route(calendars.index, READ)},
    "outlook/supportedTimeZones": {"GET": Route(me.time_zones, USER)},
    "outlook/{}": {"GET": Route(me.time_zones, USER)},
    "translateExchangeIds": {"POST": Route(me.translate_ids, USER | READ)},
}
TOP: dict[str, dict[str, Route]] = {
    "subscriptions": {
        "GET": Route(subscriptions.index, FULL_READ),
        "POST": Route(subscriptions.create, FULL_READ),
    },
    "subscriptions/{}": {
        "GET": Route(subscriptions.show, FULL_READ),
        "PATCH": Route(subscriptions.renew, FULL_READ),
        "DELETE": Route(subscriptions.delete, FULL_READ),
    },
    "subscriptions/{}/reauthorize": {"POST": Route(subscriptions.reauthorize, FULL_READ)},
}
WORDS = frozenset(word for table in (ME, TOP) for path in table for word in path.split("/"))


def find(call: Call) -> Route:
    """The route of a call; puts the calendar and the ids of the path into the call."""
    table, rest = _table(call)
    call.args = []
    for pattern, methods in table.items():
        words = pattern.split("/") if pattern else []
        if len(words) == len(rest) and all(map(_fits, words, rest)):
            if call.ask.method not in methods:
                raise GraphError(405, "Request_BadRequest", "Specified HTTP method is not allowed.")
            call.args = [part for word, part in zip(words, rest, strict=True) if word == "{}"]
            return methods[call.ask.method]
    raise no_segment(rest[-1] if rest else "")


def _table(call: Call) -> tuple[dict[str, dict[str, Route]], list[str]]:
    path = call.path
    head = path[0].lower() if path else ""
    if head == "me":
        rest = path[1:]
    elif head == "users" and len(path) > 1:
        own = (call.mailbox.object_id.lower(), call.mailbox.upn.lower(), me.user_id(call))
        if path[1].lower() not in own:
            raise denied()
        rest = path[2:]
    else:
        return TOP, path
    if len(rest) > 3 and rest[0].lower() == "calendargroups":
        rest = rest[2:]
    if rest and rest[0].lower() == "calendar":
        if call.mailbox.calendars:
            call.calendar_id = call.mailbox.default_calendar.id
        return CALENDAR, rest[1:]
    if len(rest) > 1 and rest[0].lower() == "calendars":
        enter(call, rest[1])
        return CALENDAR, rest[2:]
    return ME, rest


def _fits(word: str, part: str) -> bool:
    return word == "{}" or word.lower() == part.lower()


def check_scopes(route: Route, scopes: frozenset[str]) -> None:
    """GraphError 403 if none of the granted scopes is enough."""
    held = {one.removeprefix(GRAPH).removesuffix(".Shared") for one in scopes}
    if held & route.scopes:
        return
    if route.scopes is USER:
        raise GraphError(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        )
    raise denied()
