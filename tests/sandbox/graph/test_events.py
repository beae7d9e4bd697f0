"""Events over Graph: made, read, changed, deleted."""

from tests.sandbox.graph.bodies import BERLIN, event, weekly, window


def test_it_answers_a_create_with_everything_a_client_reads(anna):
    made = anna.post("/me/events", event(transactionId="t-1"))
    assert made["@odata.etag"] == f'W/"{made["changeKey"]}"'
    assert made["start"] == {"dateTime": "2026-09-07T09:00:00.0000000", "timeZone": "UTC"}
    assert (made["type"], made["showAs"], made["isOrganizer"]) == ("singleInstance", "busy", True)
    assert made["transactionId"] == "t-1" and made["iCalUId"].startswith("040000008200E0")


def test_it_answers_times_in_utc_unless_another_zone_is_preferred(anna):
    made = anna.post("/me/events", event(zone=BERLIN))
    assert made["start"]["dateTime"].startswith("2026-09-07T07:00")
    assert made["originalStartTimeZone"] == BERLIN
    seen = anna.send("GET", f"/me/events/{made['id']}", Prefer='outlook.timezone="Europe/Paris"')
    assert seen.body["start"]["dateTime"].startswith("2026-09-07T09:00")
    assert seen.headers["Preference-Applied"] == 'outlook.timezone="Europe/Paris"'


def test_it_merges_a_patch_and_changes_the_change_key(anna):
    made = anna.post("/me/events", event(categories=["Panel"]))
    now = anna.patch(f"/me/events/{made['id']}", {"subject": "Later"})
    assert now["subject"] == "Later" and now["categories"] == ["Panel"]
    assert now["changeKey"] != made["changeKey"] and now["id"] == made["id"]


def test_it_shows_the_dates_of_a_series_in_a_view_and_its_master_in_a_list(anna):
    anna.post("/me/events", weekly())
    view = anna.get(f"/me/calendarView?{window()}")["value"]
    assert [one["type"] for one in view] == ["occurrence"] * 4
    assert [one["type"] for one in anna.get("/me/events")["value"]] == ["seriesMaster"]


def test_it_tells_of_changes_since_last_time(anna):
    made = anna.post("/me/events", event())
    items, link = anna.round(f"/me/calendarView/delta?{window()}")
    assert [one["id"] for one in items] == [made["id"]]
    anna.delete(f"/me/events/{made['id']}")
    items, link = anna.round(link)
    assert items[0]["@removed"] == {"reason": "deleted"} and items[0]["id"] == made["id"]
    assert anna.round(link)[0] == []
