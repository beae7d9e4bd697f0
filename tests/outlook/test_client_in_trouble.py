"""Microsoft in trouble: each failure has its kind, and none reads as an empty answer."""

from collections import Counter
from datetime import timedelta

import pytest

from panel.domain.errors import (
    Ambiguous,
    CannotDelete,
    OutlookUnavailable,
    RegistrationRefused,
    RowRefused,
    SignInNeeded,
)
from panel.domain.remote import Unknown
from tests.outlook.test_client import NINE, wish
from tests.sandbox_process import ANNA

GRAPH = {"match": {"path": "/v1.0/*"}}
THROTTLED = {"kind": "status", "status": 429, "code": "ApplicationThrottled", "retry_after": 2.128}
DOWN = {"kind": "status", "status": 503, "code": "serviceNotAvailable", "retry_after": 3}


@pytest.fixture
def home(anna):
    return next(one for one in anna.calendars() if one.is_default)


@pytest.mark.parametrize("fault", [THROTTLED, DOWN], ids=["429", "503"])
def test_it_says_how_long_to_wait(anna, sandbox, fault):
    sandbox.faults(GRAPH | fault)
    with pytest.raises(OutlookUnavailable) as silent:
        anna.calendars()
    assert silent.value.retry_after == pytest.approx(fault["retry_after"])
    assert not silent.value.ambiguous


@pytest.mark.parametrize(
    "fault, ambiguous, entries",
    [
        (THROTTLED, False, 0),
        (DOWN, True, 0),
        ({"kind": "html"}, True, 0),
        ({"kind": "drop_before"}, True, 0),
        ({"kind": "drop_after"}, True, 1),
    ],
    ids=["429", "503", "html", "drop_before", "drop_after"],
)
def test_a_write_without_an_answer_is_settled_by_sending_it_again(
    anna, home, sandbox, fault, ambiguous, entries
):
    wanted = wish()
    sandbox.faults(GRAPH | fault | {"times": 1})
    with pytest.raises(OutlookUnavailable) as silent:
        anna.create(home.id, wanted)
    assert silent.value.ambiguous is ambiguous
    assert len(anna.find_marker(home.id, wanted.marker)) == entries
    anna.create(home.id, wanted)
    assert len(anna.find_marker(home.id, wanted.marker)) == 1


def test_a_slow_answer_is_given_up_on(client_of, sandbox):
    hurried = client_of(ANNA, deadline=0.2)
    sandbox.latency(graph_ms=2000)
    with pytest.raises(OutlookUnavailable):
        hurried.calendars()


def test_an_error_on_a_later_page_spoils_the_list(anna, home, sandbox):
    for number in range(120):
        sandbox.add_calendar(ANNA, f"Room {number}")
    sandbox.faults(GRAPH | DOWN | {"skip": 1})
    with pytest.raises(OutlookUnavailable):
        anna.calendars()


def test_a_refused_token_is_renewed_once(anna, sandbox):
    refused = GRAPH | {"kind": "status", "status": 401, "code": "InvalidAuthenticationToken"}
    sandbox.faults(refused | {"times": 1})
    assert anna.calendars()
    sandbox.faults(refused)
    with pytest.raises(SignInNeeded):
        anna.calendars()
    assert sandbox.fault_hits() == [2]


def test_a_revoked_account_must_sign_in_again(anna, sandbox):
    sandbox.revoke(ANNA, "consent")
    sandbox.faults(GRAPH | {"kind": "status", "status": 401, "code": "InvalidAuthenticationToken"})
    with pytest.raises(SignInNeeded):
        anna.calendars()


def test_an_expired_secret_blames_no_connection(anna, sandbox):
    expired = {"match": {"path": "/common/oauth2/*"}, "kind": "secret_expired"}
    refused = GRAPH | {"kind": "status", "status": 401, "code": "InvalidAuthenticationToken"}
    sandbox.faults(refused, expired)
    with pytest.raises(RegistrationRefused):
        anna.calendars()


def test_a_passing_conflict_does_not_spoil_a_read(anna, sandbox):
    conflict = {"kind": "status", "status": 412, "code": "ErrorIrresolvableConflict"}
    sandbox.faults(GRAPH | conflict | {"times": 2})
    assert anna.calendars()
    sandbox.faults(GRAPH | conflict)
    with pytest.raises(OutlookUnavailable):
        anna.calendars()


