"""What a customer may do with the link to their booking, whatever happens meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment, Service
from panel.domain.errors import RuleBroken, SlotTaken
from panel.services import appointment_edits, appointments, managing, visitors
from panel.services.choosing import Slot
from panel.services.visitors import Request
from tests.services.studio import NOON, OWNER

TEN = datetime(2026, 11, 30, 9, tzinfo=UTC)
HALF = timedelta(minutes=30)


@pytest.fixture
def outside(house):
    return replace(house.extensions["panel"].outside, now=lambda: NOON)


@pytest.fixture
def booked(studio, outside) -> int:
    """The id of a booking with Anna on Monday at ten."""
    slot = Slot(studio.massage.id, TEN, studio.anna.id, zone="Europe/Berlin")
    made = visitors.book(Request(slot, "Nora Lund", "nora@example.test"), outside=outside)
    return made.bookings[0].id


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen while Outlook is asked."""

    def do(deed):
        monkeypatch.setattr(managing, "ask_outlook", lambda *given, **more: deed())

    return do


def only() -> Appointment:
    fresh()
    return db.session.query(Appointment).one()


def test_it_moves(booked, outside):
    assert managing.move(booked, TEN + HALF, outside=outside) == booked
    assert only().starts == TEN + HALF


def test_it_keeps_its_length_and_is_not_moved_into_another_one(studio, booked, outside):
    """The service has become shorter since: what was booked still lasts an hour."""
    studio.change(db.session.get_one(Service, studio.massage.id), duration=30)
    studio.book("2026-11-30T14:30")
    with pytest.raises(SlotTaken):
        managing.move(booked, TEN + timedelta(hours=4), outside=outside)


def test_it_joins_no_group(studio, booked, outside):
    studio.change(db.session.get_one(Service, studio.massage.id), capacity=4)
    studio.book("2026-11-30T14:00")
    with pytest.raises(SlotTaken):
        managing.move(booked, TEN + timedelta(hours=4), outside=outside)


def test_what_was_cancelled_meanwhile_is_not_moved(booked, outside, meanwhile):
    one = only().id
    meanwhile(lambda: appointments.act(one, "cancel", by=OWNER, now=NOON))
    with pytest.raises(RuleBroken):
        managing.move(booked, TEN + HALF, outside=outside)
    assert (only().status, only().starts) == ("cancelled", TEN)


def test_what_was_given_to_a_colleague_meanwhile_is_not_moved(studio, booked, outside, meanwhile):
    one = only().id
    give = {"employee_id": studio.ben.id, "by": OWNER, "now": NOON}
    meanwhile(lambda: appointment_edits.reassign(one, **give))
    with pytest.raises(RuleBroken, match="just been changed"):
        managing.move(booked, TEN + HALF, outside=outside)
    assert only().starts == TEN


def test_to_move_to_the_same_time_changes_nothing(booked, outside):
    managing.move(booked, TEN, outside=outside)
    assert only().revision == 1


def test_what_is_not_offered_any_more_cannot_be_moved(studio, booked, outside):
    studio.change(db.session.get_one(Service, studio.massage.id), shown=False)
    assert managing.visit(booked, now=NOON).move_until is None


def test_an_address_does_not_tell_whose_it_is(studio, outside):
    slot = Slot(studio.massage.id, TEN, studio.anna.id, zone="Europe/Berlin")
    made = visitors.book(Request(slot, "X", "lea@example.test"), outside=outside)
    assert managing.visit(made.bookings[0].id, now=NOON).name == "X"
