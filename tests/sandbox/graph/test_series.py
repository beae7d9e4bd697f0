"""Series: their dates, what is changed or deleted of them."""

from tests.sandbox.graph.bodies import BERLIN, at, event, weekly, window


def dates(anna, start="2026-09-01", end="2026-10-01", url="/me/calendarView"):
    return anna.pages(f"{url}?{window(start, end)}")


def starts(anna, **more):
    return [one["start"]["dateTime"][5:16] for one in dates(anna, **more)]


def test_a_series_keeps_its_hour_when_the_clocks_change(anna):
    anna.post("/me/events", weekly("2026-10-19"))
    assert starts(anna, start="2026-10-15", end="2026-11-01") == ["10-19T07:00", "10-26T08:00"]


def test_a_series_written_in_utc_may_count_in_another_zone(anna):
    body = weekly("2026-10-19") | {
        "start": at("2026-10-19T07:00:00"),
        "end": at("2026-10-19T08:00:00"),
    }
    body["recurrence"]["range"]["recurrenceTimeZone"] = BERLIN
    anna.post("/me/events", body)
    assert starts(anna, start="2026-10-15", end="2026-11-01") == ["10-19T07:00", "10-26T08:00"]


def test_a_series_begins_on_the_first_day_that_fits(anna):
    made = anna.post("/me/events", weekly("2026-09-07", weekday="wednesday"))
    assert made["start"]["dateTime"].startswith("2026-09-09")
    assert made["recurrence"]["range"]["startDate"] == "2026-09-07"


def test_a_changed_date_becomes_an_exception_under_the_same_id(anna):
    master = anna.post("/me/events", weekly())
    second = dates(anna)[1]
    assert second["seriesMasterId"] == master["id"] and second["type"] == "occurrence"
    changed = anna.patch(f"/me/events/{second['id']}", {"subject": "Other"})
    assert changed["type"] == "exception" and changed["id"] == second["id"]
    assert [one["subject"] for one in dates(anna)].count("Other") == 1
    assert anna.get(f"/me/events/{master['id']}")["subject"] == "Site visit"


def test_a_moved_date_leaves_its_old_time(anna):
    anna.post("/me/events", weekly())
    second = dates(anna)[1]
    moved = {"start": at("2026-09-16T12:00:00"), "end": at("2026-09-16T13:00:00")}
    changed = anna.patch(f"/me/events/{second['id']}", moved)
    assert changed["originalStart"].startswith("2026-09-14T07:00")
    assert "09-16T12:00" in starts(anna) and "09-14T07:00" not in starts(anna)


def test_a_date_cannot_be_moved_past_its_neighbour(anna):
    anna.post("/me/events", weekly())
    far = {"start": at("2026-09-21T12:00:00"), "end": at("2026-09-21T13:00:00")}
    refused = anna.refused("PATCH", f"/me/events/{dates(anna)[1]['id']}", far)
    assert refused == (400, "ErrorOccurrenceCrossingBoundary")


def test_a_deleted_date_is_gone_and_named_on_request(anna):
    master, second = anna.post("/me/events", weekly()), dates(anna)[1]
    assert anna.delete(f"/me/events/{second['id']}") == 204
    assert len(dates(anna)) == 3 and anna.send("GET", f"/me/events/{second['id']}").status == 404
    asked = anna.get(f"/me/events/{master['id']}?$select=cancelledOccurrences")
    assert asked["cancelledOccurrences"] == [f"OID.{master['id']}.2026-09-14"]


def test_a_rescheduled_series_has_new_dates_and_no_exceptions(anna):
    master, second = anna.post("/me/events", weekly()), dates(anna)[1]
    anna.patch(f"/me/events/{second['id']}", {"subject": "Other"})
    later = {"start": at("2026-09-07T11:00:00", BERLIN), "end": at("2026-09-07T12:00:00", BERLIN)}
    anna.patch(f"/me/events/{master['id']}", later)
    assert {one["subject"] for one in dates(anna)} == {"Site visit"}
    assert anna.send("GET", f"/me/events/{second['id']}").status == 404


def test_an_exception_shares_what_it_did_not_change(anna):
    master, second = anna.post("/me/events", weekly()), dates(anna)[1]
    anna.patch(f"/me/events/{second['id']}", {"subject": "Other"})
    anna.patch(f"/me/events/{master['id']}", {"subject": "New", "showAs": "free"})
    exception = anna.get(f"/me/events/{second['id']}")
    assert (exception["subject"], exception["showAs"]) == ("Other", "free")


def test_a_series_can_be_made_single_again(anna):
    master = anna.post("/me/events", weekly())
    back = anna.patch(f"/me/events/{master['id']}", {"recurrence": None})
    assert back["type"] == "singleInstance" and len(dates(anna)) == 1


def test_its_instances_are_those_of_the_view(anna):
    master = anna.post("/me/events", weekly())
    anna.post("/me/events", event())
    instances = dates(anna, url=f"/me/events/{master['id']}/instances")
    assert [one["id"] for one in instances] == [
        one["id"] for one in dates(anna) if one["type"] == "occurrence"
    ]


def test_an_all_day_series_counts_days(anna):
    day = {"start": at("2026-09-07T00:00:00", BERLIN), "end": at("2026-09-09T00:00:00", BERLIN)}
    anna.post("/me/events", weekly(isAllDay=True) | day)
    assert starts(anna, end="2026-09-20") == ["09-07T00:00", "09-14T00:00"]
    assert len(dates(anna, start="2026-09-08", end="2026-09-09")) == 1
