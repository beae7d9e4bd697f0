"""Graph's events as our values."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.remote import (
    Attendee,
    RemoteEvent,
    RemovedItem,
    SkeletonOccurrence,
    UnreadableItem,
)
from panel.outlook.marker import MARKER
from panel.outlook.wire import read_delta_item, read_event
from tests.outlook.graph_json import event, moment, skeleton

SEVEN, EIGHT = datetime(2026, 9, 7, 7, tzinfo=UTC), datetime(2026, 9, 7, 8, tzinfo=UTC)

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["id", "UTC"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def held(value: str, name: str = MARKER) -> dict[str, Any]:
    return {"singleValueExtendedProperties": [{"id": name, "value": value}]}


def test_it_reads_a_whole_event():
    read = read_event(event())
    assert (read.start, read.end, read.is_all_day) == (SEVEN, EIGHT, False)
    assert (read.subject, read.location, read.categories) == ("Site visit", "Hall 3", ("Panel",))
    assert read.attendees == (Attendee("ola@fabrikam.example", "Ola", "accepted", "optional"),)
    assert (read.change_key, read.transaction_id) == ("Zk3pQ1==", "7f2b")
    assert (read.response, read.body_text) == ("organizer", "Bring the plans")


def test_it_keeps_the_days_of_an_all_day_entry_whatever_zone_they_are_labelled_with():
    midnights = (moment("2026-12-24T00:00:00.0000000", "Tokyo Standard Time"), moment("2026-12-27"))
    read = read_event(event(isAllDay=True, start=midnights[0], end=midnights[1]))
    assert (read.start_date, read.end_date) == (date(2026, 12, 24), date(2026, 12, 27))
    assert (read.start, read.end) == (None, None)


@pytest.mark.parametrize("zone", ["W. Europe Standard Time", "Europe/Berlin", "Europe/Oslo"])
def test_it_reads_windows_names_and_iana_names(zone):
    read = read_event(event(start=moment("2026-09-07T09:00:00", zone)))
    assert read.start == SEVEN


@pytest.mark.parametrize(
    "zone", ["tzone://Microsoft/Custom", "Customized Time Zone", "Nowhere/Town"]
)
def test_it_does_not_guess_a_zone_that_only_the_item_knows(zone):
    read = read_delta_item(event(start=moment("2026-09-07T09:00:00", zone)))
    assert isinstance(read, UnreadableItem)
    assert read.id == "AAkAGEv1AAA="


@pytest.mark.parametrize(
    "zone", ["UTC", "tzone://Microsoft/Utc", "Tonga Standard Time", "Asia/Tokyo"]
)
def test_it_reads_the_first_and_the_last_year(zone):
    first, last = (
        moment("0001-01-01T00:00:00.0000000", zone),
        moment("9999-12-31T23:59:59.9999999", zone),
    )
    read = read_event(event(start=first, end=last))
    assert (read.start.year, read.end.year) == (1, 9999)


def test_it_finds_the_marker_however_graph_writes_its_name():
    assert read_event(event(**held("m1", MARKER.upper()))).marker == "m1"
    assert read_event(event(**held("m1", "String {0} Name Other"))).marker is None


def test_it_shows_a_plain_body_as_html():
    body = {"contentType": "text", "content": "a < b\r\nc"}
    assert read_event(event(body=body)).body_html == "a &lt; b<br>c"


def test_it_tells_a_series_master_from_its_dates():
    master = read_event(event(type="seriesMaster", recurrence={"pattern": {}, "range": {}}))
    assert master.has_recurrence
    assert not read_event(event(type="exception", recurrence=None)).has_recurrence


def test_it_reads_a_bare_occurrence():
    expected = SkeletonOccurrence("AAkOcc=", "AAkMaster=", SEVEN, EIGHT, "Occ1==")
    assert read_delta_item(skeleton()) == expected


def test_it_reads_a_removal_as_no_more_than_a_hint():
    removed = {"id": "AAk1", "@removed": {"reason": "changed"}}
    assert read_delta_item(removed) == RemovedItem("AAk1", "changed")


@pytest.mark.parametrize("broken", ["start", "end"])
def test_an_item_that_cannot_be_understood_says_so(broken):
    assert isinstance(read_delta_item(event(**{broken: None})), UnreadableItem)
    assert isinstance(read_delta_item(skeleton(**{broken: moment("soon")})), UnreadableItem)


def test_an_event_that_ends_before_it_starts_cannot_be_understood():
    assert isinstance(read_delta_item(event(end=moment("2026-09-06T07:00:00"))), UnreadableItem)


def test_it_keeps_no_character_that_a_database_would_refuse():
    read = read_event(json.loads(json.dumps(event(subject="a\x00b\ud83dc"))))
    assert read.subject == "a\ufffdb\ufffdc"


@given(st.text(max_size=12) | st.sampled_from(["Asia", "../UTC", "", "\x00"]) | anything)
def test_no_name_of_a_zone_can_break_the_page(zone):
    start = {"dateTime": "2026-09-07T07:00:00", "timeZone": zone}
    assert isinstance(read_delta_item(event(start=start)), RemoteEvent | UnreadableItem)


@given(st.sampled_from(sorted(event())), anything)
def test_no_single_field_can_break_the_page(name, value):
    read = read_delta_item(event(**{name: value}))
    assert isinstance(read, RemoteEvent | UnreadableItem | SkeletonOccurrence)


@given(anything)
def test_no_item_can_break_the_page(raw):
    assert isinstance(read_delta_item(raw), UnreadableItem)
