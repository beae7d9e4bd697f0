"""Calendars: own, read-only, shared."""

import pytest

from tests.sandbox.graph.bodies import event, window
from tests.sandbox.graph.conftest import EVERYTHING, Client


def test_a_calendar_is_made_renamed_and_deleted(anna):
    made = anna.post("/me/calendars", {"name": "Private", "color": "lightPink"})
    assert made["canEdit"] and made["isRemovable"] and not made["isDefaultCalendar"]
    url = f"/me/calendars/{made['id']}"
    assert anna.patch(url, {"name": "Home"})["name"] == "Home"
    anna.post(f"{url}/events", event())
    assert anna.delete(url) == 204 and anna.send("GET", url).status == 404
    assert anna.get("/me/events")["value"] == []


def test_the_default_calendar_stays(anna):
    own = anna.get("/me/calendar")
    assert own["isDefaultCalendar"] and not own["isRemovable"]
    assert anna.delete(f"/me/calendars/{own['id']}") == 403


def test_two_calendars_never_have_one_name(anna):
    refused = anna.refused("POST", "/me/calendars", {"name": "Calendar"})
    assert refused == (409, "ErrorFolderExists")
    assert anna.send("POST", "/me/calendars", {"name": " "}).status == 400


def test_a_calendar_is_found_by_name(anna):
    anna.post("/me/calendars", {"name": "Private"})
    (found,) = anna.get("/me/calendars?$filter=name eq 'Private'")["value"]
    assert found["name"] == "Private"


@pytest.fixture
def read_only(anna, world):
    """A calendar that may only be read, and an event in it."""
    calendar = anna.mailbox.create_calendar("Rota")
    made = anna.mailbox.create_event(calendar.id, event(), now=world.now())
    anna.mailbox.update_calendar(calendar.id, {"canEdit": False})
    return f"/me/calendars/{calendar.id}", f"/me/events/{made.id}"


def test_a_read_only_calendar_is_read_and_not_written(anna, read_only):
    calendar, made = read_only
    assert anna.get(calendar)["canEdit"] is False and anna.get(made)["subject"] == "Site visit"
    writes = [
        ("POST", f"{calendar}/events", event()),
        ("PATCH", made, {"subject": "Mine"}),
        ("DELETE", made, None),
        ("POST", f"{made}/cancel", {}),
        ("POST", f"{made}/extensions", {"extensionName": "test.panel"}),
    ]
    for method, url, body in writes:
        assert anna.refused(method, url, body) == (403, "ErrorAccessDenied")


@pytest.fixture
def lent(anna, world):
    """Ben's calendar, shared with Anna."""
    ben = world.person("ben@contoso.test", "Ben Ode")
    ben.create_event(ben.default_calendar.id, event(subject="Ben's"), now=world.now())
    ben.update_calendar(ben.default_calendar.id, {"shareWith": ["anna@contoso.test"]})
    return f"/me/calendars/{ben.default_calendar.id}"


def test_a_shared_calendar_is_listed_as_somebody_elses(anna, lent):
    _, shared = anna.get("/me/calendars")["value"]
    assert shared["name"] == "Ben Ode" and shared["owner"]["address"] == "ben@contoso.test"
    assert not shared["canEdit"] and not shared["isDefaultCalendar"]


def test_a_shared_calendar_is_read_with_a_permission_for_it(anna, lent):
    view = f"{lent}/calendarView?{window()}"
    assert anna.refused("GET", view) == (403, "ErrorAccessDenied")
    anna.scopes = EVERYTHING | {"Calendars.Read.Shared"}
    assert [one["subject"] for one in anna.get(view)["value"]] == ["Ben's"]
    assert anna.refused("POST", f"{lent}/events", event()) == (403, "ErrorAccessDenied")


def test_a_calendar_that_is_no_longer_shared_is_gone(anna, lent, world):
    ben = world.mailboxes["ben@contoso.test"]
    ben.update_calendar(ben.default_calendar.id, {"shareWith": []})
    assert len(anna.get("/me/calendars")["value"]) == 1
    assert Client(world, anna.mailbox).send("GET", lent).status == 404
