"""Whatever goes wrong on the line: in the end there is one entry for each appointment."""

from dataclasses import replace

import pytest

LIMITED = {"kind": "status", "status": 429, "retry_after": 1.5}
FAULTS = {
    "429": LIMITED,
    "429 without a time": {"kind": "status", "status": 429},
    "503": {"kind": "status", "status": 503},
    "504 with a date": {"kind": "status", "status": 504, "retry_after": 3},
    "HTML": {"kind": "html", "status": 500},
    "cut before": {"kind": "drop_before"},
    "cut after": {"kind": "drop_after"},
    "401": {"kind": "status", "status": 401},
    "412": {"kind": "status", "status": 412},
    "409": {"kind": "status", "status": 409},
}
# Each strikes twice; what looks different the first time, once as well.
TWICE = {name: {**fault, "times": 2} for name, fault in FAULTS.items()}
ONCE = {f"{name} once": {**FAULTS[name], "times": 1} for name in ("cut after", "401", "412")}
every_fault = pytest.mark.parametrize(
    "fault", [*TWICE.values(), *ONCE.values()], ids=[*TWICE, *ONCE]
)


@every_fault
def test_it_creates_one_entry_whatever_happens(linked, fault):
    linked.fault("POST", **fault)
    linked.book_at("10:00")
    linked.book_at("14:00")
    linked.agree()
    found = sorted(one["start"]["dateTime"] for one in linked.there())
    assert found == [linked.utc("10:00"), linked.utc("14:00")]


@every_fault
def test_it_moves_the_entry_whatever_happens(linked, fault):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.fault("PATCH", **fault)
    linked.move_here(appointment, "14:00")
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")
    assert (linked.starts(appointment), linked.open_questions()) == ("14:00", 0)


@every_fault
def test_it_takes_the_entry_away_whatever_happens(linked, fault):
    appointment, other = linked.book_at("10:00"), linked.book_at("14:00")
    linked.sync()
    linked.fault("DELETE", **fault)
    linked.cancel(appointment)
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")
    assert linked.starts(other) == "14:00"


@every_fault
def test_it_reads_on_whatever_happens(linked, fault):
    linked.fault("GET", **fault, path="*")
    linked.block("13:00", "14:00")
    linked.agree()
    assert [block.title for block in linked.blocks()] == ["Dentist"]


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_it_survives_an_answer_that_comes_too_late(linked, method):
    linked.outside = replace(linked.outside, deadline=0.3)
    appointment = linked.book_at("10:00")
    if method != "POST":
        linked.sync()
    linked.fault(method, "delay", ms=500, times=1)
    if method == "PATCH":
        linked.move_here(appointment, "14:00")
    elif method == "DELETE":
        linked.cancel(appointment)
    linked.sync_until_logged(method)
    linked.agree()
    assert len(linked.there()) == (0 if method == "DELETE" else 1)


def test_it_waits_as_long_as_microsoft_asks(linked):
    linked.fault("POST", "status", status=429, retry_after=90.5, times=1)
    linked.book_at("10:00")
    linked.sync()
    linked.forward(seconds=89)
    assert linked.sync().waiting == 1
    linked.forward(seconds=2)
    assert linked.sync().settled


def test_it_never_makes_a_second_one_of_a_create_that_arrived_late(linked):
    linked.sandbox.quirks(transaction_repeat="new", search_lag_ms=40_000)
    linked.fault("POST", "drop_after", times=1)
    linked.book_at("10:00")
    linked.agree()
    assert len(linked.there()) == 1


def test_it_forgets_no_create_that_may_have_arrived(linked):
    """The first is cut off and found late, the second is refused for now."""
    linked.sandbox.quirks(search_lag_ms=40_000)
    match = {"method": "POST", "mailbox": linked.upn}
    linked.sandbox.faults(
        {"match": match, "kind": "drop_after", "times": 1},
        {"match": match, "kind": "status", "status": 429, "times": 1},
    )
    linked.book_at("10:00")
    linked.agree()
    assert len(linked.there()) == 1


def test_it_parks_what_is_refused_and_goes_on(linked):
    linked.fault("POST", "status", status=400, code="ErrorPropertyValidationFailure", times=3)
    linked.book_at("10:00")
    while not linked.sync().parked:
        linked.forward(seconds=21)
    linked.book_at("14:00")
    linked.sync()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")


def test_it_tries_what_is_parked_again_when_asked(linked):
    linked.fault("POST", "status", status=400, times=3)
    appointment = linked.book_at("10:00")
    while not linked.sync().parked:
        linked.forward(seconds=21)
    linked.retry(appointment)
    linked.agree()
    assert len(linked.there()) == 1


def test_it_tries_what_is_parked_again_every_night(linked):
    linked.fault("POST", "status", status=400, times=3)
    linked.book_at("10:00")
    while not linked.sync().parked:
        linked.forward(seconds=21)
    linked.forward(hours=25)
    linked.agree()
    assert len(linked.there()) == 1


def test_it_reads_the_calendar_from_the_start_where_its_place_is_forgotten(linked):
    linked.block("13:00", "14:00")
    linked.sync()
    linked.sandbox.expire_delta(linked.upn)
    linked.block("14:00", "15:00")
    linked.agree()
    assert len(linked.blocks()) == 2


def test_it_lets_a_refused_reading_of_one_copy_hold_up_no_other(linked):
    one, other = linked.book_at("10:00"), linked.book_at("14:00")
    linked.sync()
    first = linked.mirror_of(one).remote_id
    linked.fault("GET", "status", status=403, path=f"/events/{first}*")
    linked.move_here(one, "11:00")
    linked.move_here(other, "15:00")
    linked.sync()
    assert linked.utc("15:00") in [copy["start"]["dateTime"] for copy in linked.there()]


@every_fault
def test_it_puts_back_what_was_moved_whatever_happens(linked, fault):
    linked.settings(on_move="back")
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.fault("PATCH", **fault)
    linked.move_there(linked.copy(), "14:00", "15:00")
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("10:00")
    assert (linked.starts(appointment), linked.open_questions()) == ("10:00", 0)
