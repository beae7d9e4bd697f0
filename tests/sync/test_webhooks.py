"""Microsoft tells of changes, and whatever becomes of what it tells changes nothing but speed."""

import pytest

from tests.sync.mishaps import die, lapsed, see_to


@pytest.fixture
def booked(told):
    """An appointment at ten; of our own writing of it nothing is told any more."""
    told.office.sandbox.quirks(notifications=0)
    appointment = told.office.book_at("10:00")
    told.rest()
    told.office.sandbox.quirks()
    return appointment


def move(told):
    told.office.move_there(told.office.copy(), "14:00", "15:00")


def test_a_change_is_read_when_it_is_told_of(told, booked):
    move(told)
    told.heard()
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "14:00"


def test_what_is_told_twice_and_of_several_changes_is_read_once(told, booked):
    told.office.sandbox.quirks(notifications=2)
    move(told)
    told.office.block("11:00", "12:00")
    told.heard()
    told.rest()
    assert (told.office.starts(booked), len(told.office.blocks())) == ("14:00", 1)
    told.office.agree()


def test_what_is_never_told_is_read_within_the_hour(told, booked):
    told.office.sandbox.quirks(notifications=0)
    move(told)
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "10:00"
    told.office.forward(minutes=37)
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "14:00"


def test_what_is_told_late_and_again_makes_no_difference(told, booked):
    assert told.tell(changeType="deleted", resource="Users/x/Events/y") == 202
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "10:00"
    told.office.agree()


def test_what_is_forged_is_not_even_read(told):
    assert told.tell(clientState="guessed") == 202
    assert told.tell(clientState="guessed", lifecycleEvent="subscriptionRemoved") == 202
    assert not told.waits()
    assert told.agrees()


def test_what_is_told_during_a_round_is_read_in_the_next(told):
    told.tell()
    see_to(told.office, "/delta", told.tell, method="GET")
    assert told.waits()
    told.office.sync(rounds=False)
    assert not told.waits()


def test_a_death_during_a_round_forgets_nothing_of_what_was_told(told, booked):
    move(told)
    told.heard()
    die(told.office, "GET", after=True, path="/delta")
    lapsed(told.office, seconds=30)
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "14:00"


def test_what_was_in_the_way_is_judged_again_when_it_has_gone(told, booked):
    office = told.office
    office.sandbox.quirks(notifications=0)
    other = office.book_at("14:00")
    told.rest()
    office.sandbox.quirks()
    first, second = office.event_at("10:00"), office.event_at("14:00")
    moves = ((first, ("14:00", "15:00"), 1), (second, ("16:00", "17:00"), 0))
    for event, times, questions in moves:
        office.move_there(event, *times)
        told.heard()
        office.sync(rounds=False)
        assert office.open_questions() == questions
    assert (office.starts(booked), office.starts(other)) == ("14:00", "16:00")


def test_what_cannot_be_seen_yet_is_looked_for_once_more(told, booked):
    told.office.sandbox.quirks(delta_lag_ms=20_000)
    move(told)
    told.heard()
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "10:00"
    told.office.forward(seconds=31)
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "14:00"


def test_when_microsoft_missed_to_tell_it_reads(told, booked):
    told.office.sandbox.quirks(notifications=0)
    move(told)
    told.office.sandbox.lifecycle(told.row().remote_id, "missed")
    told.heard()
    told.office.sync(rounds=False)
    assert told.office.starts(booked) == "14:00"


def test_when_microsoft_dropped_one_it_is_made_anew(told):
    dropped = told.row().remote_id
    told.office.sandbox.lifecycle(dropped, "subscriptionRemoved")
    told.heard()
    told.rest()
    assert told.agrees()
    assert told.row().remote_id != dropped


def test_when_microsoft_asks_it_shows_its_access_but_not_at_every_wish(told):
    last = told.office.sandbox.last_request()
    for minutes in (11, 1, 1, 11):
        told.office.forward(minutes=minutes)
        told.office.sandbox.lifecycle(told.row().remote_id, "reauthorizationRequired")
        told.heard()
        told.office.sync(rounds=False)
    assert told.calls(last).count("PATCH 200") == 2
    assert told.agrees()


def test_an_old_wish_about_another_one_is_not_obeyed(told):
    before = told.row().remote_id
    told.tell(subscriptionId="another", lifecycleEvent="subscriptionRemoved")
    told.office.sync(rounds=False)
    assert told.row().remote_id == before
