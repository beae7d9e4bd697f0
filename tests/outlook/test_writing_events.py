"""Our wishes as Graph's JSON."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from panel.domain.remote import Attendee, EventWish
from panel.outlook.marker import MARKER, holding
from panel.outlook.wire import write_changes, write_wish

NINE = datetime(2026, 9, 7, 9, tzinfo=timezone(timedelta(hours=2)))
WISH = EventWish(
    subject="Cut\r\nand dry",
    body_html="<p>Ines</p>",
    start=NINE,
    end=NINE + timedelta(hours=1),
    marker="m-1",
    transaction_id="t-1",
)


def test_it_writes_times_in_utc():
    assert write_wish(WISH)["start"] == {"dateTime": "2026-09-07T07:00:00", "timeZone": "UTC"}


def test_it_writes_a_title_of_one_line():
    assert write_wish(WISH)["subject"] == "Cut and dry"


def test_it_sends_the_marker_and_the_transaction():
    body = write_wish(WISH)
    assert body["singleValueExtendedProperties"] == [{"id": MARKER, "value": "m-1"}]
    assert body["transactionId"] == "t-1"


def test_it_leaves_out_what_is_not_ours():
    assert set(write_wish(WISH)) == {
        "subject",
        "body",
        "start",
        "end",
        "singleValueExtendedProperties",
        "transactionId",
    }


def test_it_invites_with_the_kind_of_each_guest():
    invited = replace(WISH, attendees=(Attendee("ola@fabrikam.example", "Ola", kind="optional"),))
    assert write_wish(invited)["attendees"] == [
        {"emailAddress": {"address": "ola@fabrikam.example", "name": "Ola"}, "type": "optional"}
    ]
    assert write_wish(invited)["hideAttendees"] is True


def test_it_asks_for_a_teams_meeting():
    assert write_wish(replace(WISH, teams=True))["onlineMeetingProvider"] == "teamsForBusiness"


def test_it_can_make_an_appointment_of_a_series_again():
    changes = {"is_all_day": False, "recurrence": None, "start": NINE, "end": NINE}
    assert write_changes(changes) | {"start": 1, "end": 2} == {
        "isAllDay": False,
        "recurrence": None,
        "start": 1,
        "end": 2,
    }


def test_it_refuses_a_time_without_a_zone():
    with pytest.raises(ValueError, match="zone"):
        write_changes({"start": datetime(2026, 9, 7, 9, tzinfo=UTC).replace(tzinfo=None)})


def test_it_refuses_a_field_that_is_not_ours():
    with pytest.raises(KeyError):
        write_changes({"importance": "high"})


def test_a_marker_cannot_end_its_own_quotes():
    assert holding("o'clock").endswith("ep/value eq 'o''clock')")
