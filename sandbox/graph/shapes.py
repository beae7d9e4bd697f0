"""Events and calendars as Graph shows them."""

from typing import Any

from sandbox import ids
from sandbox.calendars import Calendar
from sandbox.events import Event
from sandbox.graph import texts
from sandbox.graph.prefer import Prefer
from sandbox.mailbox import Mailbox
from sandbox.moments import write_date, write_instant, write_wall
from sandbox.patterns import write_recurrence

PLAIN = [
    "subject",
    "importance",
    "sensitivity",
    "showAs",
    "categories",
    "isReminderOn",
    "reminderMinutesBeforeStart",
    "responseRequested",
    "allowNewTimeProposals",
    "hideAttendees",
    "isDraft",
    "isCancelled",
    "isOnlineMeeting",
    "onlineMeetingProvider",
    "onlineMeeting",
    "responseStatus",
    "location",
    "locations",
    "attendees",
]
OUTLOOK = "https://outlook.office365.com/owa/?itemid={}&exvsurl=1&path=/calendar/item"
EVENT_TYPE = "#microsoft.graph.event"


def event_id(event: Event, prefer: Prefer) -> str:
    """The id in the form that was asked for."""
    return event.immutable_id if prefer.immutable else event.id


def etag(event: Event) -> str:
    """The version of the event, as If-Match names it."""
    return f'W/"{event.change_key}"'


def times(event: Event, prefer: Prefer) -> dict[str, dict[str, str]]:
    """Start and end in the preferred zone; of all-day events the bare dates."""
    if event.is_all_day:
        return {name: write_date(getattr(event, name), prefer.zone_name) for name in _EDGES}
    return {
        name: write_wall(getattr(event, name), prefer.zone, prefer.zone_name) for name in _EDGES
    }


_EDGES = ("start", "end")


def event_shape(mailbox: Mailbox, event: Event, prefer: Prefer) -> dict[str, Any]:
    """An event with all that a plain GET shows."""
    own, key = event_id(event, prefer), event.change_key
    shape = {
        "@odata.etag": f'W/"{key}"',
        "id": own,
        "createdDateTime": write_instant(event.created),
        "lastModifiedDateTime": write_instant(event.modified),
        "changeKey": key,
        "transactionId": event.transaction_id,
        "originalStartTimeZone": event.start_zone,
        "originalEndTimeZone": event.end_zone,
        "iCalUId": event.ical_uid,
        "hasAttachments": False,
        "bodyPreview": texts.preview(event["body"]),
        "isAllDay": event.is_all_day,
        "isOrganizer": event.is_organizer,
        "seriesMasterId": event.master_id(immutable=prefer.immutable),
        "type": event.type,
        "webLink": OUTLOOK.format(own.replace("=", "%3D")),
        "onlineMeetingUrl": None,
        "recurrence": write_recurrence(event.recurrence) if event.recurrence else None,
        "body": texts.shown(event["body"], text=prefer.text),
        "organizer": event["organizer"] or _self(mailbox),
    }
    shape |= times(event, prefer) | {name: event[name] for name in PLAIN}
    if event.original:
        shape["originalStart"] = write_instant(event.original)
    return shape


def _self(mailbox: Mailbox) -> dict[str, Any]:
    return {"emailAddress": {"name": mailbox.display_name, "address": mailbox.upn}}


def cancelled_occurrences(event: Event, prefer: Prefer) -> list[str]:
    """The deleted dates of a series, shown only if selected."""
    own = event_id(event, prefer)
    return [f"OID.{own}.{day.isoformat()}" for day in sorted(event.cancelled)]


def skeleton(event: Event, prefer: Prefer) -> dict[str, Any]:
    """A plain occurrence as delta shows it: nothing but its place in the series."""
    return {
        "@odata.type": EVENT_TYPE,
        "@odata.etag": etag(event),
        "id": event_id(event, prefer),
        "seriesMasterId": event.master_id(immutable=prefer.immutable),
        "type": event.type,
        **times(event, prefer),
    }


def calendar_shape(mailbox: Mailbox, calendar: Calendar) -> dict[str, Any]:
    """A calendar as its reader sees it."""
    return {
        "id": calendar.id,
        "name": calendar.name,
        "color": calendar.color,
        "hexColor": "",
        "isDefaultCalendar": calendar.is_default,
        "changeKey": ids.change_key(mailbox.home, 0, calendar.change),
        "canShare": calendar.can_edit,
        "canViewPrivateItems": calendar.can_edit,
        "canEdit": calendar.can_edit,
        "allowedOnlineMeetingProviders": calendar.providers,
        "defaultOnlineMeetingProvider": (calendar.providers or ["unknown"])[0],
        "isTallyingResponses": calendar.is_default,
        "isRemovable": not calendar.is_default,
        "owner": {"name": calendar.owner_name, "address": calendar.owner_address},
    }


def properties(event: Event, *, several: bool = False) -> list[dict[str, Any]]:
    """The extended properties with one value, or those with several."""
    return [
        {"id": name, "value": value}
        for name, value in event.properties.items()
        if isinstance(value, list) is several
    ]


def extension_shape(name: str, held: dict[str, Any]) -> dict[str, Any]:
    """An open extension."""
    return {
        "@odata.type": "#microsoft.graph.openTypeExtension",
        "id": f"microsoft.graph.openTypeExtension.{name}",
        "extensionName": name,
        **held,
    }


def inside_view(mailbox: Mailbox, event: Event) -> dict[str, Any]:
    """An event as the control API shows it: Graph-shaped, and what Graph hides.

    Adds calendarId, immutableId, transactionId, singleValueExtendedProperties.
    """
    return event_shape(mailbox, event, Prefer()) | {
        "calendarId": event.calendar_id,
        "immutableId": event.immutable_id,
        "singleValueExtendedProperties": properties(event),
    }
