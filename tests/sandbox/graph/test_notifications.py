"""Subscriptions and their notifications, over real HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
import requests

from tests.sandbox.graph.bodies import window
from tests.sandbox.graph.listener import listening
from tests.sandbox_process import ANNA

WEEKLY = {
    "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
    "range": {"type": "noEnd", "startDate": "2030-09-02"},
}
TIMES = ("2030-09-02T09:00:00", "2030-09-02T10:00:00")


class Graph:
    """Anna's program, over HTTP."""

    def __init__(self, sandbox, application):
        self.url, self.token = sandbox.url, application.tokens(ANNA)["access_token"]

    def send(self, method, path, body=None, **headers):
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        url = f"{self.url}/v1.0{path}"
        return requests.request(method, url, json=body, headers=headers, timeout=30)

    def subscribe(self, url, resource="me/events", minutes=1000, **more):
        expires = datetime.now(UTC) + timedelta(minutes=minutes)
        wish = {
            "changeType": "created,updated,deleted", "notificationUrl": url, "resource": resource,
            "expirationDateTime": expires.isoformat(), "clientState": "secret", **more,
        }  # fmt: skip
        return self.send("POST", "/subscriptions", wish, Prefer='IdType="ImmutableId"')


@pytest.fixture
def graph(sandbox, application):
    return Graph(sandbox, application)


@pytest.fixture
def listener():
    with listening() as listener:
        yield listener


def test_a_change_is_told_to_who_asked(graph, sandbox, listener):
    made = graph.subscribe(listener.url)
    assert made.status_code == 201 and made.json()["clientState"] == "secret"
    event = sandbox.add_event(ANNA, "Dentist", *TIMES)
    item = listener.item()
    assert (item["changeType"], item["clientState"]) == ("created", "secret")
    assert item["subscriptionId"] == made.json()["id"]
    assert item["resourceData"]["id"] == event["immutableId"]
    sandbox.delete_event(ANNA, event["id"])
    assert listener.item()["changeType"] == "deleted"


def test_a_deleted_date_is_told_as_a_change_of_its_series(graph, sandbox, listener):
    series = sandbox.add_event(ANNA, "Choir", *TIMES, recurrence=WEEKLY)
    view = graph.send("GET", f"/me/calendarView?{window('2030-09-01', '2030-09-30')}").json()
    date = next(one for one in view["value"] if one["subject"] == "Choir")
    graph.subscribe(listener.url)
    sandbox.delete_event(ANNA, date["id"])
    item = listener.item()
    assert item["changeType"] == "updated"
    assert item["resourceData"]["id"] == series["immutableId"]


def test_an_address_that_does_not_echo_is_refused(graph, listener):
    listener.echoes = False
    refused = graph.subscribe(listener.url)
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "ValidationError"
    assert graph.send("GET", "/subscriptions").json()["value"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"notificationUrl": "https://example.com/notify"},
        {"notificationUrl": "nowhere"},
        {"notificationUrl": "http://[::"},
        {"resource": "me/messages"},
        {"resource": "me/events/AAMk"},
        {"changeType": "moved"},
        {"clientState": "x" * 129},
        {"expirationDateTime": "2020-01-01T00:00:00Z"},
        {"expirationDateTime": "soon"},
    ],
    ids=str,
)
def test_it_refuses_a_subscription(graph, listener, more):
    assert graph.subscribe(listener.url, **more).status_code == 400


def test_the_end_is_at_least_45_minutes_and_at_most_a_week_away(graph, listener):
    assert graph.subscribe(listener.url, minutes=30 * 24 * 60).status_code == 400
    assert graph.subscribe(listener.url, minutes=10_080).status_code == 201
    short = graph.subscribe(listener.url, minutes=5).json()
    ends = datetime.fromisoformat(short["expirationDateTime"])
    assert ends > datetime.now(UTC) + timedelta(minutes=40)


def test_a_subscription_is_renewed_reauthorized_and_dropped(graph, listener):
    url = f"/subscriptions/{graph.subscribe(listener.url, minutes=60).json()['id']}"
    later = (datetime.now(UTC) + timedelta(days=5)).isoformat()
    renewed = graph.send("PATCH", url, {"expirationDateTime": later}).json()
    assert renewed["expirationDateTime"][:10] == later[:10]
    assert graph.send("POST", f"{url}/reauthorize").status_code == 204
    assert graph.send("DELETE", url).status_code == 204
    gone = graph.send("DELETE", url)
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "ResourceNotFound")


def test_a_subscription_ends_by_itself(graph, sandbox, listener):
    url = f"/subscriptions/{graph.subscribe(listener.url, minutes=60).json()['id']}"
    sandbox.clock(offset_seconds=61 * 60)
    sandbox.add_event(ANNA, "Dentist", *TIMES)
    assert listener.quiet()
    sandbox.clock()
    assert graph.send("GET", url).status_code == 200


def test_me_events_means_the_default_calendar(graph, sandbox, listener):
    other = next(one for one in sandbox.calendars(ANNA) if not one["isDefaultCalendar"])
    graph.subscribe(listener.url)
    sandbox.add_event(ANNA, "Dentist", *TIMES, calendarId=other["id"])
    assert listener.quiet()
    assert graph.subscribe(listener.url, f"me/calendars/{other['id']}/events").status_code == 201
    sandbox.add_event(ANNA, "Dentist", *TIMES, calendarId=other["id"])
    assert listener.item()["changeType"] == "created"


def test_a_delivery_is_tried_again(graph, sandbox, listener):
    graph.subscribe(listener.url)
    listener.answers = [503]
    sandbox.add_event(ANNA, "Dentist", *TIMES)
    assert listener.item()["changeType"] == "created"


def test_notifications_may_be_doubled_or_never_come(graph, sandbox, listener):
    graph.subscribe(listener.url)
    sandbox.quirks(notifications=0)
    sandbox.add_event(ANNA, "Unheard", *TIMES)
    assert listener.quiet()
    sandbox.quirks(notifications=2)
    sandbox.add_event(ANNA, "Dentist", *TIMES)
    assert listener.item() == listener.item()


def test_lifecycle_events_go_to_their_own_address(graph, sandbox, listener):
    with listening() as lifecycle:
        more = {"lifecycleNotificationUrl": lifecycle.url}
        made = graph.subscribe(listener.url, **more).json()["id"]
        for event in ("missed", "reauthorizationRequired", "subscriptionRemoved"):
            sandbox.lifecycle(made, event)
            item = lifecycle.item()
            assert (item["lifecycleEvent"], item["subscriptionId"]) == (event, made)
    assert graph.send("GET", f"/subscriptions/{made}").status_code == 404
