"""Graph's JSON to and from our values. Pure: no network, no clock.

What is read is never trusted to be complete: a missing field falls back to what Graph
documents as its default, and an item that cannot be understood becomes an
UnreadableItem instead of breaking the page it stands on.
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from html import escape
from typing import Any

from panel.domain.body import one_line
from panel.domain.remote import (
    Attendee,
    DeltaItem,
    EventWish,
    RemoteCalendar,
    RemoteEvent,
    RemotePerson,
    RemoteSubscription,
    RemovedItem,
    SkeletonOccurrence,
    UnreadableItem,
)
from panel.outlook.marker import MARKER
from panel.outlook.moments import read_days, read_instant, read_stamp, write_instant

TEAMS = "teamsForBusiness"

# JSON can spell halves of characters, and NUL, which no database keeps.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Unreadable(ValueError):
    """Graph sent something that is not what it documents."""


def read_person(raw: Any) -> RemotePerson:
    """The answer of /me. The address falls back to the sign-in name, as `mail` may be null."""
    address = _text(raw, "mail") or _text(raw, "userPrincipalName")
    return RemotePerson(_id(raw), _text(raw, "displayName"), address)


def read_calendar(raw: Any) -> RemoteCalendar:
    """One item of /me/calendars. Raises Unreadable."""
    owner = _object(raw, "owner")
    return RemoteCalendar(
        id=_id(raw),
        name=_text(raw, "name"),
        color=_text(raw, "hexColor") or _text(raw, "color"),
        can_edit=raw.get("canEdit") is True,
        is_default=raw.get("isDefaultCalendar") is True,
        owner_name=_text(owner, "name"),
        owner_address=_text(owner, "address"),
        allows_teams=TEAMS in _list(raw, "allowedOnlineMeetingProviders"),
    )


def read_subscription(raw: Any) -> RemoteSubscription:
    """One item of /subscriptions. Raises Unreadable."""
    ends = read_stamp(_text(raw, "expirationDateTime"))
    if ends is None:
        raise Unreadable("a subscription without an end")
    return RemoteSubscription(_id(raw), _text(raw, "notificationUrl"), ends)


def read_event(raw: Any, *, calendar_id: str | None = None) -> RemoteEvent:
    """One complete event; `calendar_id` where the address that was asked said it.

    Raises Unreadable.
    """
    return RemoteEvent(
        id=_id(raw),
        calendar_id=calendar_id or _text(_object(raw, "calendar"), "id") or None,
        change_key=_change_key(raw),
        subject=_text(raw, "subject"),
        body_html=_body(_object(raw, "body")),
        show_as=_text(raw, "showAs") or "busy",
        sensitivity=_text(raw, "sensitivity") or "normal",
        response=_text(_object(raw, "responseStatus"), "response") or "none",
        i_cal_uid=_text(raw, "iCalUId"),
        transaction_id=_text(raw, "transactionId") or None,
        marker=_marker(raw),
        location=_text(_object(raw, "location"), "displayName"),
        categories=tuple(name for name in _list(raw, "categories") if isinstance(name, str)),
        attendees=tuple(_attendee(one) for one in _list(raw, "attendees")),
        last_modified=read_stamp(raw.get("lastModifiedDateTime")),
        online_meeting_url=_meeting_url(raw),
        **_shape(raw),
        **_when(raw),
    )


def read_item(raw: Any, *, calendar_id: str | None = None) -> RemoteEvent | UnreadableItem:
    """One item of a list of events."""
    try:
        return read_event(raw, calendar_id=calendar_id)
    except Unreadable as error:
        return UnreadableItem(_text(raw, "id"), str(error))


def read_delta_item(raw: Any, *, calendar_id: str | None = None) -> DeltaItem:
    """One item of a page of delta: whole, bare, removed, or not to be understood."""
    try:
        if isinstance(raw, dict) and "@removed" in raw:
            return RemovedItem(_id(raw), _text(_object(raw, "@removed"), "reason"))
        if _text(raw, "type") == "occurrence" and "subject" not in raw:
            return _skeleton(raw)
    except ValueError as error:
        return UnreadableItem(_text(raw, "id"), str(error))
    return read_item(raw, calendar_id=calendar_id)


def write_wish(wish: EventWish) -> dict[str, Any]:
    """The body that creates what is wished for; what is None is not sent."""
    owned = {one.name: getattr(wish, one.name) for one in fields(wish) if one.name in _WRITTEN_AS}
    if not wish.attendees:
        del owned["hide_attendees"]
    body = write_changes({name: value for name, value in owned.items() if value is not None})
    if wish.teams:
        body |= {"isOnlineMeeting": True, "onlineMeetingProvider": TEAMS}
    return body | {"transactionId": wish.transaction_id}


def write_changes(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a PATCH, from names of EventWish, and is_all_day and recurrence.

    A None is sent as null: it empties the field there, as `recurrence` None ends a series.
    """
    return {
        _WRITTEN_AS[name]: None if value is None else _written(name, value)
        for name, value in changes.items()
    }


