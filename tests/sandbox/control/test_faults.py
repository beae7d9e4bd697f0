"""Faults on demand: each kind does what it says, to whom it says, as often as it says."""

import pytest
import requests

from tests.sandbox_process import ANNA, BEN

GRAPH = {"path": "/v1.0/*"}


def subjects(sandbox, upn=ANNA):
    return [event["subject"] for event in sandbox.events(upn)]


def test_it_answers_a_status_with_a_fractional_wait(sandbox, anna):
    sandbox.faults({"kind": "status", "status": 429, "retry_after": 1.5, "match": GRAPH})
    answer = anna("GET", "/me")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1.5")
    assert answer.json()["error"]["code"] == "TooManyRequests"
    assert answer.json()["error"]["innerError"]["request-id"] == answer.headers["request-id"]


def test_it_answers_with_the_code_that_was_wished(sandbox, anna):
    sandbox.faults({"kind": "status", "status": 503, "code": "activityLimitReached"})
    assert anna("GET", "/me").json()["error"]["code"] == "activityLimitReached"


def test_it_says_unauthorized_as_graph_does(sandbox, anna):
    sandbox.faults({"kind": "status", "status": 401, "match": GRAPH})
    assert "WWW-Authenticate" in anna("GET", "/me").headers


def test_it_answers_with_a_page_of_html(sandbox, anna):
    sandbox.faults({"kind": "html", "status": 500, "match": GRAPH})
    answer = anna("GET", "/me")
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (500, "text/html")


def test_it_cuts_before_anything_is_done(sandbox, anna):
    sandbox.faults({"kind": "drop_before", "times": 1})
    with pytest.raises(requests.ConnectionError):
        anna.create()
    assert "Massage" not in subjects(sandbox)
    assert sandbox.requests()[-1]["status"] == 0


def test_it_cuts_after_everything_is_done(sandbox, anna):
    sandbox.faults({"kind": "drop_after", "times": 1, "match": {"method": "POST"}})
    with pytest.raises(requests.ConnectionError):
        anna.create()
    assert subjects(sandbox).count("Massage") == 1
    last = sandbox.requests()[-1]
    assert (last["status"], last["fault"], last["mailbox"]) == (0, "drop_after", ANNA)


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_it_commits_every_kind_of_write_before_it_cuts(sandbox, anna, method):
    event = anna.create().json()
    sandbox.faults({"kind": "drop_after", "match": {"method": method}})
    with pytest.raises(requests.ConnectionError):
        anna(method, f"/me/events/{event['id']}", {"subject": "Changed"})
    assert "Massage" not in subjects(sandbox)


def test_it_cuts_the_token_endpoint_too(sandbox, application):
    code = application.sign_in(ANNA).back["code"]
    sandbox.faults({"kind": "drop_after", "match": {"path": "*/token"}, "times": 1})
    with pytest.raises(requests.ConnectionError):
        application.redeem(code)
    assert application.redeem(code).json()["error_codes"] == [54005]


def test_it_waits(sandbox, anna):
    sandbox.faults({"kind": "delay", "ms": 300, "match": GRAPH})
    assert anna("GET", "/me").status_code == 200
    assert sandbox.requests()[-1]["ms"] > 299


def test_it_waits_and_then_breaks(sandbox, anna):
    sandbox.faults({"kind": "delay", "ms": 100}, {"kind": "status", "status": 504})
    answer = anna("GET", "/me")
    last = sandbox.requests()[-1]
    assert (answer.status_code, last["fault"]) == (504, "status")
    assert last["ms"] > 99


def test_it_lets_a_secret_expire(sandbox, application):
    tokens = application.tokens(ANNA)
    sandbox.faults({"kind": "secret_expired", "match": {"path": "*/token"}})
    answer = application.refresh(tokens["refresh_token"])
    assert answer.status_code == 401
    assert (answer.json()["error"], answer.json()["error_codes"]) == ("invalid_client", [7000222])


def test_it_takes_the_sign_in_service_down(sandbox, application):
    tokens = application.tokens(ANNA)
    sandbox.faults({"kind": "status", "status": 503, "match": {"path": "/*/oauth2/*"}})
    answer = application.refresh(tokens["refresh_token"])
    assert (answer.status_code, answer.json()["error"]) == (503, "temporarily_unavailable")


def test_it_minds_method_path_and_mailbox(sandbox, anna, ben):
    match = {"method": "POST", "path": "/v1.0/me/*", "mailbox": ANNA}
    sandbox.faults({"kind": "status", "status": 503, "match": match})
    assert anna("GET", "/me/events").status_code == 200
    assert ben.create().status_code == 201
    assert anna.create().status_code == 503


def test_it_knows_whose_refresh_it_breaks(sandbox, application):
    hers = application.tokens(ANNA)["refresh_token"]
    his = application.tokens(BEN, prompt="login")["refresh_token"]
    sandbox.faults({"kind": "status", "status": 500, "match": {"mailbox": BEN}})
    assert application.refresh(hers).status_code == 200
    assert application.refresh(his).status_code == 500


def test_it_skips_then_strikes_so_many_times(sandbox, anna):
    sandbox.faults({"kind": "status", "status": 503, "skip": 2, "times": 1, "match": GRAPH})
    assert [anna("GET", "/me").status_code for _ in range(4)] == [200, 200, 503, 200]
    assert sandbox.fault_hits() == [1]


def test_it_strikes_at_a_rate_that_its_seed_decides(sandbox, anna):
    fault = {"kind": "status", "status": 503, "rate": 0.5, "seed": 3, "match": GRAPH}
    runs = []
    for _ in range(2):
        sandbox.faults(fault)
        runs.append([anna("GET", "/me").status_code for _ in range(12)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 503}


def test_it_clears_them(sandbox, anna):
    sandbox.faults({"kind": "status", "status": 503})
    sandbox.ask("DELETE", "faults")
    assert anna("GET", "/me").status_code == 200


NONSENSE = [
    [{"kind": "flood"}],
    [{"kind": "status", "colour": "red"}],
    [{"kind": "status", "match": {"weather": "rain"}}],
    [{"kind": "status", "times": "many"}],
    [{"kind": "status", "status": 42}],
    [{"kind": "status", "match": {"method": 7}}],
    [{"kind": "status", "match": "everything"}],
    ["status"],
    "status",
]


@pytest.mark.parametrize("faults", NONSENSE)
def test_it_refuses_faults_that_make_no_sense(sandbox, faults):
    answer = sandbox.http.put(f"{sandbox.url}/sandbox/faults", json=faults, timeout=30)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_it_breaks_one_part_of_a_batch(sandbox, anna):
    sandbox.faults(
        {"kind": "status", "status": 429, "times": 1, "match": {"path": "/v1.0/me/cal*"}}
    )
    parts = [
        {"id": "1", "method": "GET", "url": "/me"},
        {"id": "2", "method": "GET", "url": "/me/calendars"},
    ]
    answer = anna("POST", "/$batch", {"requests": parts})
    assert answer.status_code == 200
    told = {part["id"]: part["status"] for part in answer.json()["responses"]}
    assert told == {"1": 200, "2": 429}


def test_it_cuts_a_batch_whose_part_is_cut(sandbox, anna):
    sandbox.faults({"kind": "drop_before", "match": {"path": "/v1.0/me/calendars"}})
    parts = [{"id": "1", "method": "GET", "url": "/me/calendars"}]
    with pytest.raises(requests.ConnectionError):
        anna("POST", "/$batch", {"requests": parts})