def test_a_repeated_transaction_may_be_refused(anna, home, sandbox):
    sandbox.quirks(transaction_repeat="409")
    wanted = wish()
    anna.create(home.id, wanted)
    with pytest.raises(Ambiguous):
        anna.create(home.id, wanted)


def test_no_part_of_a_batch_is_gone_because_of_an_error(anna):
    found = anna.events_batch(["no id at all"])["no id at all"]
    assert isinstance(found, Unknown)
    assert isinstance(found.because, RowRefused)


def test_a_batch_that_fails_as_a_whole_says_nothing_of_its_parts(anna, sandbox):
    sandbox.faults(GRAPH | {"kind": "html"})
    with pytest.raises(OutlookUnavailable):
        anna.events_batch(["one", "two"])


def test_what_cannot_be_deleted_may_be_gone_already(anna, home, sandbox):
    sandbox.quirks(deleted_delete=403)
    made = anna.create(home.id, wish()).id
    anna.delete(made)
    with pytest.raises(CannotDelete):
        anna.delete(made)


def test_a_write_that_met_a_passing_conflict_may_have_happened(anna, home, sandbox):
    sandbox.quirks(transient_412=1)
    with pytest.raises(OutlookUnavailable) as silent:
        anna.create(home.id, wish())
    assert silent.value.ambiguous


def test_every_call_prefers_lasting_ids_and_utc(anna, home, sandbox):
    since = sandbox.last_request()
    made = anna.create(home.id, wish())
    anna.update(made.id, {"subject": "Colour"}, made.change_key)
    anna.calendar_view(home.id, NINE, NINE + timedelta(hours=1))
    anna.delta(home.id, (NINE, NINE + timedelta(days=9)))
    anna.delete(made.id)
    preferred = Counter(
        one["headers"]["Prefer"].split(", odata")[0] for one in sandbox.requests(since)
    )
    assert preferred == {'IdType="ImmutableId", outlook.timezone="UTC"': 5}


def test_something_else_may_stop_each_request(client_of, sandbox):
    class Stop(Exception):
        pass

    def no_longer():
        raise Stop

    stopped = client_of(ANNA, before_request=no_longer)
    since = sandbox.last_request()
    with pytest.raises(Stop):
        stopped.calendars()
    assert [one for one in sandbox.requests(since) if one["path"].startswith("/v1.0")] == []


def test_a_deleted_entry_that_still_answers_lies_in_no_calendar(anna, home, sandbox):
    sandbox.quirks(deleted_get=200)
    made = anna.create(home.id, wish()).id
    anna.delete(made)
    there = anna.event(made, with_calendar=True)
    assert there.calendar_id not in {one.id for one in anna.calendars()}


def test_it_finds_the_calendar_that_an_entry_was_moved_to(anna, home, sandbox):
    made = anna.create(home.id, wish())
    (other,) = [one.id for one in anna.calendars() if one.can_edit and one.id != home.id]
    sandbox.patch_event(ANNA, made.id, calendarId=other)
    assert anna.event(made.id, with_calendar=True).calendar_id == other
    assert [one.id for one in anna.find_marker(other, made.marker)] == [made.id]


def home_of(made):
    return {"match": {"path": f"/v1.0/me/events/{made.id}/calendar"}}


def test_an_entry_and_its_calendar_are_one_exchange_and_one_request_in_flight(anna, home, sandbox):
    made, since = anna.create(home.id, wish()), sandbox.last_request()
    assert anna.event(made.id, with_calendar=True).marker == made.marker
    asked = sandbox.requests(since)
    assert [one["path"].split("/")[-1] for one in asked] == ["calendar", made.id, "$batch"]
    assert '"dependsOn": ["0"]' in asked[2]["body"]


@pytest.mark.parametrize("status", [401, 412])
def test_what_is_wrong_for_a_moment_is_asked_once_more(anna, home, sandbox, status):
    made = anna.create(home.id, wish())
    sandbox.faults(home_of(made) | {"kind": "status", "status": status, "times": 1})
    assert anna.event(made.id, with_calendar=True).calendar_id == home.id


def test_an_entry_whose_calendar_is_not_told_is_not_told_of_either(anna, home, sandbox):
    made = anna.create(home.id, wish())
    sandbox.faults(home_of(made) | THROTTLED)
    with pytest.raises(OutlookUnavailable) as silent:
        anna.event(made.id, with_calendar=True)
    assert silent.value.retry_after == pytest.approx(THROTTLED["retry_after"])