_WRITTEN_AS = {
    "subject": "subject",
    "body_html": "body",
    "start": "start",
    "end": "end",
    "is_all_day": "isAllDay",
    "recurrence": "recurrence",
    "location": "location",
    "categories": "categories",
    "attendees": "attendees",
    "hide_attendees": "hideAttendees",
    "show_as": "showAs",
    "sensitivity": "sensitivity",
    "marker": "singleValueExtendedProperties",
}


def _written(name: str, value: Any) -> Any:
    match name:
        case "subject":
            return one_line(value)
        case "body_html":
            return {"contentType": "html", "content": value}
        case "start" | "end":
            return write_instant(value)
        case "location":
            return {"displayName": one_line(value)}
        case "categories":
            return list(value)
        case "attendees":
            return [_invited(one) for one in value]
        case "marker":
            return [{"id": MARKER, "value": value}]
    return value


def _invited(attendee: Attendee) -> dict[str, Any]:
    address = {"address": attendee.address, "name": one_line(attendee.name)}
    return {"emailAddress": address, "type": attendee.kind}


def _shape(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": _text(raw, "type") or "singleInstance",
        "series_master_id": _text(raw, "seriesMasterId") or None,
        "has_recurrence": isinstance(raw.get("recurrence"), dict),
        "is_cancelled": raw.get("isCancelled") is True,
        "is_draft": raw.get("isDraft") is True,
        "is_organizer": raw.get("isOrganizer") is not False,
    }


def _when(raw: dict[str, Any]) -> dict[str, Any]:
    all_day = raw.get("isAllDay") is True
    try:
        days = read_days(raw.get("start"), raw.get("end")) if all_day else (None, None)
        times = (None, None) if all_day else _times(raw)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    found = dict(zip(("start", "end", "start_date", "end_date"), times + days, strict=True))
    return {"is_all_day": all_day, **found}


def _skeleton(raw: dict[str, Any]) -> SkeletonOccurrence:
    start, end = _times(raw)
    master = _text(raw, "seriesMasterId")
    if not master:
        raise Unreadable("an occurrence without its series")
    return SkeletonOccurrence(_id(raw), master, start, end, _change_key(raw))


def _times(raw: dict[str, Any]) -> tuple[datetime, datetime]:
    start, end = read_instant(raw.get("start")), read_instant(raw.get("end"))
    if end < start:
        raise Unreadable("it ends before it starts")
    return start, end


def _attendee(raw: dict[str, Any]) -> Attendee:
    email = _object(raw, "emailAddress")
    return Attendee(
        address=_text(email, "address"),
        name=_text(email, "name"),
        response=_text(_object(raw, "status"), "response") or "none",
        kind=_text(raw, "type") or "required",
    )


def _meeting_url(raw: dict[str, Any]) -> str | None:
    joined = _text(_object(raw, "onlineMeeting"), "joinUrl")
    return joined or _text(raw, "onlineMeetingUrl") or None


def _marker(raw: dict[str, Any]) -> str | None:
    """The value of our property. Graph may write the GUID in another case than we did."""
    for held in _list(raw, "singleValueExtendedProperties"):
        if _text(held, "id").casefold() == MARKER.casefold():
            return _text(held, "value") or None
    return None


def _body(raw: dict[str, Any]) -> str:
    content = _text(raw, "content")
    if _text(raw, "contentType").casefold() == "text":
        return escape(content).replace("\r\n", "\n").replace("\n", "<br>")
    return content


def _change_key(raw: dict[str, Any]) -> str:
    """The key of this version; bare items have it in their etag only: W/"key"."""
    return _text(raw, "changeKey") or _text(raw, "@odata.etag").removeprefix("W/").strip('"')


def _id(raw: Any) -> str:
    if not _text(raw, "id"):
        raise Unreadable("an item without an id")
    return _text(raw, "id")


def _text(raw: Any, name: str) -> str:
    value = raw.get(name) if isinstance(raw, dict) else None
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else ""


def _object(raw: Any, name: str) -> dict[str, Any]:
    value = raw.get(name) if isinstance(raw, dict) else None
    return value if isinstance(value, dict) else {}


def _list(raw: Any, name: str) -> list[Any]:
    value = raw.get(name) if isinstance(raw, dict) else None
    return value if isinstance(value, list) else []
