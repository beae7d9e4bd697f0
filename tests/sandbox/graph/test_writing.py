"""What Graph refuses to write, and what it makes of what it takes."""

import pytest

from tests.sandbox.graph.bodies import BERLIN, at, event

BAD = {
    "no end": {"end": None},
    "end before start": {"end": at("2026-09-07T08:00:00")},
    "unknown field": {"colour": "red"},
    "a number as subject": {"subject": 5},
    "an unknown word": {"showAs": "bored"},
    "all-day not from midnight": {"isAllDay": True},
    "an attendee without address": {"attendees": [{"emailAddress": {"name": "Ola"}}]},
    "an unknown recurrence": {"recurrence": {"pattern": {"type": "hourly"}, "range": {}}},
    "an unreadable moment": {"start": at("next Monday")},
    "a bad property id": {"singleValueExtendedProperties": [{"id": "Ref", "value": "x"}]},
    "the year one": {"start": at("0001-01-01T00:00:00")},
}


@pytest.mark.parametrize("part", BAD.values(), ids=BAD)
def test_it_refuses(anna, part):
    status, code = anna.refused("POST", "/me/events", event() | part)
    assert status == 400 and code in ("ErrorPropertyValidationFailure", "RequestBodyRead")
    assert anna.get("/me/events")["value"] == []


def test_it_names_a_zone_that_it_does_not_know(anna):
    reply = anna.send("POST", "/me/events", event(zone="Europe/Oslo"))
    assert reply.body["error"]["code"] == "TimeZoneNotSupportedException"
    assert "'Europe/Oslo'" in reply.body["error"]["message"]


def test_a_refused_patch_changes_nothing(anna):
    made = anna.post("/me/events", event())
    wish = {"subject": "Other", "end": at("2026-09-01T00:00:00")}
    assert anna.send("PATCH", f"/me/events/{made['id']}", wish).status == 400
    assert anna.get(f"/me/events/{made['id']}")["subject"] == "Site visit"


def test_an_all_day_event_is_midnight_to_midnight_in_every_zone(anna):
    day = {"start": at("2026-09-07T00:00:00", BERLIN), "end": at("2026-09-08T00:00:00", BERLIN)}
    made = anna.post("/me/events", event(isAllDay=True) | day)
    assert made["start"] == at("2026-09-07T00:00:00.0000000", "UTC")
    tokyo = anna.get(f"/me/events/{made['id']}", Prefer='outlook.timezone="Tokyo Standard Time"')
    assert tokyo["start"] == at("2026-09-07T00:00:00.0000000", "Tokyo Standard Time")


def test_a_location_replaces_all_locations(anna):
    made = anna.post("/me/events", event(location={"displayName": "Hall 3"}))
    assert [one["displayName"] for one in made["locations"]] == ["Hall 3"]
    made = anna.patch(f"/me/events/{made['id']}", {"locations": []})
    assert made["location"]["displayName"] == ""


def test_text_comes_back_as_html_unless_text_is_preferred(anna):
    body = {"contentType": "Text", "content": "Tea & cake\nat four"}
    made = anna.post("/me/events", event(body=body))
    assert made["body"]["contentType"] == "html" and "Tea &amp; cake<br>" in made["body"]["content"]
    assert made["bodyPreview"] == "Tea & cake\r\nat four"
    plain = anna.get(f"/me/events/{made['id']}", Prefer='outlook.body-content-type="text"')
    assert plain["body"] == {"contentType": "text", "content": body["content"]}


def test_html_is_wrapped_once_and_read_as_text(anna):
    made = anna.post("/me/events", event(body={"contentType": "HTML", "content": "<p>Tea</p>now"}))
    assert made["body"]["content"].startswith("<html><head>")
    again = anna.patch(f"/me/events/{made['id']}", {"body": made["body"]})
    assert again["body"] == made["body"] and again["bodyPreview"] == "Tea\r\nnow"


def test_null_means_the_default(anna):
    nothing = dict.fromkeys(["isAllDay", "isReminderOn", "showAs", "body", "location", "subject"])
    made = anna.post("/me/events", event() | nothing)
    assert (made["isAllDay"], made["isReminderOn"], made["showAs"]) == (False, True, "busy")
    assert (made["subject"], made["location"]["displayName"]) == ("", "")


def test_it_ignores_what_only_others_write(anna):
    organizer = {"emailAddress": {"name": "Ola", "address": "ola@fabrikam.test"}}
    made = anna.post("/me/events", event(organizer=organizer, isCancelled=True, id="mine"))
    assert made["isOrganizer"] and not made["isCancelled"] and made["id"] != "mine"
    assert made["organizer"]["emailAddress"]["address"] == "anna@contoso.test"


def test_a_teams_meeting_has_a_link_until_its_words_leave_the_body(anna):
    made = anna.post("/me/events", event(isOnlineMeeting=True))
    link = made["onlineMeeting"]["joinUrl"]
    assert made["onlineMeetingProvider"] == "teamsForBusiness" and link in made["body"]["content"]
    kept = anna.patch(f"/me/events/{made['id']}", {"isOnlineMeeting": False})
    assert kept["isOnlineMeeting"] and kept["onlineMeeting"]["joinUrl"] == link
    lost = anna.patch(f"/me/events/{made['id']}", {"body": {"contentType": "html", "content": "-"}})
    assert not lost["isOnlineMeeting"] and lost["onlineMeeting"] is None
