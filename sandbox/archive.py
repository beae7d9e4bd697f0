"""Mailboxes in the store: a head for each, one record for each event, one for its last change.

A mailbox of a thousand entries is not written anew when one of them changes: an event whose
number of change is the one last written is left alone.
"""

from typing import Any

from sandbox.calendars import Calendar
from sandbox.events import Event
from sandbox.mailbox import Mailbox
from sandbox.records import KEPT, event_to_record
from sandbox.store import Store

# Whether it lies among the deleted, and the number of its last change.
_Face = tuple[bool, int]


class Archive:
    """Remembers what of each mailbox stands in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._written: dict[str, dict[int, _Face]] = {}
        self._places: dict[str, int] = {}
        self._logged: dict[str, int] = {}

    def keep(self, mailbox: Mailbox) -> None:
        """Put into the store what changed."""
        place = self._places.setdefault(mailbox.upn, len(self._places))
        self._store.put("mailbox", mailbox.upn, {**_head(mailbox), "place": place})
        self._keep_logs(mailbox)
        before = self._written.get(mailbox.upn, {})
        faces: dict[int, _Face] = {}
        for gone, events in ((False, mailbox.events), (True, mailbox.deleted)):
            for key, event in events.items():
                faces[key] = (gone, event.change)
                if before.get(key) != faces[key]:
                    self._put(mailbox.upn, event, gone)
        for key in before.keys() - faces.keys():
            self._store.drop("event", _key(mailbox.upn, key))
        self._written[mailbox.upn] = faces

    def _keep_logs(self, mailbox: Mailbox) -> None:
        for calendar in mailbox.calendars.values():
            for entry in reversed(calendar.log.entries.values()):
                if entry.number <= self._logged.get(mailbox.upn, 0):
                    break
                row = [getattr(entry, name) for name in entry.__slots__]
                self._store.put("change", _key(calendar.id, entry.key), [calendar.id, *row])
        self._logged[mailbox.upn] = mailbox.number

    def _logs(self) -> dict[str, list[list[Any]]]:
        """The rows of each calendar's log, in the order of the changes."""
        logs: dict[str, list[list[Any]]] = {}
        for _, (calendar_id, *row) in self._store.all("change"):
            logs.setdefault(calendar_id, []).append(row)
        return {name: sorted(rows, key=lambda row: row[1]) for name, rows in logs.items()}

    def read(self) -> list[Mailbox]:
        """All mailboxes of the store, in the order in which they were made."""
        heads = {head["upn"]: head for _, head in self._store.all("mailbox")}
        self._places = {upn: head.pop("place") for upn, head in heads.items()}
        logs = self._logs()
        for head in heads.values():
            for calendar in head["calendars"]:
                calendar["log"] = logs.get(calendar["id"], [])
        for _, record in self._store.all("event"):
            head = heads[record.pop("upn")]
            head["deleted" if record.pop("gone") else "events"].append(record)
        mailboxes = [Mailbox.from_dict(head) for head in heads.values()]
        for mailbox in mailboxes:
            self._written[mailbox.upn] = _faces(mailbox)
            self._logged[mailbox.upn] = mailbox.number
        return sorted(mailboxes, key=lambda mailbox: self._places[mailbox.upn])

    def _put(self, upn: str, event: Event, gone: bool) -> None:
        record = {"upn": upn, "gone": gone, **event_to_record(event)}
        self._store.put("event", _key(upn, event.key), record)


def _head(mailbox: Mailbox) -> dict[str, Any]:
    return {
        **{name: getattr(mailbox, name) for name in KEPT},
        "calendars": [_calendar(one) for one in mailbox.calendars.values()],
        "subscriptions": [one.to_dict() for one in mailbox.subscriptions.values()],
        "events": [],
        "deleted": [],
    }


def _faces(mailbox: Mailbox) -> dict[int, _Face]:
    there = {key: (False, event.change) for key, event in mailbox.events.items()}
    return there | {key: (True, event.change) for key, event in mailbox.deleted.items()}


def _key(upn: str, number: int) -> str:
    return f"{upn} {number:08}"


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {name: value for name, value in vars(calendar).items() if name not in ("log", "members")}
