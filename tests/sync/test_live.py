"""Outlook is asked once more, briefly, before a customer is booked."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from panel.db.base import db, fresh
from panel.db.tables import Appointment, BusyBlock, Credential, Mailbox, RemoteCalendarRow
from panel.domain.errors import SlotTaken
from panel.domain.schedule import Span
from panel.services import visitors
from panel.services.choosing import Slot
from panel.services.sync import live
from panel.services.visitors import Request
from tests.sync.office import ZONE


@pytest.fixture
def office(linked):
    """Both sides agree, and what was read is older than a minute."""
    linked.settle()
    linked.forward(seconds=61)
    return linked


def ten(office) -> datetime:
    return datetime.fromisoformat(office.day("10:00")).replace(tzinfo=ZONE)


def book(office):
    slot = Slot(office.massage.id, ten(office), office.anna.id, zone="Europe/Berlin")
    return visitors.book(Request(slot, "Nora Lund", "nora@example.test"), outside=office.outside)


def look(office):
    starts = ten(office)
    live.look([office.anna.id], Span(starts, starts + timedelta(hours=1)), outside=office.outside)


def views(office, since: int) -> list[str]:
    """The looks at a stretch of time that the sandbox answered or cut."""
    asked = [one["path"] for one in office.sandbox.requests(since)]
    return [path for path in asked if path.endswith("/calendarView")]


def test_what_was_blocked_a_moment_ago_is_seen(office):
    office.block("10:30", "11:00")
    with pytest.raises(SlotTaken):
        book(office)
    assert [row.show_as for row in db.session.query(BusyBlock)] == ["busy"]


def test_a_free_time_is_booked_and_nothing_is_flagged(office):
    assert not book(office).unchecked


def test_what_was_read_just_now_is_not_asked_again(office):
    office.sync()
    last = office.sandbox.last_request()
    book(office)
    assert views(office, last) == []


def test_a_calendar_that_was_never_read_is_asked(office):
    db.session.execute(update(RemoteCalendarRow).values(read_at=None))
    db.session.commit()
    last = office.sandbox.last_request()
    book(office)
    assert views(office, last) != []


def test_our_own_copy_is_no_block(office):
    office.book_at("10:00")
    office.settle()
    office.forward(seconds=61)
    look(office)
    fresh()
    assert db.session.query(BusyBlock).all() == []


def test_a_copy_that_is_not_linked_yet_is_known_by_its_marker(office):
    office.fault("POST", "drop_after", times=1)
    office.book_at("10:00")
    office.sync()
    office.forward(seconds=61)
    look(office)
    assert db.session.query(BusyBlock).all() == []


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "drop_before"}])
def test_no_answer_is_accepted_and_flagged_for_half_an_hour(office, fault):
    office.fault("GET", path="*/calendarView", **fault)
    assert book(office).unchecked
    assert db.session.query(Mailbox).one().silent_since is not None
    office.forward(minutes=31)
    with pytest.raises(Exception, match="cannot be booked"):
        book(office)


def test_a_calendar_that_is_denied_is_no_silence(office):
    office.fault(
        "GET", "status", path="*/calendarView", status=403, code="ErrorAccessDenied", times=1
    )
    assert not book(office).unchecked


def test_an_answer_ends_the_silence(office):
    office.fault("GET", "drop_before", path="*/calendarView", times=1)
    book(office)
    look(office)
    fresh()
    assert db.session.query(Mailbox).one().silent_since is None


def test_a_slow_microsoft_is_not_waited_for(office):
    office.fault("GET", "delay", path="*/calendarView", ms=10_000)
    assert book(office).unchecked


def test_tokens_that_have_run_out_are_renewed_and_kept(office):
    before = db.session.query(Credential).one().version
    fresh()
    office.forward(hours=2)
    assert not book(office).unchecked
    fresh()
    assert db.session.query(Credential).one().version == before + 1
    assert db.session.query(Mailbox).one().lease_until is None


def test_several_who_want_the_same_time_ask_once(house, office):
    office.sandbox.latency(graph_ms=400)
    last = office.sandbox.last_request()

    def ask():
        with house.app_context():
            look(office)
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    office.sandbox.latency()
    asked = views(office, last)
    assert len(asked) == len(set(asked)) > 0


def test_whoever_is_not_connected_is_not_asked_about(office):
    last = office.sandbox.last_request()
    starts = ten(office)
    live.look([office.ben.id], Span(starts, starts + timedelta(hours=1)), outside=office.outside)
    assert office.sandbox.requests(last) == []
    assert db.session.query(Appointment).count() == 0
