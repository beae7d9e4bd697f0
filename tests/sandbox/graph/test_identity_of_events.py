"""Ids, versions, and creating the same thing twice."""

from tests.sandbox.graph.bodies import event
from tests.sandbox.graph.conftest import IMMUTABLE


def test_a_default_id_changes_on_a_move_and_an_immutable_one_does_not(anna, world):
    made = anna.post("/me/events", event())
    fixed = anna.get(f"/me/events/{made['id']}", **IMMUTABLE)["id"]
    other = anna.mailbox.create_calendar("Private")
    moved = anna.mailbox.move_event(made["id"], other.id, now=world.now())
    assert anna.refused("GET", f"/me/events/{made['id']}") == (404, "ErrorItemNotFound")
    assert anna.get(f"/me/events/{fixed}", **IMMUTABLE)["id"] == fixed
    assert anna.get(f"/me/events/{fixed}")["id"] == moved.id != made["id"]


def test_ids_mind_their_case_and_their_mailbox(anna, world):
    made = anna.post("/me/events", event())["id"]
    assert made.startswith("AAMk") and len(made) > 100
    assert anna.send("GET", f"/me/events/{made.swapcase()}").status == 404
    assert anna.refused("GET", "/me/events/abc") == (400, "ErrorInvalidIdMalformed")
    ben = world.person("ben@contoso.test", "Ben Ode")
    theirs = ben.create_event(ben.default_calendar.id, event(), now=world.now())
    assert anna.refused("GET", f"/me/events/{theirs.id}") == (404, "ErrorItemNotFound")


def test_ids_are_translated(anna):
    made = anna.post("/me/events", event())["id"]
    wish = {"inputIds": [made], "sourceIdType": "restId", "targetIdType": "restImmutableEntryId"}
    (pair,) = anna.post("/me/translateExchangeIds", wish)["value"]
    assert pair["sourceId"] == made and pair["targetId"].startswith("AAkA")
    assert anna.get(f"/me/events/{pair['targetId']}")["id"] == made


def test_an_old_version_is_refused(anna):
    made = anna.post("/me/events", event())
    stale, url = {"If-Match": made["@odata.etag"]}, f"/me/events/{made['id']}"
    anna.patch(url, {"subject": "Other"}, **stale)
    assert anna.refused("PATCH", url, {}, **stale) == (412, "ErrorIrresolvableConflict")
    assert anna.delete(url, **stale) == 412 and anna.delete(url, **{"If-Match": "*"}) == 204


def test_the_same_create_makes_no_second_event(anna):
    body = event(transactionId="t-1")
    first, second = anna.post("/me/events", body), anna.post("/me/events", body)
    assert first["id"] == second["id"] and len(anna.get("/me/events")["value"]) == 1
    other = anna.refused("POST", "/me/events", body | {"subject": "Other"})
    assert other == (409, "ErrorDuplicateTransactionId")


def test_an_event_is_found_in_its_own_calendar_only(anna):
    other = anna.post("/me/calendars", {"name": "Private"})["id"]
    made = anna.post(f"/me/calendars/{other}/events", event())
    url = f"/me/calendars/{anna.mailbox.default_calendar.id}/events/{made['id']}"
    assert anna.send("GET", url).status == 404
    assert anna.get(f"/me/calendars/{other}/events/{made['id']}")["id"] == made["id"]
    assert anna.get(f"/me/events/{made['id']}/calendar")["id"] == other


def test_a_copy_has_everything_but_the_identity(anna, world):
    marker = {"id": "String {6C1A2A0E-0000-4000-8000-000000000001} Name Ref", "value": "a"}
    body = event(transactionId="t-1", singleValueExtendedProperties=[marker])
    made = anna.mailbox.event(anna.post("/me/events", body)["id"])
    twin = anna.mailbox.copy_event(made.id, now=world.now())
    assert (twin.subject, twin.properties) == (made.subject, made.properties)
    assert twin.id != made.id and twin.ical_uid != made.ical_uid and twin.transaction_id is None
