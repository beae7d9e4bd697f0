"""Another calendar is chosen to be written: upcoming copies move there, and are never nowhere."""

import pytest

from tests.sync.accounts import BETWEEN, WITHIN, all_there, prepared


@pytest.fixture(params=[WITHIN, BETWEEN])
def other(request, linked, accounts):
    return prepared(linked, accounts, request.param)


@pytest.fixture
def within(linked, accounts):
    return prepared(linked, accounts, WITHIN)


@pytest.fixture
def between(linked, accounts):
    return prepared(linked, accounts, BETWEEN)


def assert_moved(office, other, count=2):
    """So many entries of ours stand in the chosen calendar, and nowhere else."""
    assert [one["calendarId"] for one in all_there(office, other)] == [other.home()] * count


def test_what_is_upcoming_moves(linked, other, accounts):
    assert other() == 2
    linked.agree()
    assert_moved(linked, other)
    assert accounts.moving() == 0


def test_each_is_created_before_it_is_deleted(linked, other):
    other()
    last = linked.sandbox.last_request()
    linked.agree()
    verbs = [one.partition(" ")[0] for one in linked.writes(last)]
    for at in range(1, len(verbs) + 1):
        assert verbs[:at].count("POST") >= verbs[:at].count("DELETE")
    assert sorted(verbs) == ["DELETE", "DELETE", "POST", "POST"]


def test_it_goes_on_being_synced_where_it_is_now(linked, between):
    between()
    linked.agree()
    linked.move_here(linked.first, "11:00")
    linked.agree()
    assert linked.utc("11:00") in [one["start"]["dateTime"] for one in all_there(linked, between)]
    assert_moved(linked, between)


def test_what_is_past_stays(linked, between):
    linked.forward(days=20)
    old = {one["id"] for one in linked.there()}
    between()
    linked.agree()
    assert {one["id"] for one in linked.there()} == old


def test_what_somebody_else_entered_stays(linked, within, accounts):
    dentist = linked.block("16:00", "17:00")
    within()
    linked.agree()
    (found,) = [one for one in linked.sandbox.events(linked.upn) if one["subject"] == "Dentist"]
    assert found["changeKey"] == dentist["changeKey"]


def test_notes_and_how_it_is_shown_come_along(linked, between):
    (event,) = [one for one in linked.there() if one["start"]["dateTime"] == linked.utc("10:00")]
    body = event["body"]["content"].replace("</body>", "<p>Bring the blue file</p></body>")
    shown = {"showAs": "tentative", "sensitivity": "private"}
    linked.sandbox.patch_event(
        linked.upn, event["id"], body={"contentType": "html", "content": body}, **shown
    )
    between()
    linked.agree()
    (moved,) = [one for one in all_there(linked, between) if one["showAs"] == "tentative"]
    assert "Bring the blue file" in moved["body"]["content"]
    assert moved["sensitivity"] == "private"


def test_a_lost_answer_doubles_nothing(linked, other):
    lost = {"match": {"method": "POST", "path": "*/events*"}, "kind": "drop_after", "times": 1}
    linked.sandbox.faults(lost)
    other()
    linked.agree()
    assert_moved(linked, other)


def test_a_lost_deletion_is_made_good(linked, within, accounts):
    linked.sandbox.faults(
        {"match": {"method": "DELETE"}, "kind": "drop_before", "times": 1},
    )
    within()
    linked.agree()
    assert_moved(linked, within)
    assert accounts.moving() == 0


def test_while_the_new_one_cannot_be_written_the_old_one_stays(linked, between, accounts):
    refused = {"kind": "status", "status": 400, "code": "ErrorInvalidRequest"}
    linked.sandbox.faults({"match": {"method": "POST", "path": "*/events"}, **refused})
    between()
    for _ in range(5):
        linked.sync()
        linked.forward(seconds=25)
    assert len(linked.there()) == 2
    assert accounts.report().copies.parked == 2
    linked.sandbox.faults()
    for one in (linked.first, linked.second):
        linked.retry(one)
    linked.agree()
    assert_moved(linked, between)


def test_what_is_cancelled_on_the_way_leaves_nothing(linked, other):
    linked.sandbox.faults({"match": {"method": "POST", "path": "*/events"}, "kind": "drop_before"})
    other()
    linked.sync()
    linked.cancel(linked.first)
    linked.sandbox.faults()
    linked.agree()
    assert_moved(linked, other, count=1)


def test_what_was_cancelled_before_it_could_move_is_waited_for_no_longer(linked, other, accounts):
    linked.cancel(linked.first)
    other()
    linked.agree()
    assert_moved(linked, other, count=1)
    assert accounts.moving() == 0


def test_what_is_moved_here_on_the_way_arrives_at_its_new_time(linked, between):
    linked.sandbox.faults({"match": {"method": "POST", "path": "*/events"}, "kind": "drop_before"})
    between()
    linked.sync()
    linked.move_here(linked.first, "11:00")
    linked.sandbox.faults()
    linked.agree()
    assert_moved(linked, between)
    starts = sorted(one["start"]["dateTime"] for one in all_there(linked, between))
    assert (starts, linked.open_questions()) == ([linked.utc("11:00"), linked.utc("14:00")], 0)


def test_what_its_person_moves_while_it_makes_room_counts(linked, other):
    linked.sandbox.faults({"match": {"method": "DELETE"}, "kind": "status", "status": 503})
    other()
    linked.sync()
    old = [one for one in linked.there() if one["start"]["dateTime"] == linked.utc("10:00")]
    outgoing = next(one for one in old if one["calendarId"] != other.home())
    linked.move_there(outgoing, "16:00", "17:00")
    linked.sandbox.faults()
    linked.agree()
    assert linked.starts(linked.first) == "16:00"
    assert_moved(linked, other)


def test_one_may_change_ones_mind_on_the_way(linked, between, accounts):
    last = linked.sandbox.last_request()
    linked.sandbox.faults({"match": {"method": "DELETE"}, "kind": "status", "status": 503})
    between()
    linked.sync()
    accounts.choose()
    linked.sandbox.faults()
    linked.agree()
    home = accounts.rows()[linked.upn, "Calendar"].remote_id
    assert [one["calendarId"] for one in all_there(linked, between)] == [home] * 2
    assert len([one for one in linked.writes(last) if one.startswith("POST")]) <= 2


def test_what_waits_for_a_decision_moves_after_it(linked, between):
    linked.settings(on_move="ask")
    linked.move_there(linked.event_at("10:00"), "16:00", "17:00")
    linked.settle()
    between()
    assert linked.settle().questions == 1
    assert linked.event_at("16:00")["calendarId"] != between.home()
    linked.answer("accept")
    linked.agree()
    assert_moved(linked, between)


def test_it_says_how_far_it_is(linked, within, accounts):
    within()
    report = accounts.report()
    assert (report.copies.moving, report.accounts[-1].link.move_total) == (2, 2)
    linked.agree()
    assert accounts.report().copies.moving == 0


def test_a_copy_that_makes_room_is_no_busy_time(linked, within, accounts):
    linked.sandbox.faults({"match": {"method": "DELETE"}, "kind": "status", "status": 503})
    within()
    linked.settle(most=2)
    assert (linked.blocks(), accounts.report().copies.waiting) == ([], 2)


def test_only_blocking_ones_are_changed_and_nothing_moves(linked, accounts):
    accounts.calendar("Family")
    linked.book_at("10:00")
    linked.agree()
    last = linked.sandbox.last_request()
    assert accounts.choose(blocking=[(linked.upn, "Family")]) == 0
    linked.agree()
    assert linked.writes(last) == []
