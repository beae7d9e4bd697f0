"""With a data file, nothing that was answered is lost, not even when the process is killed."""

import pytest

from tests.sandbox.conftest import Graph
from tests.sandbox_process import ANNA, Sandbox, Started
from tests.sandbox_signin import Application


@pytest.fixture
def restart(tmp_path):
    """Starts a sandbox, after killing the one before."""
    started = []

    def start():
        for one in started:
            one.process.poll() is None and one.end(kill=True)
        started.append(Started("--data", str(tmp_path / "sandbox.sqlite")))
        return Sandbox(started[-1].url)

    yield start
    started[-1].end()


def test_it_keeps_what_a_program_wrote(restart):
    graph = Graph(restart(), ANNA)
    made = graph.create("Kept").json()
    graph.base = f"{restart().url}/v1.0"
    again = graph("GET", f"/me/events/{made['id']}").json()
    assert again["changeKey"] == made["changeKey"]


def test_it_keeps_sign_ins(restart):
    first = Application(restart().url)
    token = first.tokens(ANNA)["refresh_token"]
    second = Application(restart().url)
    second.browser.cookies.update(first.browser.cookies)
    assert second.refresh(token).status_code == 200
    assert second.ask().back["code"]
    first.browser.close()
    second.browser.close()


def test_it_keeps_its_key(restart):
    def key(sandbox):
        return sandbox.http.get(f"{sandbox.url}/common/discovery/v2.0/keys", timeout=30).json()

    first = key(restart())["keys"][0]["kid"]
    sandbox = restart()
    sandbox.reset()
    assert key(sandbox)["keys"][0]["kid"] == first


def test_it_keeps_faults_with_their_hits_and_quirks_and_clock(restart):
    sandbox = restart()
    sandbox.quirks(if_match="ignored")
    sandbox.clock(86400)
    graph = Graph(sandbox, ANNA)
    sandbox.faults({"kind": "status", "status": 503, "times": 2})
    graph("GET", "/me")
    sandbox = restart()
    assert sandbox.fault_hits() == [1]
    assert sandbox.ask("GET", "quirks")["if_match"] == "ignored"


def test_it_keeps_what_was_cut_after_saving(restart):
    sandbox = restart()
    graph = Graph(sandbox, ANNA)
    sandbox.faults({"kind": "drop_after", "match": {"method": "POST"}})
    with pytest.raises(OSError):
        graph.create("Kept")
    assert restart().event(ANNA, "Kept")


def test_it_keeps_other_people_and_what_a_person_changed(restart):
    sandbox = restart()
    sandbox.add_mailbox("dora@contoso.test", events=3)
    sandbox.delete_event(ANNA, sandbox.event(ANNA, "Dentist")["id"])
    sandbox = restart()
    assert len(sandbox.events("dora@contoso.test")) == 3
    assert "Dentist" not in [event["subject"] for event in sandbox.events(ANNA)]


WINDOW = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z"


def follow(graph, path):
    """All items of a round of changes, and the path of the next round."""
    items = []
    while True:
        page = graph("GET", path).json()
        items += page["value"]
        if "@odata.deltaLink" in page:
            return items, page["@odata.deltaLink"].partition("/v1.0")[2]
        path = page["@odata.nextLink"].partition("/v1.0")[2]


def test_it_goes_on_telling_of_changes_where_it_was(restart):
    graph = Graph(restart(), ANNA)
    _, path = follow(graph, f"/me/calendarView/delta?{WINDOW}")
    made = graph.create("Before").json()
    graph("DELETE", f"/me/events/{graph.create('Never mind').json()['id']}")
    graph.base = f"{restart().url}/v1.0"
    graph("PATCH", f"/me/events/{made['id']}", {"subject": "After"})
    items, _ = follow(graph, path)
    assert [item["subject"] for item in items if "subject" in item] == ["After"]
    assert [item["@removed"] for item in items if "@removed" in item]
