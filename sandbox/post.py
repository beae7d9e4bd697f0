"""The mails that Exchange would have sent, and to whom."""

from datetime import datetime
from typing import Any

from sandbox.edits import address
from sandbox.events import Event
from sandbox.moments import write_instant

# Changes of these stay with the one who makes them.
PRIVATE = frozenset(
    [
        "attendees",
        "categories",
        "isReminderOn",
        "reminderMinutesBeforeStart",
        "showAs",
        "sensitivity",
        "isDraft",
        "responseStatus",
    ]
)


def mail(
    sender: str, event: Event, kind: str, to: list[str], now: datetime, comment: str = ""
) -> dict[str, Any]:
    """One mail as the outbox keeps it."""
    return {
        "sentAt": write_instant(now),
        "from": sender,
        "to": to,
        "kind": kind,
        "subject": event.subject,
        "comment": comment,
        "eventId": event.id,
        "start": write_instant(event.start),
    }


def after_change(
    sender: str, before: Event | None, event: Event | None, now: datetime, comment: str = ""
) -> list[dict[str, Any]]:
    """The mails of a change: before is None for a new event, event is None for a deleted one.

    Only an organizer's change is mailed, and none of a draft; a change of nothing but the list
    of attendees is mailed to those who came or went.
    """
    is_new = before is None or before["isDraft"]
    told = _people(before) if before and not before["isDraft"] else {}
    now_told = _people(event) if event and not event["isDraft"] else {}
    subject = event or before
    if subject is None or not subject.is_organizer or (not told and not now_told):
        return []
    stay = [mail for one, mail in now_told.items() if one in told]
    came = [mail for one, mail in now_told.items() if one not in told]
    went = [mail for one, mail in told.items() if one not in now_told]
    kinds = {"invitation": came, "cancellation": went, "update": stay}
    if is_new or event is None or before is None or not _tells(before, event):
        kinds["update"] = []
    return [mail(sender, subject, kind, to, now, comment) for kind, to in kinds.items() if to]


def _people(event: Event) -> dict[str, str]:
    return {address(one): one["emailAddress"]["address"] for one in event["attendees"]}


def _tells(before: Event, event: Event) -> bool:
    times = ("start", "end", "is_all_day", "recurrence")
    if any(getattr(before, name) != getattr(event, name) for name in times):
        return True
    names = (before.fields.keys() | event.fields.keys()) - PRIVATE
    return any(before[name] != event[name] for name in names)
