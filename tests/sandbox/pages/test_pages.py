"""The sandbox's pages over HTTP: they all stand, say what they are, and work without JavaScript."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from tests.sandbox_process import ANNA, BEN

OATH = "Not Microsoft. A stand-in for trying Panel; nothing leaves this machine."
AUTHORIZE = (
    "/common/oauth2/v2.0/authorize?client_id=00001111-aaaa-2222-bbbb-3333cccc4444"
    "&response_type=code&redirect_uri=http://localhost:5000/cb&scope=openid"
)
PAGES = [
    "/sandbox/",
    f"/sandbox/mailboxes/{BEN}",
    f"/sandbox/mailboxes/{ANNA}/entry",
    "/sandbox/mail",
    "/sandbox/outbox",
    "/sandbox/requests",
    "/sandbox/faults",
    "/sandbox/quirks",
    "/sandbox/clock",
    AUTHORIZE,
    "/common/oauth2/v2.0/logout",
]


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, *names):
        return [attrs for tag, attrs in self.tags if tag in names]


@pytest.fixture
def visit(sandbox):
    def visit(path, **form):
        method = "POST" if form else "GET"
        headers = {"Accept": "text/html"}
        answer = sandbox.http.request(
            method, sandbox.url + path, data=form, headers=headers, timeout=30
        )
        assert answer.status_code in (200, 400, 404), answer.text
        return answer

    return visit


@pytest.mark.parametrize("path", PAGES)
def test_it_swears_on_every_page_that_it_is_not_microsoft(visit, path):
    answer = visit(path)
    assert answer.status_code == 200
    assert OATH in answer.text
    assert "SANDBOX" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_it_keeps_its_pages_in_order(visit, path):
    page = Tags(visit(path).text)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    fields = page.all("input", "select", "textarea")
    assert len(ids) == len(set(ids))
    assert len(page.all("h1")) == 1
    assert {label["for"] for label in page.all("label") if "for" in label} <= set(ids)
    assert all("name" in field for field in fields)
    assert not [attrs for _, attrs in page.tags if "style" in attrs]


def test_it_allows_only_its_own_scripts_and_styles(visit):
    assert "default-src 'self'" in visit("/sandbox/").headers["Content-Security-Policy"]


def test_it_shows_a_week_with_what_panel_wrote(sandbox, anna, visit):
    made = anna.create("Sports massage").json()
    anna("PATCH", f"/me/events/{made['id']}", {"singleValueExtendedProperties": [MARK]})
    page = visit(f"/sandbox/mailboxes/{ANNA}?week=2026-12-01").text
    assert "Sports massage" in page
    assert 'title="Written by Panel"' in page


MARK = {"id": "String {6c1a2a0e-0000-4000-8000-000000000001} Name Ref", "value": "7"}
TYPED = {
    "subject": "Podcast",
    "day": "2026-12-03",
    "at": "10:00",
    "last_day": "2026-12-03",
    "until": "11:30",
    "shows": "tentative",
    "private": "yes",
    "place": "Studio",
}


def typed(sandbox, **more):
    return {**TYPED, "calendar": sandbox.calendars(ANNA)[0]["id"], **more}


def test_it_adds_an_entry_by_a_form(sandbox, visit):
    page = visit(f"/sandbox/mailboxes/{ANNA}/entry", **typed(sandbox))
    assert "Podcast" in page.text
    event = sandbox.event(ANNA, "Podcast")
    assert event["start"]["dateTime"] == "2026-12-03T10:00:00.0000000"
    assert (event["showAs"], event["sensitivity"]) == ("tentative", "private")
    assert event["location"]["displayName"] == "Studio"


def test_it_adds_whole_days_by_a_form(sandbox, visit):
    form = typed(sandbox, all_day="yes", last_day="2026-12-04")
    visit(f"/sandbox/mailboxes/{ANNA}/entry", **form)
    event = sandbox.event(ANNA, "Podcast")
    assert event["isAllDay"]
    assert event["end"]["dateTime"].startswith("2026-12-05T00:00")


@pytest.mark.parametrize("rhythm", ["daily", "weekly", "absoluteMonthly"])
def test_it_adds_a_series_by_a_form(sandbox, visit, rhythm):
    form = typed(sandbox, repeats=rhythm, repeats_until="2027-03-01")
    visit(f"/sandbox/mailboxes/{ANNA}/entry", **form)
    event = sandbox.event(ANNA, "Podcast")
    assert event["recurrence"]["pattern"]["type"] == rhythm
    assert event["recurrence"]["range"]["endDate"] == "2027-03-01"


def test_it_changes_and_moves_an_entry_by_its_form(sandbox, visit):
    visit(f"/sandbox/mailboxes/{ANNA}/entry", **typed(sandbox))
    before = sandbox.event(ANNA, "Podcast")
    private = sandbox.calendars(ANNA)[1]["id"]
    where = f"/sandbox/mailboxes/{ANNA}/entry/{before['id']}"
    visit(where, **typed(sandbox, at="09:00", calendar=private))
    after = sandbox.event(ANNA, "Podcast")
    assert after["start"]["dateTime"] == "2026-12-03T09:00:00.0000000"
    assert after["calendarId"] == private


def test_it_changes_one_date_of_a_series_by_its_form(sandbox, anna, visit):
    first = datetime.now(UTC) + timedelta(days=1)
    window = f"startDateTime={first:%Y-%m-%d}&endDateTime={first + timedelta(days=30):%Y-%m-%d}"
    seen = anna("GET", f"/me/calendarView?{window}&$top=100").json()["value"]
    one = next(event for event in seen if event["type"] == "occurrence")
    where = f"/sandbox/mailboxes/{ANNA}/entry/{one['id']}"
    assert "Change the whole series" in visit(where).text
    # On its own day: no date may pass the one before or after it.
    day = one["start"]["dateTime"][:10]
    visit(where, **typed(sandbox, subject="Team outing", day=day, last_day=day))
    assert sandbox.event(ANNA, "Team outing")["type"] == "exception"


def test_it_changes_nothing_when_nothing_was_changed(sandbox, visit):
    visit(f"/sandbox/mailboxes/{ANNA}/entry", **typed(sandbox))
    before = sandbox.event(ANNA, "Podcast")
    visit(f"/sandbox/mailboxes/{ANNA}/entry/{before['id']}", **typed(sandbox))
    assert sandbox.event(ANNA, "Podcast")["changeKey"] == before["changeKey"]


def test_it_copies_and_deletes_by_the_form(sandbox, visit):
    where = f"/sandbox/mailboxes/{ANNA}/entry/{sandbox.event(ANNA, 'Dentist')['id']}"
    visit(where, do="copy")
    visit(where, do="delete")
    assert sandbox.event(ANNA, "Dentist")


WRONG = [{"at": ""}, {"day": ""}, {"until": "09:00"}, {"calendar": "elsewhere"}]


@pytest.mark.parametrize("wrong", WRONG)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(sandbox, visit, wrong):
    answer = visit(f"/sandbox/mailboxes/{ANNA}/entry", **typed(sandbox, **wrong))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'value="Podcast"' in answer.text


def test_it_ticks_faults_by_name(sandbox, anna, visit):
    page = visit("/sandbox/presets", fault="throttled", back="/sandbox/faults")
    assert 'value="throttled" checked' in page.text
    assert anna("GET", "/me").status_code == 429
    visit("/sandbox/presets", do="clear")
    assert anna("GET", "/me").status_code == 200


def test_it_takes_faults_as_json_and_says_what_it_cannot_read(sandbox, visit):
    visit("/sandbox/faults", list='[{"kind": "delay", "ms": 5}]')
    assert sandbox.fault_hits() == [0]
    assert visit("/sandbox/faults", list="[{").status_code == 400
    assert sandbox.fault_hits() == [0]


def test_it_sets_quirks_and_speed_by_forms(sandbox, anna, visit):
    visit("/sandbox/quirks", if_match="ignored")
    visit("/sandbox/latency", graph_ms="60", token_ms="", jitter="0")
    anna("GET", "/me")
    assert sandbox.ask("GET", "quirks")["if_match"] == "ignored"
    assert sandbox.requests()[-1]["ms"] > 59


def test_it_shows_the_requests_of_one_mailbox(anna, ben, visit):
    anna("GET", "/me/calendars?$top=91")
    ben("GET", "/me/events?$top=92")
    page = visit(f"/sandbox/requests?mailbox={BEN}&word=v1.0").text
    assert "$top=92" in page
    assert "$top=91" not in page


def test_it_moves_the_clock_and_adds_people_by_forms(sandbox, visit):
    assert "25 hours ahead" in [visit("/sandbox/clock", add=n) for n in ("1", "24")][-1].text
    assert "Dora Finn" in visit("/sandbox/people", name="Dora Finn", upn="dora@x.test").text
    assert len(sandbox.calendars("dora@x.test")) == 3


def test_it_ends_access_by_a_form(sandbox, application, visit):
    token = application.tokens(ANNA)["refresh_token"]
    visit(f"/sandbox/mailboxes/{ANNA}/access", why="mfa")
    assert application.refresh(token).json()["error_codes"] == [50076]


def test_it_resets_by_a_button(sandbox, visit):
    sandbox.faults({"kind": "delay", "ms": 1})
    assert "Anna Berg" in visit("/sandbox/reset", sure="yes").text
    assert sandbox.fault_hits() == []


def test_it_says_on_a_page_that_an_entry_is_gone(sandbox, visit):
    gone = sandbox.event(ANNA, "Dentist")["id"]
    sandbox.delete_event(ANNA, gone)
    answer = visit(f"/sandbox/mailboxes/{ANNA}/entry/{gone}")
    assert (answer.status_code, OATH in answer.text) == (404, True)
    assert "Nothing was changed." in answer.text
