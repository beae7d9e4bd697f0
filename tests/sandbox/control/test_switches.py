"""Clock, latency, quirks, throttling, the request log, reset, and who may touch them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import requests

from tests.sandbox_process import ANNA


def test_it_refuses_a_fifth_request_at_once(sandbox, anna):
    sandbox.latency(graph_ms=400)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: anna("GET", "/me"), range(8)))
    throttled = [answer for answer in answers if answer.status_code == 429]
    assert len(throttled) == 4
    assert throttled[0].json()["error"]["code"] == "ApplicationThrottled"
    assert "MailboxConcurrency" in throttled[0].json()["error"]["message"]
    assert float(throttled[0].headers["Retry-After"]) % 1 > 0


def test_it_counts_each_mailbox_for_itself(sandbox, anna, ben):
    sandbox.latency(graph_ms=300)
    since = sandbox.last_request()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: one("GET", "/me"), [anna, ben] * 4))
    assert {answer.status_code for answer in answers} == {200}
    assert max(entry["in_flight"] for entry in sandbox.requests(since)) == 4


def test_it_lets_a_batch_of_twenty_through_four_at_a_time(anna):
    parts = [{"id": str(n), "method": "GET", "url": "/me"} for n in range(20)]
    answer = anna("POST", "/$batch", {"requests": parts})
    assert {part["status"] for part in answer.json()["responses"]} == {200}


def test_it_answers_as_slowly_as_it_is_told(sandbox, application, anna):
    sandbox.latency(graph_ms=200, token_ms=300)
    anna("GET", "/me")
    application.token(grant_type="refresh_token")
    graph, token = sandbox.requests()[-2:]
    assert graph["ms"] > 199
    assert token["ms"] > 299


def test_it_varies_its_slowness(sandbox, anna):
    sandbox.latency(graph_ms=60, jitter=0.5)
    for _ in range(4):
        anna("GET", "/me")
    times = [entry["ms"] for entry in sandbox.requests()[-4:]]
    assert max(times) - min(times) > 2


def test_it_moves_its_clock(sandbox, anna):
    sandbox.clock(3 * 86400)
    sandbox.add_event(ANNA, "Later", "2026-12-01T10:00:00", "2026-12-01T11:00:00")
    made = datetime.fromisoformat(sandbox.event(ANNA, "Later")["createdDateTime"])
    here = datetime.now(made.tzinfo)
    assert abs(made - here - timedelta(days=3)) < timedelta(minutes=1)


def test_it_sets_quirks_and_puts_the_others_back(sandbox):
    sandbox.quirks(if_match="ignored", delta_replay=0.5)
    sandbox.quirks(transaction_repeat="409")
    told = sandbox.ask("GET", "quirks")
    assert (told["transaction_repeat"], told["if_match"]) == ("409", "honoured")
    assert told["delta_replay"] == 0


@pytest.mark.parametrize("quirk", [{"mood": "bad"}, {"if_match": "maybe"}, {"delta_replay": 2}])
def test_it_refuses_quirks_that_do_not_exist(sandbox, quirk):
    answer = sandbox.http.put(f"{sandbox.url}/sandbox/quirks", json=quirk, timeout=30)
    assert answer.status_code == 400


def test_it_logs_what_was_asked_and_answered(sandbox, anna):
    since = sandbox.last_request()
    anna("GET", "/me/events?$top=1")
    anna.create("In the log")
    read, write = sandbox.requests(since)
    assert (read["method"], read["path"], read["query"]) == ("GET", "/v1.0/me/events", "$top=1")
    assert (write["status"], write["mailbox"], write["in_flight"]) == (201, ANNA, 1)
    assert '"In the log"' in write["body"]
    assert write["n"] == sandbox.last_request()


def test_it_logs_nothing_of_its_own_pages(sandbox):
    since = sandbox.last_request()
    sandbox.events(ANNA)
    assert sandbox.requests(since) == []


def test_it_is_as_on_the_first_day_after_a_reset(sandbox, anna):
    before = {event["subject"] for event in sandbox.events(ANNA)}
    anna.create("Gone soon")
    sandbox.faults({"kind": "delay", "ms": 1})
    sandbox.quirks(if_match="ignored")
    sandbox.add_mailbox("dora@contoso.test")
    sandbox.reset()
    assert {event["subject"] for event in sandbox.events(ANNA)} == before
    assert anna("GET", "/me").status_code == 401
    assert sandbox.fault_hits() == []
    assert sandbox.ask("GET", "quirks")["if_match"] == "honoured"
    assert len(sandbox.ask("GET", "mailboxes")["value"]) == 5


FOREIGN = [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method, path", [("POST", "reset"), ("GET", "requests"), ("GET", "")])
def test_it_answers_its_own_machine_only(sandbox, headers, method, path):
    answer = sandbox.http.request(
        method, f"{sandbox.url}/sandbox/{path}", headers=headers, timeout=30
    )
    assert answer.status_code == 403


def test_it_refuses_a_page_of_another_port(sandbox):
    headers = {"Origin": "http://127.0.0.1:1"}
    answer = sandbox.http.post(f"{sandbox.url}/sandbox/reset", headers=headers, timeout=30)
    assert answer.status_code == 403


def test_it_holds_two_hundred_requests_at_once(sandbox):
    sandbox.latency(graph_ms=2000)
    since = sandbox.last_request()
    with ThreadPoolExecutor(200) as pool:
        url = f"{sandbox.url}/v1.0/me"
        asked = [pool.submit(requests.get, url, timeout=30) for _ in range(200)]
        statuses = {one.result().status_code for one in asked}
    assert statuses == {401}
    assert max(entry["in_flight"] for entry in sandbox.requests(since)) > 100
