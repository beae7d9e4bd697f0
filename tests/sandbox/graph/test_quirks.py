"""What Microsoft may or may not do: each switch, in each position."""

from tests.sandbox.graph.bodies import event, window
from tests.sandbox.graph.conftest import IMMUTABLE
from tests.sandbox.graph.test_properties import marked, search

VIEW = f"/me/calendarView/delta?{window()}"


def test_a_search_may_lag(anna, world):
    world.quirks["search_lag_ms"] = 2000
    made = anna.post("/me/events", marked("a"))["id"]
    assert search(anna, "a") == [] and len(anna.get("/me/events")["value"]) == 1
    world.wait(seconds=2)
    assert search(anna, "a") == [made]


def test_a_delta_may_lag(anna, world):
    old = anna.post("/me/events", event(hour=8))["id"]
    world.wait(seconds=5)
    world.quirks["delta_lag_ms"] = 2000
    anna.patch(f"/me/events/{old}", {"subject": "Changed"})
    anna.post("/me/events", event())
    items, link = anna.round(VIEW)
    assert [one["id"] for one in items] == [old] and anna.round(link)[0] == []
    world.wait(seconds=2)
    assert len(anna.round(link)[0]) == 2


def test_a_delta_may_repeat_itself(anna, world):
    world.quirks["delta_replay"] = 1
    made = anna.post("/me/events", event())["id"]
    items, link = anna.round(VIEW)
    assert [one["id"] for one in items] == [made, made]
    assert [one["id"] for one in anna.round(link)[0]] == [made]


def test_if_match_may_be_ignored(anna, world):
    world.quirks["if_match"] = "ignored"
    made = anna.post("/me/events", event())["id"]
    assert anna.patch(f"/me/events/{made}", {"subject": "x"}, **{"If-Match": 'W/"old"'})


def test_a_repeated_transaction_may_be_refused_or_forgotten(anna, world):
    body = event(transactionId="t-1")
    first = anna.post("/me/events", body)["id"]
    world.quirks["transaction_repeat"] = "409"
    assert anna.refused("POST", "/me/events", body) == (409, "ErrorDuplicateTransactionId")
    world.quirks["transaction_repeat"] = "new"
    assert anna.post("/me/events", body)["id"] != first


def test_a_deleted_event_may_still_be_read_and_lies_in_no_calendar(anna, world):
    made = anna.post("/me/events", event())["id"]
    anna.delete(f"/me/events/{made}")
    assert anna.send("GET", f"/me/events/{made}").status == 404
    world.quirks["deleted_get"] = 200
    seen = anna.get(f"/me/events/{made}?$expand=calendar")
    calendars = [one["id"] for one in anna.get("/me/calendars")["value"]]
    assert seen["id"] == made and seen["calendar"]["id"] not in calendars


def test_a_second_deletion_may_be_forbidden(anna, world):
    made = anna.post("/me/events", event())["id"]
    anna.delete(f"/me/events/{made}")
    assert anna.delete(f"/me/events/{made}") == 404
    world.quirks["deleted_delete"] = 403
    assert anna.refused("DELETE", f"/me/events/{made}") == (403, "ErrorCannotDeleteObject")


def test_a_moved_event_may_be_lost_to_delta(anna, world):
    world.quirks["immutable_moves"] = "lost"
    other = anna.mailbox.create_calendar("Private").id
    _, link = anna.round(f"/me/calendars/{other}/calendarView/delta?{window()}", **IMMUTABLE)
    made = anna.post("/me/events", event())["id"]
    moved = anna.mailbox.move_event(made, other, now=world.now())
    assert anna.round(link, **IMMUTABLE)[0] == []
    anna.mailbox.update_event(moved.id, {"subject": "x"}, now=world.now())
    assert len(anna.round(link, **IMMUTABLE)[0]) == 1


def test_events_may_be_those_of_the_default_calendar_only(anna, world):
    other = anna.post("/me/calendars", {"name": "Private"})["id"]
    anna.post(f"/me/calendars/{other}/events", event())
    assert len(anna.get("/me/events")["value"]) == 1
    world.quirks["events_scope"] = "default"
    assert anna.get("/me/events")["value"] == []


def test_a_conflict_may_come_out_of_nowhere(anna, world):
    world.quirks["transient_412"] = 1
    refused = anna.refused("GET", "/me/calendars")
    assert refused == (412, "ErrorIrresolvableConflict") and anna.get("/me")
