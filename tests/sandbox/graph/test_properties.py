"""Extended properties and open extensions."""

from tests.sandbox.graph.bodies import event
from tests.sandbox.graph.conftest import seg

GUID = "{6c1a2a0e-0000-4000-8000-000000000001}"
MARKER = f"String {GUID} Name PanelRef"


def marked(value, **more):
    return event(singleValueExtendedProperties=[{"id": MARKER, "value": value}], **more)


def search(anna, value, name="PanelRef", url="/me/events"):
    found = (
        f"singleValueExtendedProperties/Any(ep: ep/id eq 'String {GUID} Name {name}' "
        f"and ep/value eq '{value}')"
    )
    return [one["id"] for one in anna.get(f"{url}?$filter={seg(found)}")["value"]]


def test_a_marker_is_found_and_not_echoed(anna):
    made = anna.post("/me/events", marked("a-1"))
    anna.post("/me/events", marked("a-2"))
    assert "singleValueExtendedProperties" not in made
    assert search(anna, "A-1") == [made["id"]]
    assert search(anna, "a-1", name="panelref") == [] == search(anna, "a-3")


def test_a_marker_is_searched_in_the_named_calendar(anna):
    other = anna.post("/me/calendars", {"name": "Private"})["id"]
    made = anna.post(f"/me/calendars/{other}/events", marked("a-1"))
    assert search(anna, "a-1", url=f"/me/calendars/{other}/events") == [made["id"]]
    assert search(anna, "a-1", url="/me/calendar/events") == []


def test_a_marker_is_read_by_expanding(anna):
    made = anna.post("/me/events", marked("a-1"))
    wish = f"singleValueExtendedProperties($filter=id eq '{MARKER}')"
    seen = anna.get(f"/me/events/{made['id']}?$expand={seg(wish)}&$select=subject")
    assert seen["singleValueExtendedProperties"] == [{"id": MARKER, "value": "a-1"}]
    other = wish.replace("PanelRef", "Other")
    seen = anna.get(f"/me/events/{made['id']}?$expand={seg(other)}")
    assert "singleValueExtendedProperties" not in seen


def test_a_property_with_several_values_is_kept_apart(anna):
    several = {"id": f"StringArray {GUID} Name Tags", "value": ["a", "b"]}
    made = anna.post("/me/events", event(multiValueExtendedProperties=[several]))
    seen = anna.get(f"/me/events/{made['id']}?$expand=multiValueExtendedProperties")
    assert seen["multiValueExtendedProperties"] == [several]


def test_a_patch_adds_a_property(anna):
    made = anna.post("/me/events", event())
    anna.patch(f"/me/events/{made['id']}", {"singleValueExtendedProperties": [
        {"id": MARKER, "value": "late"}]})  # fmt: skip
    assert search(anna, "late") == [made["id"]]


def test_an_open_extension_lives_with_its_event(anna):
    made = anna.post("/me/events", event(extensions=[{"extensionName": "test.panel", "ref": 1}]))
    assert made["extensions"][0]["id"].endswith("test.panel")
    url = f"/me/events/{made['id']}/extensions"
    assert anna.patch(f"{url}/test.panel", {"more": True})["ref"] == 1
    seen = anna.get(f"/me/events/{made['id']}?$expand=extensions($filter=id eq 'test.panel')")
    assert seen["extensions"][0]["more"] is True
    assert anna.delete(f"{url}/test.panel") == 204 and anna.get(url)["value"] == []
    assert anna.send("GET", f"{url}/test.panel").status == 404


def test_an_extension_of_the_same_name_is_refused(anna):
    url = f"/me/events/{anna.post('/me/events', event())['id']}/extensions"
    anna.post(url, {"extensionName": "test.panel", "ref": 1})
    assert anna.send("POST", url, {"extensionName": "test.panel"}).status == 409
    assert anna.get(f"{url}/microsoft.graph.openTypeExtension.test.panel")["ref"] == 1
