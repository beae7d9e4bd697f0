"""Online meetings: Teams, where the calendar allows it."""

import hashlib

from sandbox.calendars import Calendar
from sandbox.events import Event

LINE = "_" * 80


def settle(event: Event, before: Event | None, calendar: Calendar) -> None:
    """Give a meeting its link, or leave it without one.

    Once there, a meeting cannot be unset or changed; it dies when its link is taken out of the
    body (Microsoft Graph, api-reference/v1.0/api/event-update.md).
    """
    link = before["onlineMeeting"] if before else None
    if before and link:
        kept = ("isOnlineMeeting", "onlineMeetingProvider", "onlineMeeting")
        event.fields.update({name: before[name] for name in kept})
        if link["joinUrl"] not in event["body"]["content"]:
            _none(event)
    elif event["isOnlineMeeting"]:
        provider = event["onlineMeetingProvider"]
        if provider == "unknown" and calendar.providers:
            provider = calendar.providers[0]
        if provider in calendar.providers:
            _make(event, provider)
        else:
            _none(event)
    else:
        _none(event)


def _none(event: Event) -> None:
    for name in ("isOnlineMeeting", "onlineMeetingProvider", "onlineMeeting"):
        event.fields.pop(name, None)


def _make(event: Event, provider: str) -> None:
    name = hashlib.sha256(event.ical_uid.encode()).hexdigest()
    url = f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{name[:32]}%40thread.v2/0"
    number = str(int(name[:8], 16)).zfill(10)[:9]
    event.fields["onlineMeetingProvider"] = provider
    event.fields["onlineMeeting"] = {"joinUrl": url, "conferenceId": number}
    body = event["body"]
    if body["contentType"] == "html":
        part = f'<div>{LINE}</div><div>Microsoft Teams meeting</div><a href="{url}">Join</a>'
        content = body["content"] + f"<br>{part}<div>{LINE}</div>"
    else:
        content = f"{body['content']}\r\n{LINE}\r\nMicrosoft Teams meeting\r\n{url}\r\n{LINE}\r\n"
    event.fields["body"] = body | {"content": content}
