"""What Microsoft may or may not do: right either way."""

import pytest

LAGS = [{"search_lag_ms": 20_000}, {"search_lag_ms": 60_000}, {"delta_lag_ms": 20_000}]
REPEATS = [{"transaction_repeat": "409"}, {"transaction_repeat": "new"}]
LATE = {"transaction_repeat": "new", "search_lag_ms": 60_000}
DELETED = [{"deleted_get": 200}, {"deleted_delete": 403}]
BOTH_DELETED = {"deleted_get": 200, "deleted_delete": 403}
AGAIN = [{"delta_replay": 0.7}, {"delta_replay": 1}]
PASSING = {"transient_412": 0.1}
IGNORED, LOST = {"if_match": "ignored"}, {"immutable_moves": "lost"}
NARROW = {"events_scope": "default"}


def under(*quirks):
    return pytest.mark.parametrize("quirks", quirks, ids=str)


def settle(office):
    """Both sides agree, also after every lag."""
    office.agree()
    office.forward(minutes=3)
    office.agree()


@under(*LAGS, *REPEATS, LATE, {**LATE, "delta_lag_ms": 90_000}, NARROW, PASSING)
def test_it_creates_one_entry_though_the_answer_is_lost(linked, quirks):
    linked.sandbox.quirks(**quirks)
    linked.fault("POST", "drop_after", times=2)
    linked.book_at("10:00")
    settle(linked)
    assert linked.copy()["start"]["dateTime"] == linked.utc("10:00")
    assert linked.blocks() == []


@under(LAGS[0], LAGS[2], *AGAIN, IGNORED, *DELETED, NARROW, PASSING)
def test_moves_cross_over_and_deletions_are_asked_about(linked, quirks):
    linked.sandbox.quirks(**quirks)
    one, two = linked.book_at("10:00"), linked.book_at("14:00")
    settle(linked)
    linked.move_there(linked.event_at("10:00"), "11:00", "12:00")
    linked.move_here(two, "15:00")
    settle(linked)
    assert (linked.starts(one), linked.starts(two), linked.open_questions()) == (
        "11:00",
        "15:00",
        0,
    )
    linked.sandbox.delete_event(linked.upn, linked.event_at("11:00")["id"])
    settle(linked)
    assert linked.question().subject_id == one.id


@under(LAGS[2], IGNORED, *DELETED, BOTH_DELETED, PASSING)
def test_it_takes_away_what_is_cancelled(linked, quirks):
    linked.sandbox.quirks(**quirks)
    one, two = linked.book_at("10:00"), linked.book_at("14:00")
    settle(linked)
    linked.fault("DELETE", "drop_after", times=1)
    linked.cancel(one)
    settle(linked)
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")
    assert linked.appointment(two).status == "approved"


@under(LAGS[2], LOST, {**LOST, "delta_replay": 1}, NARROW)
def test_a_copy_is_followed_into_another_calendar(linked, quirks):
    linked.sandbox.quirks(**quirks)
    second = linked.sandbox.add_calendar(linked.upn, "Work")
    one = linked.book_at("10:00")
    settle(linked)
    linked.sandbox.patch_event(linked.upn, linked.copy()["id"], calendarId=second["id"])
    settle(linked)
    linked.move_here(one, "14:00")
    settle(linked)
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")
    assert linked.open_questions() == 0


@under(LAGS[2], *AGAIN, DELETED[0], LOST)
def test_a_strangers_entry_blocks_until_it_is_gone(linked, quirks):
    linked.sandbox.quirks(**quirks)
    event = linked.block("13:00", "14:00")
    settle(linked)
    assert len(linked.blocks()) == 1
    linked.sandbox.delete_event(linked.upn, event["id"])
    settle(linked)
    assert linked.blocks() == []


def test_of_two_that_a_lost_answer_made_the_one_that_somebody_left_stays(linked):
    """They saw it twice, and deleted the one that Panel happens to know."""
    linked.sandbox.quirks(**LATE, delta_lag_ms=90_000)
    linked.fault("POST", "drop_after", times=1)
    linked.book_at("10:00")
    while linked.mirror().state != "linked":
        linked.sync()
        linked.forward(seconds=16)
    assert len(linked.there()) == 2
    linked.sandbox.delete_event(linked.upn, linked.mirror().remote_id)
    settle(linked)
    assert (len(linked.there()), linked.open_questions()) == (1, 0)


def test_a_move_while_it_is_unknown_whether_a_create_arrived_is_not_undone(linked):
    """The entry that is found late stands at the first time; that is no move of the employee."""
    linked.sandbox.quirks(search_lag_ms=90_000, delta_lag_ms=90_000)
    linked.fault("POST", "drop_after", times=1)
    one = linked.book_at("10:00")
    linked.sync()
    linked.move_here(one, "14:00")
    settle(linked)
    assert linked.starts(one) == "14:00" and linked.open_questions() == 0
    assert [there["start"]["dateTime"] for there in linked.there()] == [linked.utc("14:00")]
