"""Mailboxes, calendars and events as the person changes them in Outlook."""

import pytest
import requests

from tests.sandbox_process import ANNA, BEN, CARLA

AT = ("2026-12-01T10:00:00", "2026-12-01T11:00:00")


@pytest.mark.parametrize("upn", [ANNA, BEN, CARLA])
def test_it_gives_everybody_three_calendars_and_a_life(sandbox, upn):
    calendars = sandbox.calendars(upn)
    assert [one["name"] for one in calendars] == ["Calendar", "Private", "Team rota"]
    assert [one["canEdit"] for one in calendars] == [True, True, False]
    events = sandbox.events(upn)
    assert {"busy", "tentative", "free", "oof"} <= {event["showAs"] for event in events}
    assert {"seriesMaster", "exception"} <= {event["type"] for event in events}
    assert any(event["sensitivity"] == "private" for event in events)
    assert any(event["isAllDay"] for event in events)


def test_it_leaves_mornings_free_for_a_demo(sandbox):
    timed = [event for event in sandbox.events(ANNA) if not event["isAllDay"]]
    mornings = [event for event in timed if event["start"]["dateTime"][11:13] in ("09", "10")]
    assert mornings == []


def test_it_writes_and_reads_an_event(sandbox):
    made = sandbox.add_event(ANNA, "Podcast", *AT, showAs="tentative")
    assert (made["subject"], made["showAs"]) == ("Podcast", "tentative")
    assert {"calendarId", "immutableId", "transactionId", "singleValueExtendedProperties"} <= set(
        made
    )
    assert sandbox.event(ANNA, "Podcast")["id"] == made["id"]


def test_it_changes_and_moves_an_event(sandbox):
    private = sandbox.calendars(ANNA)[1]["id"]
    made = sandbox.add_event(ANNA, "Podcast", *AT)
    moved = sandbox.patch_event(ANNA, made["id"], subject="Radio", calendarId=private)
    assert (moved["subject"], moved["calendarId"]) == ("Radio", private)
    assert moved["immutableId"] == made["immutableId"]
    assert moved["id"] != made["id"]


def test_it_copies_an_event_with_all_that_is_on_it(sandbox):
    mark = {"id": "String {6c1a2a0e-0000-4000-8000-000000000001} Name Ref", "value": "7"}
    made = sandbox.add_event(ANNA, "Podcast", *AT, singleValueExtendedProperties=[mark])
    copy = sandbox.copy_event(ANNA, made["immutableId"])
    assert copy["id"] != made["id"]
    assert copy["singleValueExtendedProperties"] == made["singleValueExtendedProperties"]


def test_it_deletes_an_event_and_remembers_that_it_was(sandbox):
    made = sandbox.add_event(ANNA, "Podcast", *AT)
    sandbox.delete_event(ANNA, made["id"])
    assert "Podcast" not in [event["subject"] for event in sandbox.events(ANNA)]
    assert "Podcast" in [event["subject"] for event in sandbox.events(ANNA, deleted=True)]


def test_it_makes_and_changes_calendars(sandbox):
    made = sandbox.add_calendar(BEN, "Football")
    told = sandbox.patch_calendar(BEN, made["id"], name="Five-a-side", canEdit=False)
    assert (told["name"], told["canEdit"]) == ("Five-a-side", False)
    sandbox.delete_calendar(BEN, made["id"])
    assert len(sandbox.calendars(BEN)) == 3


def test_it_shares_a_calendar(sandbox):
    first = sandbox.calendars(BEN)[0]["id"]
    assert sandbox.patch_calendar(BEN, first, shareWith=[ANNA])["shareWith"] == [ANNA]


def test_it_adds_people_with_entries(sandbox, application):
    sandbox.add_mailbox("dora@fabrikam.test", events=12, name="Dora Finn")
    assert len(sandbox.events("dora@fabrikam.test")) == 12
    assert application.tokens("dora@fabrikam.test")["access_token"]


REFUSED = [
    ("POST", "mailboxes", {"upn": ANNA}, 409),
    ("POST", "mailboxes", {"upn": "x@y.test", "kind": "robot"}, 400),
    ("GET", "mailboxes/nobody@contoso.test/events", None, 404),
    ("DELETE", f"mailboxes/{ANNA}/events/AAMkgone", None, 404),
    ("POST", f"mailboxes/{ANNA}/revoke", {"why": "boredom"}, 400),
    ("POST", "subscriptions/none/lifecycle", {"event": "missed"}, 404),
]


@pytest.mark.parametrize("method, path, body, status", REFUSED)
def test_it_says_what_it_cannot_do(sandbox, method, path, body, status):
    with pytest.raises(requests.HTTPError) as refused:
        sandbox.ask(method, path, body)
    assert refused.value.response.status_code in (status, 400)
    assert refused.value.response.json()["error"]["message"]


def test_it_expires_delta_links(sandbox, anna):
    window = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-31T00:00:00Z"
    link = anna("GET", f"/me/calendarView/delta?{window}").json()
    while "@odata.nextLink" in link:
        link = anna("GET", link["@odata.nextLink"].removeprefix(anna.base)).json()
    sandbox.expire_delta(ANNA)
    answer = anna("GET", link["@odata.deltaLink"].removeprefix(anna.base))
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "SyncStateNotFound")


def test_it_keeps_the_mails_that_exchange_would_have_sent(sandbox):
    guest = [{"emailAddress": {"address": "ola@fabrikam.test"}}]
    sandbox.add_event(ANNA, "Podcast", *AT, attendees=guest)
    (mail,) = sandbox.outbox()
    assert (mail["kind"], mail["to"], mail["from"]) == ("invitation", ["ola@fabrikam.test"], ANNA)
