"""The form of one entry: from an event to its fields, and from the fields to what Graph takes."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sandbox.events import Event
from sandbox.mailbox import Mailbox
from sandbox.zones import zone

SHOWS = {
    "busy": "busy",
    "tentative": "tentative",
    "free": "free",
    "oof": "out of office",
    "workingElsewhere": "working elsewhere",
}
REPEATS = {"": "never", "daily": "every day", "weekly": "every week", "absoluteMonthly": "monthly"}
_TAG = re.compile(r"<head.*?</head>|<[^>]+>", re.DOTALL | re.IGNORECASE)


@dataclass
class Fields:
    """What stands in the form, all of it text; days and times are the person's local ones."""

    subject: str = ""
    calendar: str = ""
    day: str = ""
    at: str = "14:00"
    last_day: str = ""
    until: str = "15:00"
    all_day: str = ""
    shows: str = "busy"
    private: str = ""
    place: str = ""
    notes: str = ""
    people: str = ""
    repeats: str = ""
    repeats_until: str = ""

    @classmethod
    def typed(cls, form: Mapping[str, Any]) -> "Fields":
        """As they came from a browser."""
        return cls(**{name: str(form.get(name, "")).strip() for name in cls.__dataclass_fields__})

    @classmethod
    def of(cls, event: Event, box: Mailbox) -> "Fields":
        """As an event has them."""
        here = event.start.tzinfo if event.is_all_day else zone(box.time_zone)
        start, end = event.start.astimezone(here), event.end.astimezone(here)
        last = end - timedelta(days=1) if event.is_all_day else end
        series = event.recurrence
        return cls(
            subject=event.subject,
            calendar=event.calendar_id,
            day=start.date().isoformat(),
            at=f"{start:%H:%M}",
            last_day=last.date().isoformat(),
            until=f"{end:%H:%M}",
            all_day="yes" if event.is_all_day else "",
            shows=event["showAs"],
            private="yes" if event["sensitivity"] == "private" else "",
            place=event["location"]["displayName"],
            notes=_plain(event["body"]),
            people=", ".join(one["emailAddress"]["address"] for one in event["attendees"]),
            repeats=series.type if series else "",
            repeats_until=series.until.isoformat() if series and series.until else "",
        )

    def body(self, box: Mailbox) -> dict[str, Any]:
        """The event as Graph takes it. Raises ValueError with a sentence for the person."""
        start, end = self._times()
        told: dict[str, Any] = {
            "subject": self.subject or "(No subject)",
            "isAllDay": bool(self.all_day),
            "start": _moment(start, box),
            "end": _moment(end, box),
            "showAs": self.shows,
            "sensitivity": "private" if self.private else "normal",
            "location": {"displayName": self.place},
            "body": {"contentType": "text", "content": self.notes},
            "attendees": [
                {"emailAddress": {"address": one}}
                for one in re.split(r"[,;\s]+", self.people)
                if one
            ],
        }
        if self.repeats:
            told["recurrence"] = self._recurrence(start.date(), box)
        return told

    def _times(self) -> tuple[datetime, datetime]:
        try:
            first = date.fromisoformat(self.day)
            # Who changes the first day alone means an entry of that day.
            last = max(first, date.fromisoformat(self.last_day or self.day))
            if self.all_day:
                return _midnight(first), _midnight(last + timedelta(days=1))
            start = datetime.combine(first, time.fromisoformat(self.at))
            end = datetime.combine(last, time.fromisoformat(self.until))
        except ValueError as wrong:
            raise ValueError("A day or a time is missing.") from wrong
        if end < start:
            raise ValueError("It ends before it starts.")
        return start, end

    def _recurrence(self, first: date, box: Mailbox) -> dict[str, Any]:
        span: dict[str, Any] = {"type": "noEnd", "startDate": first.isoformat()}
        if self.repeats_until:
            span |= {"type": "endDate", "endDate": self.repeats_until}
        pattern: dict[str, Any] = {"type": self.repeats, "interval": 1}
        if self.repeats == "weekly":
            pattern |= {"daysOfWeek": [f"{first:%A}".lower()], "firstDayOfWeek": "monday"}
        if self.repeats == "absoluteMonthly":
            pattern["dayOfMonth"] = first.day
        return {"pattern": pattern, "range": {**span, "recurrenceTimeZone": box.time_zone}}


def changes(before: Fields, after: Fields, box: Mailbox) -> dict[str, Any]:
    """Only what differs: Exchange mails people about what changes. Raises ValueError."""
    old, new = before.body(box), after.body(box)
    told = {name: value for name, value in new.items() if old.get(name) != value}
    if "recurrence" in old and "recurrence" not in new:
        told["recurrence"] = None
    if {"start", "end", "isAllDay"} & told.keys():
        told |= {name: new[name] for name in ("start", "end", "isAllDay")}
    return told


def _moment(local: datetime, box: Mailbox) -> dict[str, str]:
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}", "timeZone": box.time_zone}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _plain(body: dict[str, str]) -> str:
    if body["contentType"] == "text":
        return body["content"]
    return html.unescape(_TAG.sub("", body["content"])).strip()
