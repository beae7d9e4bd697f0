"""Whatever a client sends, Graph answers, and never with an error of its own."""

import asyncio
import json

from hypothesis import given
from hypothesis import strategies as st

from sandbox.graph.door import answer
from sandbox.values import READERS
from tests.sandbox.graph.bodies import event, weekly, window
from tests.sandbox.graph.conftest import Client, World, seg

NAMES = (
    "dateTime timeZone pattern range type interval daysOfWeek startDate endDate index month "
    "numberOfOccurrences dayOfMonth emailAddress address name id value extensionName content "
    "contentType displayName recurrenceTimeZone firstDayOfWeek"
)
WORDS = st.sampled_from(["weekly", "daily", "noEnd", "monday", "2026-09-07", "UTC", "html", ""])
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-5, 9999), st.text(max_size=5), WORDS)
JUNK = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(NAMES.split()), inner, max_size=5),
    ),
    max_leaves=10,
)
FIELDS = [*READERS, "start", "end", "recurrence", "isAllDay", "transactionId", "extensions",
          "singleValueExtendedProperties", "bogus"]  # fmt: skip
BODIES = st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=4)
POSTED = (
    "/me/calendar/getSchedule", "/me/translateExchangeIds", "/subscriptions", "/$batch",
    "/me/calendars", "/me/events",
)  # fmt: skip
OPTIONS = st.sampled_from(["$filter", "$orderby", "$expand", "$select", "$top", "$deltatoken"])
QUERIES = st.text(alphabet="subjectstar/dTim eqnogl()',:$=;0129-", max_size=25)


def client():
    world = World()
    return Client(world, world.person("anna@contoso.test", "Anna Berg"))


def answered(anna, method, url, body=None):
    reply = asyncio.run(answer(anna.ask(method, url, body)))
    assert reply.status < 500 and json.dumps(reply.body) is not None
    return reply


@given(body=BODIES, base=st.sampled_from([event, weekly]))
def test_any_body_is_taken_or_refused(body, base):
    anna = client()
    answered(anna, "POST", "/me/events", base() | body)
    made = f"/me/events/{anna.post('/me/events', base())['id']}"
    answered(anna, "PATCH", made, body)
    answered(anna, "GET", f"/me/calendarView?{window()}")
    for action in ("accept", "forward", "snoozeReminder", "extensions", "cancel"):
        answered(anna, "POST", f"{made}/{action}", body)
    for url in POSTED:
        answered(anna, "POST", url, body)


@given(body=JUNK)
def test_any_json_is_taken_or_refused(body):
    anna = client()
    made = f"/me/events/{anna.post('/me/events', event())['id']}"
    for url in (*POSTED, f"{made}/forward"):
        answered(anna, "POST", url, body)
    for url in (made, "/me/mailboxSettings", "/me/calendar"):
        answered(anna, "PATCH", url, body)


@given(option=OPTIONS, value=QUERIES)
def test_any_query_is_read_or_refused(option, value):
    anna = client()
    anna.post("/me/events", event())
    for url in ("/me/events", "/me/calendarView/delta", "/me/calendars"):
        answered(anna, "GET", f"{url}?{option}={seg(value)}")
    answered(anna, "GET", f"/me/events/{seg(value)}")
