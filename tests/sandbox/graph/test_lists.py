"""Lists: pages, filters, order, choice of fields."""

import pytest

from tests.sandbox.graph.bodies import BERLIN, event, weekly, window


@pytest.fixture
def day(anna):
    """Twelve hours, one event each."""
    for hour in range(12):
        anna.post("/me/events", event(hour=hour, subject=f"Hour {hour:02d}"))
    return anna


def subjects(items):
    return [one["subject"][-2:] for one in items]


def test_a_page_has_ten_and_a_link(day):
    first = day.get("/me/events?$count=true")
    assert len(first["value"]) == 10 and first["@odata.count"] == 12
    assert "$skip=10" in first["@odata.nextLink"]
    assert len(day.pages("/me/events")) == 12


def test_the_next_page_keeps_the_question(day):
    query = f"{window()}&$top=5&$select=subject&$filter=contains(subject,'Hour 0')"
    items = day.pages(f"/me/calendarView?{query}")
    assert subjects(items) == [f"{hour:02d}" for hour in range(10)]
    assert set(items[-1]) == {"@odata.etag", "id", "subject"}


def test_it_skips_and_orders(day):
    query = "$orderby=start/dateTime desc&$skip=2&$top=3"
    assert subjects(day.get(f"/me/events?{query}")["value"]) == ["09", "08", "07"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("start/dateTime ge '2026-09-07T10:00:00'", ["10", "11"]),
        ("start/dateTime lt '2026-09-07T03:00:00+02:00'", ["00"]),
        ("subject eq 'hour 03'", ["03"]),
        ("startswith(subject,'Hour 1') and not endswith(subject,'1')", ["10"]),
        ("(subject eq 'Hour 01' or subject eq 'Hour 02') and isAllDay eq false", ["01", "02"]),
        ("categories/any(c: c eq 'red')", []),
        ("recurrence ne null", []),
        ("body/content eq 'x' or showAs ne 'busy'", []),
    ],
)
def test_it_filters(day, condition, found):
    assert (
        subjects(day.get(f"/me/events?$filter={condition.replace('+', '%2B')}")["value"]) == found
    )


@pytest.mark.parametrize(
    "query",
    [
        "$filter=subject eq",
        "$filter=subject gt 5",
        "$filter=nonsense eq 1",
        "$filter=foo(subject,'x')",
        "$orderby=location",
        "$select=nonsense",
        "$expand=extensions($filter=",
        "$top=many",
    ],
)
def test_it_refuses_what_it_cannot_read(day, query):
    assert day.send("GET", f"/me/events?{query}").status == 400


def test_a_view_needs_both_bounds_and_takes_offsets(anna):
    anna.post("/me/events", event(hour=9))
    assert anna.refused("GET", "/me/calendarView") == (400, "ErrorInvalidParameter")
    before = "startDateTime=2026-09-07T05:00:00&endDateTime=2026-09-07T11:00:00%2B02:00"
    after = "startDateTime=2026-09-07T05:00:00&endDateTime=2026-09-07T11:00:01%2B02:00"
    assert [len(anna.get(f"/me/calendarView?{one}")["value"]) for one in (before, after)] == [0, 1]


def test_a_view_is_ordered_by_start_and_shown_in_the_preferred_zone(anna):
    anna.post("/me/events", event("2026-09-08"))
    anna.post("/me/events", weekly())
    view = anna.get(f"/me/calendarView?{window('2026-09-07', '2026-09-09')}",
                    Prefer=f'outlook.timezone="{BERLIN}"')  # fmt: skip
    assert [one["start"]["dateTime"][8:13] for one in view["value"]] == ["07T09", "08T11"]
    assert view["value"][0]["start"]["timeZone"] == BERLIN


def test_names_of_options_may_lack_the_dollar_and_have_any_case(day):
    assert len(day.get("/me/events?TOP=3&$Skip=1")["value"]) == 3
