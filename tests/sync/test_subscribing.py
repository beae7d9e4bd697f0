"""What Microsoft is to tell of: asked for, renewed, made anew, and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from panel.services.sync import farewell
from tests.sandbox.graph.listener import listening
from tests.sync.mishaps import die, lapsed, see_to
from tests.sync.telling import CALENDARS
from tests.sync.test_calendars import choose, second_calendar

HALF = 5_001  # minutes after which a subscription is renewed
DAY = 24 * 60


def is_late(told):
    """Whether the next round comes as seldom as where Microsoft tells of changes."""
    minutes = (told.next_round() - told.office.now()) / timedelta(minutes=1)
    return 23 < minutes < 37


def test_with_all_calendars_told_of_it_reads_seldom(told):
    assert is_late(told)
    assert len({one for row in told.rows() for one in (row.secret, row.key)}) == 2 * CALENDARS


def test_it_is_renewed_when_half_of_its_time_is_over(told):
    before, last = told.there(), told.office.sandbox.last_request()
    told.office.forward(minutes=HALF)
    told.office.sync()
    assert told.calls(last) == ["GET 200"] + CALENDARS * ["PATCH 200"]
    renewed = {one.id: one.ends for one in told.there()}
    assert all(renewed[one.id] - one.ends > timedelta(days=3) for one in before)


@pytest.mark.parametrize("status, code", [(404, "ResourceNotFound"), (410, "Gone")])
def test_one_that_is_gone_is_made_anew(told, status, code):
    told.fault("PATCH", status=status, code=code, times=1)
    told.office.forward(minutes=HALF)
    told.rest()
    # The one that was said to be gone is there at this sandbox, and no row knows it now.
    told.change(due_at=told.office.now())
    told.office.sync()
    assert told.agrees()


def test_what_changes_before_it_is_told_of_is_read_all_the_same(asking):
    office = asking.office
    office.connect()
    see_to(office, "/subscriptions", lambda: office.block("11:00", "12:00"))
    assert office.blocks() == []
    office.sync(rounds=False)
    assert len(office.blocks()) == 1


def test_where_microsoft_grants_less_it_asks_for_less(asking):
    asking.fault("POST", status=400, code="ExtensionError", times=1)
    asking.office.connect()
    asking.rest()
    assert asking.agrees()
    ends = sorted(one.ends - asking.office.now() for one in asking.there())
    assert ends[0] < timedelta(days=3) and ends[1] > timedelta(days=6)


def test_who_signs_in_again_shows_the_new_access(told):
    told.office.connect()
    last = told.office.sandbox.last_request()
    told.office.sync()
    assert told.calls(last) == ["GET 200"] + CALENDARS * ["PATCH 200"]


def test_those_that_ran_out_are_made_anew(told):
    old = {one.id for one in told.there()}
    told.office.forward(minutes=2 * HALF)
    told.rest()
    assert told.agrees()
    assert not old & {one.id for one in told.there()}


def test_where_they_ran_out_it_reads_as_often_as_without(told):
    told.fault("POST", status=403, code="ErrorAccessDenied")
    told.office.forward(minutes=2 * HALF)
    told.rest()
    assert not is_late(told)


REFUSALS = [(403, "ErrorAccessDenied"), (400, "BadRequest"), (409, "Conflict")]


@pytest.mark.parametrize("status, code", REFUSALS)
def test_who_is_refused_is_read_as_before_and_asks_again_tomorrow(asking, status, code):
    asking.fault("POST", status=status, code=code)
    asking.office.connect()
    asking.rest()
    assert asking.office.mailbox().failures == 0 and not is_late(asking)
    last = asking.office.sandbox.last_request()
    asking.office.forward(minutes=DAY - 1)
    asking.office.sync()
    assert asking.calls(last) == []
    asking.office.sandbox.faults()
    asking.office.forward(minutes=2)
    asking.rest()
    assert asking.agrees() and is_late(asking)


def test_who_may_not_even_see_the_list_asks_again_tomorrow(asking):
    asking.fault("GET", status=403, code="ErrorAccessDenied")
    asking.office.connect()
    asking.rest()
    last = asking.office.sandbox.last_request()
    asking.office.forward(minutes=DAY - 1)
    asking.office.sync()
    assert asking.calls(last) == []


def test_an_address_that_is_not_reached_is_tried_ever_more_seldom(house, asking, caplog):
    caplog.set_level("INFO", "panel")
    asking.listen(house, "http://127.0.0.1:9")
    asking.office.connect()
    asking.office.settle()
    last = asking.office.sandbox.last_request()
    for minutes in (0.9, 0.2, 1.8, 0.3):
        asking.office.forward(minutes=minutes)
        asking.office.sync(rounds=False)
    assert asking.calls(last).count("POST 400") == 2
    assert asking.office.mailbox().failures == 0 and not is_late(asking)
    assert "Microsoft does not reach this panel at its public address." in caplog.text
    assert asking.row().key not in caplog.text


TROUBLE = [
    ("GET", {"kind": "status", "status": 429, "retry_after": 600}),
    ("POST", {"kind": "html", "status": 500}),
    ("POST", {"kind": "drop_before"}),
]


@pytest.mark.parametrize("method, fault", TROUBLE)
def test_trouble_with_it_holds_nothing_up(asking, method, fault):
    asking.fault(method, **fault)
    asking.office.connect()
    assert asking.office.settle().settled
    assert asking.office.mailbox().failures == 0
    asking.office.sandbox.faults()
    asking.office.forward(minutes=11)
    asking.rest()
    assert asking.agrees()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_death_around_a_create_leaves_one_of_each(asking, after):
    asking.office.connect()
    die(asking.office, "POST", after=after, path="/subscriptions")
    lapsed(asking.office, seconds=30)
    asking.office.sync()
    asking.office.forward(minutes=11)
    asking.rest()
    assert asking.agrees()


def test_an_answer_that_is_lost_leaves_one_of_each(asking):
    asking.fault("POST", kind="drop_after", times=2)
    asking.office.connect()
    asking.rest()
    asking.office.forward(minutes=21)
    asking.rest()
    asking.office.forward(minutes=41)
    asking.rest()
    assert asking.agrees()


def test_two_workers_at_once_leave_one_of_each(asking):
    asking.office.connect()

    def other():
        lapsed(asking.office, seconds=30)
        asking.office.sync()

    see_to(asking.office, "/subscriptions", other)
    asking.office.forward(minutes=11)
    asking.rest()
    assert asking.agrees()


def ask_elsewhere(told, *keys):
    """Have Microsoft tell at addresses that end in these."""
    calendar, secret = told.office.sandbox.calendars(told.office.upn)[0]["id"], "x"
    with listening() as listener, told.office.visit() as visit:
        at = listener.url.partition("?")[0]
        for key in keys:
            visit.client.subscriptions.create(
                calendar, address=f"{at}/{key}", secret=secret, now=told.office.now()
            )


def test_what_no_row_knows_is_told_no_more_and_another_installations_is_left(told):
    ask_elsewhere(told, f"{told.office.outside.installation}-stray", "another-one")
    told.change(due_at=told.office.now())
    told.office.sync()
    left = [one.address.rpartition("/")[2] for one in told.there()]
    assert sorted(left) == sorted(["another-one", *(one.key for one in told.rows())])


def test_a_calendar_that_is_read_no_more_is_told_of_no_more(told):
    choose(told.office, "Calendar")
    told.office.sync()
    assert told.agrees(1)
    second_calendar(told.office)
    choose(told.office, "Calendar", "Family")
    told.office.sync()
    assert told.agrees(2)


def test_another_public_address_takes_the_place_of_the_first(house, told):
    told.listen(house, told.url.replace("127.0.0.1", "localhost"))
    told.rest()
    assert told.agrees()
    assert {one.address for one in told.rows()} == {told.office.outside.notify_url}


def test_without_a_public_address_nothing_is_told_any_more(house, told):
    told.office.outside = replace(told.office.outside, notify_url="")
    told.office.forward(minutes=HALF)
    told.office.settle()
    assert told.there() == [] and told.rows() == [] and not is_late(told)


@pytest.mark.parametrize("hours", [0, 2], ids=["", "with a token that ran out"])
def test_who_disconnects_is_told_of_no_more(told, hours):
    told.office.forward(hours=hours)
    last = told.office.sandbox.last_request()
    told.office.disconnect()
    assert told.calls(last) == CALENDARS * ["DELETE 204"]
    assert told.rows() == []


def test_who_removes_the_entries_and_leaves_is_told_of_no_more(told):
    last = told.office.sandbox.last_request()
    told.office.disconnect(remove=True)
    told.office.settle()
    assert told.calls(last) == ["GET 200", *CALENDARS * ["DELETE 204"]]


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "delay", "ms": 900}])
def test_who_disconnects_waits_for_nobody(told, monkeypatch, fault):
    monkeypatch.setattr(farewell, "MOST", 0.5)
    told.fault("DELETE", **fault)
    told.office.disconnect()
    assert told.office.connection() is None
    told.office.sandbox.faults()
    told.office.connect()
    lapsed(told.office, seconds=30)
    told.rest()
    assert told.agrees()


def test_who_disconnects_while_somebody_works_waits_for_them_no_longer(told, monkeypatch):
    monkeypatch.setattr(farewell, "MOST", 0.2)
    with told.office.visit():
        told.office.disconnect()
    assert told.office.connection() is None and told.rows() == []
