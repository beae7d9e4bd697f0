"""One person's mailbox: calendars, events, what changed, the mails it would have sent. No HTTP."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox import edits, ids, post, records, series
from sandbox.calendars import Calendar, check
from sandbox.errors import GraphError
from sandbox.events import Event
from sandbox.subscriptions import Subscription
from sandbox.wishes import fingerprint, read_wish


@dataclass(frozen=True, slots=True)
class Change:
    """What a listener hears: `created`, `updated` or `deleted`, in which calendar."""

    kind: str
    calendar_id: str
    event: Event


class Mailbox:
    """One person's data. Every method that changes it sets `dirty`.

    Neither kind nor `can_edit` is asked here: those are Graph's rules, a person's own program
    obeys none of them. All moments are aware; `now` is the sandbox's clock.
    """

    def __init__(
        self,
        upn: str,
        display_name: str,
        *,
        kind: str = "work",
        tenant_id: str,
        object_id: str,
        time_zone: str = "W. Europe Standard Time",
    ) -> None:
        self.upn = upn
        self.display_name = display_name
        self.kind = kind
        self.tenant_id = tenant_id
        self.object_id = object_id
        self.time_zone = time_zone
        self.home = ids.home(object_id)
        self.calendars: dict[str, Calendar] = {}
        self.events: dict[int, Event] = {}
        self.deleted: dict[int, Event] = {}
        self.transactions: dict[str, int] = {}
        self.outbox: list[dict[str, Any]] = []
        self.settings: dict[str, Any] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.generation = 1
        self.lends = False  # does it share a calendar?
        self.number = 0
        self.next_key = 1
        self.dirty = True
        self.listener: Callable[[Mailbox, Change], None] | None = None

    # Events

    def create_event(self, calendar_id: str, body: dict[str, Any], *, now: datetime) -> Event:
        """A new event. It mails invitations if it has attendees and is no draft."""
        calendar = self.calendar(calendar_id)
        wish = read_wish(body)
        event = edits.made(self.home, self.next_key, calendar, wish, now)
        event.fingerprint = fingerprint(body)
        self.next_key += 1
        self.place(event)
        self.outbox += post.after_change(self.upn, None, event, now)
        self._changed(event, "created", now)
        return event

    def update_event(self, event_id: str, changes: dict[str, Any], *, now: datetime) -> Event:
        """Merge the changes in. An occurrence becomes an exception."""
        before = self.event(event_id)
        wish = read_wish(changes)
        calendar = self.calendar(before.calendar_id)
        if before.day:
            master = copy(self.events[before.key])
            event = edits.changed_occurrence(master, before, wish, calendar)
            master.exceptions = master.exceptions | {before.day: event}
            event.modified, event.change = now, self.number + 1
        else:
            master = event = edits.changed(before, wish, calendar)
        self.events[event.key] = master
        self.outbox += post.after_change(self.upn, before, event, now)
        self._changed(master, "updated", now)
        return event

    def delete_event(
        self, event_id: str, *, now: datetime, for_good: bool = False, comment: str = ""
    ) -> None:
        """Delete an event, a whole series or one date of it; cancellations are mailed."""
        event = self.event(event_id)
        self.outbox += post.after_change(self.upn, event, None, now, comment)
        if event.day:
            master = self.events[event.key]
            master.exceptions.pop(event.day, None)
            master.cancelled.add(event.day)
            self._changed(master, "updated", now)
            return
        self.events.pop(event.key)
        self.calendars[event.calendar_id].members.discard(event.key)
        self.transactions.pop(event.transaction_id or "", None)
        if not for_good:
            self.deleted[event.key] = event
        self._changed(event, "deleted", now)

    def move_event(self, event_id: str, calendar_id: str, *, now: datetime) -> Event:
        """Move a single event or a whole series. Its default id changes."""
        event = self.event(event_id)
        target = self.calendar(calendar_id)
        if event.day:
            raise GraphError(400, "ErrorInvalidRequest", "An occurrence cannot be moved alone.")
        if target.id == event.calendar_id:
            return event
        self.calendars[event.calendar_id].members.discard(event.key)
        self._changed(event, "left", now)
        for one in (event, *event.exceptions.values()):
            one.calendar_id, one.placed, one.moves = target.id, now, one.moves + 1
        target.members.add(event.key)
        self._changed(event, "arrived", now)
        return event

    def copy_event(self, event_id: str, *, now: datetime, calendar_id: str | None = None) -> Event:
        """A second event with the same content, its extended properties too. Mails nothing."""
        source = self.event(event_id)
        target = self.calendar(calendar_id or source.calendar_id)
        event = edits.copied(source, self.next_key, target, now)
        self.next_key += 1
        self.place(event)
        self._changed(event, "created", now)
        return event

    def event(self, event_id: str) -> Event:
        """Either form of id, also an occurrence's. GraphError 404 where there is none."""
        return self._find(event_id, self.events)

    def deleted_event(self, event_id: str) -> Event:
        """What lies among the deleted items. GraphError 404 where there is none."""
        return self._find(event_id, self.deleted)

    def _find(self, event_id: str, among: dict[int, Event]) -> Event:
        name = ids.read(self.home, event_id)
        event = among.get(name.key)
        if event is None or name.form == ids.CALENDAR:
            raise ids.missing()
        if name.form == ids.ITEM and name.moves != event.moves:
            raise ids.missing()
        return series.find(event, name.day, name.schedule) if name.day else event

    def with_transaction(self, transaction_id: str) -> Event | None:
        """The event that was created with this transactionId, if it is still there."""
        return self.events.get(self.transactions.get(transaction_id, 0))

    def members(self, calendar_id: str) -> list[Event]:
        """Masters and single events of one calendar, oldest first."""
        return [self.events[key] for key in sorted(self.calendar(calendar_id).members)]

    def listing(self, *, deleted: bool = False) -> list[Event]:
        """Masters, exceptions and single events of all calendars (or those deleted)."""
        among = self.deleted if deleted else self.events
        return [one for event in among.values() for one in (event, *event.exceptions.values())]

    def view(self, calendar_id: str, start: datetime, end: datetime) -> list[Event]:
        """What a week shows: single events, occurrences, exceptions, by start."""
        shown = self._shown(calendar_id, start, end)
        return sorted(shown, key=lambda one: (one.start.timestamp(), one.key))

    def _shown(self, calendar_id: str, start: datetime, end: datetime) -> Iterator[Event]:
        for key in self.calendar(calendar_id).members:
            yield from series.expand(self.events[key], start, end)

    # Calendars

    def calendar(self, calendar_id: str) -> Calendar:
        """GraphError 404 where there is none."""
        found = self.calendars.get(calendar_id)
        if found is None:
            ids.read(self.home, calendar_id)
            raise ids.missing()
        return found

    @property
    def default_calendar(self) -> Calendar:
        return next(one for one in self.calendars.values() if one.is_default)

    def create_calendar(
        self, name: str, *, color: str = "auto", can_edit: bool = True, is_default: bool = False
    ) -> Calendar:
        """A new calendar. GraphError 409 if there is one of that name."""
        check({"name": name, "color": color}, list(self.calendars.values()))
        made = ids.write(self.home, ids.Name(ids.CALENDAR, self.next_key))
        providers = ["teamsForBusiness"] if self.kind == "work" else []
        owner = (self.display_name, self.upn)
        calendar = Calendar(made, name, color, can_edit, is_default, *owner, providers)
        self.next_key += 1
        self.calendars[calendar.id] = calendar
        self.dirty = True
        return calendar

    def update_calendar(self, calendar_id: str, changes: dict[str, Any]) -> Calendar:
        """Changes: name, color, canEdit, shareWith."""
        calendar = self.calendar(calendar_id)
        check(changes, [one for one in self.calendars.values() if one is not calendar])
        calendar.change_to(changes)
        self.lends = any(one.shared_with for one in self.calendars.values())
        self.dirty = True
        return calendar

    def delete_calendar(self, calendar_id: str, *, now: datetime) -> None:
        """Delete a calendar with all that stands in it; the default one stays."""
        calendar = self.calendar(calendar_id)
        if calendar.is_default:
            raise GraphError(403, "ErrorAccessDenied", "The default calendar cannot be deleted.")
        for event in self.members(calendar_id):
            self.delete_event(event.id, now=now)
        del self.calendars[calendar_id]
        self.dirty = True

    # Changes

    def expire_delta(self) -> None:
        """All delta links so far answer 410 from now on."""
        self.generation += 1
        self.dirty = True

    def touch(self, event: Event, now: datetime) -> None:
        """Something about this event changed that no field shows, such as an extension."""
        self._changed(self.events[event.key], "updated", now)

    def place(self, event: Event) -> None:
        """Put an event where it says it stands."""
        self.events[event.key] = event
        self.calendars[event.calendar_id].members.add(event.key)
        if event.transaction_id:
            self.transactions[event.transaction_id] = event.key

    def _changed(self, event: Event, kind: str, now: datetime) -> None:
        self.number += 1
        self.dirty = True
        event.change, event.modified = self.number, now
        self.calendars[event.calendar_id].log.note(self.number, event, now=now, kind=kind)
        if self.listener:
            heard = {"left": "deleted", "arrived": "created"}.get(kind, kind)
            self.listener(self, Change(heard, event.calendar_id, event))

    # Keeping

    def to_dict(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return records.to_record(self)

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> "Mailbox":
        """The mailbox that `to_dict` wrote."""
        mailbox = cls(**{name: record[name] for name in records.GIVEN})
        records.fill(mailbox, record)
        mailbox.dirty = False
        return mailbox
