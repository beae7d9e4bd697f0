"""calendarView/delta: rounds, and the oddities a client must survive."""

from tests.sandbox.graph.bodies import at, event, weekly, window
from tests.sandbox.graph.conftest import IMMUTABLE

VIEW = f"/me/calendarView/delta?{window()}"


def moved(day):
    return {"start": at(f"{day}T09:00:00"), "end": at(f"{day}T10:00:00")}


def test_the_first_page_is_empty_and_leads_on(anna):
    anna.post("/me/events", event())
    reply = anna.send("GET", VIEW)
    assert reply.body["value"] == [] and "$skiptoken=" in reply.body["@odata.nextLink"]
    assert "odata.track-changes" in reply.headers["Preference-Applied"]
    assert "@odata.deltaLink" not in reply.body


def test_a_round_goes_over_pages_of_the_preferred_size(anna):
    made = [anna.post("/me/events", event(hour=hour))["id"] for hour in range(7)]
    size = {"Prefer": "odata.maxpagesize=3"}
    first = anna.get(VIEW, **size)
    second = anna.get(first["@odata.nextLink"], **size)
    assert len(second["value"]) == 3
    assert [one["id"] for one in anna.round(VIEW, **size)[0]] == made


def test_every_spelling_of_the_path_is_understood(anna):
    anna.post("/me/events", event())
    own = f"/me/calendars/{anna.mailbox.default_calendar.id}"
    bounds = window().replace("DateTime", "datetime")
    for base in ("/me", "/me/calendar", own):
        for name in ("delta", "delta()", "microsoft.graph.delta()"):
            assert len(anna.round(f"{base}/calendarView/{name}?{bounds}")[0]) == 1


def test_options_and_a_missing_window_are_refused(anna):
    for option in ("$select=subject", "$filter=x", "$orderby=x", "$expand=x", "$top=5"):
        assert anna.refused("GET", f"{VIEW}&{option}") == (400, "ErrorInvalidUrlQuery")
    no_window = anna.refused("GET", "/me/calendarView/delta")
    assert no_window == (400, "ErrorInvalidParameter")


def test_a_series_comes_as_its_master_with_bare_dates(anna):
    master = anna.post("/me/events", weekly("2026-08-03"))
    items, _ = anna.round(VIEW)
    assert items[0]["id"] == master["id"] and items[0]["start"]["dateTime"].startswith("2026-08-03")
    assert len(items) == 5 and {one["type"] for one in items[1:]} == {"occurrence"}
    known = {"@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end"}
    assert all(set(one) == known for one in items[1:])


def test_a_deleted_date_brings_the_series_again_without_a_removal(anna):
    anna.post("/me/events", weekly())
    items, link = anna.round(VIEW)
    anna.delete(f"/me/events/{items[2]['id']}")
    again, _ = anna.round(link)
    assert [one["id"] for one in again] == [one["id"] for one in items if one is not items[2]]
    assert not any("@removed" in one for one in again)


def test_an_exception_comes_with_its_own_content(anna):
    anna.post("/me/events", weekly())
    items, link = anna.round(VIEW)
    anna.patch(f"/me/events/{items[2]['id']}", {"subject": "Other"})
    (exception,) = [one for one in anna.round(link)[0] if one["type"] == "exception"]
    assert exception["id"] == items[2]["id"] and exception["subject"] == "Other"


def test_a_series_is_not_cut_by_a_page(anna):
    anna.post("/me/events", event())
    anna.post("/me/events", weekly())
    page = anna.get(VIEW, Prefer="odata.maxpagesize=3")
    page = anna.get(page["@odata.nextLink"], Prefer="odata.maxpagesize=3")
    assert len(page["value"]) == 1
    page = anna.get(page["@odata.nextLink"], Prefer="odata.maxpagesize=3")
    assert len(page["value"]) == 5 and "@odata.deltaLink" in page


def test_what_leaves_the_window_is_removed_and_what_never_was_there_too(anna):
    made = anna.post("/me/events", event())["id"]
    _, link = anna.round(VIEW)
    anna.patch(f"/me/events/{made}", moved("2027-01-04"))
    stranger = anna.post("/me/events", event("2027-02-01"))["id"]
    items, link = anna.round(link)
    assert {one["id"]: one["@removed"]["reason"] for one in items} == {
        made: "changed",
        stranger: "changed",
    }


def test_a_deleted_series_is_removed_by_its_master(anna):
    master = anna.post("/me/events", weekly())["id"]
    _, link = anna.round(VIEW)
    anna.delete(f"/me/events/{master}")
    items, _ = anna.round(link)
    assert [one["id"] for one in items] == [master] and "@removed" in items[0]


def test_a_move_removes_here_and_adds_there(anna, world):
    other = anna.mailbox.create_calendar("Private").id
    there = f"/me/calendars/{other}/calendarView/delta?{window()}"
    made = anna.post("/me/events", event(), **IMMUTABLE)["id"]
    (_, here), (_, there) = anna.round(VIEW, **IMMUTABLE), anna.round(there, **IMMUTABLE)
    anna.mailbox.move_event(made, other, now=world.now())
    gone, come = anna.round(here, **IMMUTABLE)[0], anna.round(there, **IMMUTABLE)[0]
    assert [one["id"] for one in gone] == [one["id"] for one in come] == [made]
    assert gone[0]["@removed"] == {"reason": "deleted"} and "@removed" not in come[0]


def test_a_link_can_be_used_again(anna):
    _, link = anna.round(VIEW)
    made = anna.post("/me/events", event())["id"]
    assert [[one["id"] for one in anna.round(link)[0]] for _ in "ab"] == [[made], [made]]


def test_other_bounds_beside_a_token_are_ignored(anna):
    _, link = anna.round(VIEW)
    anna.post("/me/events", event())
    assert len(anna.round(f"{link}&{window('2030-01-01', '2030-02-01')}")[0]) == 1


def test_an_old_or_foreign_token_is_gone(anna):
    _, link = anna.round(VIEW)
    anna.mailbox.expire_delta()
    reply = anna.send("GET", link)
    assert (reply.status, reply.body["error"]["code"]) == (410, "SyncStateNotFound")
    assert anna.round(reply.headers["Location"])[0] == []
    assert anna.send("GET", "/me/calendarView/delta?$deltatoken=nonsense").status == 410


def test_a_change_while_paging_is_told_in_this_round_or_the_next(anna):
    made = [anna.post("/me/events", event(hour=hour))["id"] for hour in range(4)]
    size = {"Prefer": "odata.maxpagesize=2"}
    page = anna.get(anna.get(VIEW, **size)["@odata.nextLink"], **size)
    anna.patch(f"/me/events/{made[3]}", {"subject": "Changed"})
    rest, link = anna.round(page["@odata.nextLink"], **size)
    seen = rest + anna.round(link)[0]
    assert "Changed" in {one["subject"] for one in seen} and made[2] in {one["id"] for one in seen}


def test_events_have_a_delta_without_a_window(anna):
    anna.post("/me/events", weekly())
    items, link = anna.round("/me/events/delta")
    assert [one["type"] for one in items] == ["seriesMaster"]
    assert anna.round(link)[0] == []
