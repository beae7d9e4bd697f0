"""A studio whose Anna links her Outlook at the sandbox, with a clock that can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from panel.db.base import db, fresh, writing
from panel.db.tables import (
    Appointment,
    Booking,
    BusyBlock,
    Connection,
    Mailbox,
    Mirror,
    Occurrence,
    OutlookSettings,
    Question,
    RemoteCalendarRow,
)
from panel.domain.people import PERMISSIONS, Actor
from panel.services import appointments, connections, outbox, questions
from panel.services.integration import SECRET
from panel.services.sealing import seal
from panel.services.sync import due, work
from panel.services.sync.leases import take
from panel.services.sync.state import SyncState, sync_state
from panel.services.sync.visit import Visit, open_visit
from tests import make
from tests.sandbox_process import CLIENT_ID, CLIENT_SECRET, Sandbox
from tests.services.studio import Studio
from tests.sync.door import Door

ZONE = ZoneInfo("Europe/Berlin")


class Office(Door, Studio):
    """Needs an application context and a sandbox with a mailbox for `upn`."""

    def __init__(self, app: Any, sandbox: Sandbox, upn: str) -> None:
        super().__init__()
        self.sandbox, self.upn, self.offset = sandbox, upn, timedelta(0)
        sandbox.add_mailbox(upn, name="Anna Berg")
        guests = app.extensions["panel"]
        urls = {"login_url": sandbox.url, "graph_url": sandbox.url}
        guests.outside = replace(guests.outside, now=self.now, **urls)
        self.outside = guests.outside
        self.user = make.user(name="Anna Berg", role="employee")
        self.me = Actor(self.user.id, "Anna Berg", "employee", self.anna.id, frozenset(PERMISSIONS))
        secret = seal(self.outside.keys, SECRET, {"secret": CLIENT_SECRET})
        make.save(OutlookSettings(id=1, enabled=True, client_id=CLIENT_ID, client_secret=secret))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def forward(self, **time: float) -> None:
        """Let time pass, in the panel and at the sandbox."""
        self.offset += timedelta(**time)
        self.sandbox.clock(self.offset.total_seconds())

    def settings(self, **changes: Any) -> None:
        """Save other settings, so that what stands in Outlook is worked out anew."""
        with writing() as session:
            row = session.get_one(OutlookSettings, 1)
            for name, value in changes.items():
                setattr(row, name, value)
            session.flush()
            for one in session.scalars(db.select(Connection).filter_by(state="active")).all():
                outbox.tie_upcoming(session, one.employee_id, one.mailbox_id, self.now())

    def sync(self, *, rounds: bool = True) -> SyncState:
        """One pass of the clockwork over every mailbox; with a round unless it says not."""
        fresh()
        if rounds:
            due.make_all_due(self.now())
        for mailbox_id in due.due_mailboxes(self.now()):
            work.see_to(mailbox_id, self.outside)
        return sync_state()

    @contextmanager
    def visit(self) -> Iterator[Visit]:
        """A worker on Anna's mailbox."""
        fresh()
        lease = take(db.session.scalars(db.select(Mailbox.id)).one())
        fresh()
        visit = open_visit(lease, self.outside)
        assert visit is not None
        yield visit
        fresh()
        lease.release()

    def settle(self, most: int = 12) -> SyncState:
        """Let time pass until both sides agree."""
        state = self.sync()
        for _ in range(most):
            if state.settled:
                return state
            self.forward(seconds=16)
            state = self.sync()
        return state

    def agree(self) -> None:
        """Let both sides agree, and see that one more sync writes nothing."""
        assert self.settle().settled
        last = self.sandbox.last_request()
        self.forward(seconds=1)
        assert self.settle().settled
        assert self.writes(last) == []

    def fault(self, method: str, kind: str, *, path: str = "*/events*", **more: Any) -> None:
        """From now on this happens to Anna's requests at Graph."""
        match = {"method": method, "path": f"/v1.0/me{path}", "mailbox": self.upn}
        self.sandbox.faults({"match": match, "kind": kind, **more})

    def day(self, clock: str, days: int = 14, *, after: int = 0) -> str:
        """A wall time on a Tuesday some two weeks ahead, or so many days after it."""
        date = (datetime.now(ZONE) + timedelta(days=days)).date()
        tuesday = date + timedelta(days=(1 - date.weekday()) % 7 + after)
        return f"{tuesday}T{clock}"

    def utc(self, clock: str, days: int = 14) -> str:
        """The same wall time as Outlook keeps it."""
        local = datetime.fromisoformat(self.day(clock, days)).replace(tzinfo=ZONE)
        return f"{local.astimezone(UTC):%Y-%m-%dT%H:%M:%S.0000000}"

    def book_at(self, clock: str, **given: Any) -> SimpleNamespace:
        booked = self.book(self.day(clock), now=self.now(), by=self.me, **given)
        return SimpleNamespace(id=booked.id)

    def move_here(self, appointment: SimpleNamespace, clock: str) -> None:
        local_start = self.day(clock)
        appointments.move(appointment.id, local_start=local_start, by=self.me, now=self.now())

    def date_of(self, event_id: int) -> int:
        """The only date of an event."""
        return db.session.scalars(db.select(Occurrence.id).filter_by(event_id=event_id)).one()

    def date_starts(self) -> str:
        """The wall time of the only date there is."""
        fresh()
        return db.session.scalars(db.select(Occurrence)).one().local_start[-5:]

    def cancel(self, appointment: SimpleNamespace) -> None:
        self.act(appointment, "cancel")

    def act(self, appointment: SimpleNamespace, action: str) -> None:
        appointments.act(appointment.id, action, by=self.me, now=self.now())

    def there(self) -> list[dict[str, Any]]:
        """What Panel wrote that stands in Anna's Outlook."""
        return [one for one in self.sandbox.events(self.upn) if one["transactionId"]]

    def copy(self) -> dict[str, Any]:
        """The only entry that Panel wrote."""
        (found,) = self.there()
        return found

    def event_at(self, clock: str) -> dict[str, Any]:
        """What Panel wrote that stands at a wall time of the usual day."""
        (found,) = [one for one in self.there() if one["start"]["dateTime"] == self.utc(clock)]
        return found

    def move_there(self, event: dict[str, Any], starts: str, ends: str, days: int = 14) -> None:
        """Move an entry as Anna would, to wall times of the usual day."""
        times = {"start": self.utc(starts, days), "end": self.utc(ends, days)}
        moved = {name: {"dateTime": at, "timeZone": "UTC"} for name, at in times.items()}
        self.sandbox.patch_event(self.upn, event["id"], **moved)

    def block(self, starts: str, ends: str, **more: Any) -> dict[str, Any]:
        return self.sandbox.add_event(self.upn, "Dentist", self.utc(starts), self.utc(ends), **more)

    def blocks(self) -> list[BusyBlock]:
        fresh()
        return list(db.session.scalars(db.select(BusyBlock)))

    def forget_blocks(self) -> None:
        """Lose what was read of busy time, as no one should."""
        with writing() as session:
            session.execute(db.delete(BusyBlock))

    def list_again(self) -> None:
        """Have the list of calendars read at the next round."""
        with writing() as session:
            session.execute(db.update(Mailbox).values(list_due=self.now()))
        self.sync()

    def mailbox(self) -> Mailbox:
        fresh()
        return db.session.scalars(db.select(Mailbox)).one()

    def window_end(self) -> datetime:
        fresh()
        ends = db.select(db.func.max(RemoteCalendarRow.window_end))
        return db.session.scalars(ends).one()

    def mirror(self) -> Mirror:
        fresh()
        return db.session.scalars(db.select(Mirror)).one()

    def mirror_of(self, appointment: SimpleNamespace) -> Mirror:
        fresh()
        which = {"subject": "appointment", "subject_id": appointment.id}
        return db.session.scalars(db.select(Mirror).filter_by(**which)).one()

    def mirror_for(self, employee_id: int) -> Mirror:
        """The only copy of an employee."""
        fresh()
        return db.session.scalars(db.select(Mirror).filter_by(employee_id=employee_id)).one()

    def retry(self, appointment: SimpleNamespace) -> None:
        connections.retry(self.mirror_of(appointment).id, by=self.me, now=self.now())

    def appointment(self, appointment: SimpleNamespace) -> Appointment:
        """The appointment as it stands now."""
        fresh()
        return db.session.get_one(Appointment, appointment.id)

    def bookings(self, appointment: SimpleNamespace) -> list[int]:
        """The ids of its bookings, the first one first."""
        fresh()
        of_it = db.select(Booking.id).filter_by(appointment_id=appointment.id)
        return list(db.session.scalars(of_it.order_by(Booking.id)))

    def starts(self, appointment: SimpleNamespace) -> str:
        """Its wall time now, as hours and minutes."""
        return self.appointment(appointment).local_start[-5:]

    def question(self) -> questions.Asked:
        fresh()
        (asked,) = [one for one in questions.of_employees(None) if one.kind != "followed"]
        return asked

    def open_questions(self) -> int:
        fresh()
        waiting = db.select(Question.id).filter_by(closed_at=None)
        return len(db.session.scalars(waiting.where(Question.kind != "followed")).all())

    def answer(self, said: str) -> None:
        questions.answer(self.question().id, said, by=self.me, now=self.now())

    def sync_until_logged(self, method: str) -> None:
        """One pass, and on until a write that was not waited for has come to its end there."""
        last = self.sandbox.last_request()
        self.sync()
        while not any(one.startswith(method) for one in self.writes(last)):
            pass

    def writes(self, since: int) -> list[str]:
        """The writing calls at Graph since a request number."""
        return [
            f"{one['method']} {one['path']}"
            for one in self.sandbox.requests(since)
            if one["method"] in ("POST", "PATCH", "DELETE")
            and one["path"].startswith("/v1.0/")
            and not one["path"].endswith("$batch")
        ]
