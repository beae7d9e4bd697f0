"""Items as Graph sends them, to be varied by tests. Written by hand from its documentation."""

from typing import Any


def event(**changes: Any) -> dict[str, Any]:
    """A complete single event, on a Monday from 07:00 to 08:00 UTC."""
    return {
        "@odata.etag": 'W/"Zk3pQ1=="',
        "id": "AAkAGEv1AAA=",
        "changeKey": "Zk3pQ1==",
        "lastModifiedDateTime": "2026-09-01T08:00:00.9876543Z",
        "transactionId": "7f2b",
        "originalStartTimeZone": "tzone://Microsoft/Custom",
        "iCalUId": "040000008200E000",
        "subject": "Site visit",
        "body": {"contentType": "html", "content": "<p>Bring the plans</p>"},
        "start": {"dateTime": "2026-09-07T07:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-09-07T08:00:00.0000000", "timeZone": "UTC"},
        "location": {"displayName": "Hall 3"},
        "categories": ["Panel"],
        "attendees": [attendee()],
        "showAs": "busy",
        "sensitivity": "normal",
        "type": "singleInstance",
        "isOrganizer": True,
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
    } | changes


def attendee() -> dict[str, Any]:
    return {
        "type": "optional",
        "status": {"response": "accepted", "time": "0001-01-01T00:00:00Z"},
        "emailAddress": {"name": "Ola", "address": "ola@fabrikam.example"},
    }


def moment(wall: str, zone: str = "UTC") -> dict[str, str]:
    return {"dateTime": wall, "timeZone": zone}


def skeleton(**changes: Any) -> dict[str, Any]:
    """One date of a series, bare."""
    return {
        "@odata.type": "#microsoft.graph.event",
        "@odata.etag": 'W/"Occ1=="',
        "id": "AAkOcc=",
        "seriesMasterId": "AAkMaster=",
        "type": "occurrence",
        "start": moment("2026-09-07T07:00:00.0000000"),
        "end": moment("2026-09-07T08:00:00.0000000"),
    } | changes
