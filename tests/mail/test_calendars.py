"""What a calendar program reads."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from panel.mail import calendars
from panel.mail.calendars import CANCEL, PUBLISH, Visit

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def visit(**given):
    usual = {"uid": "K7-1@panel", "sequence": 3, "starts": NOON, "title": "Massage"}
    return Visit(**{**usual, "ends": NOON + timedelta(hours=1), **given})


def read(text):
    return Calendar.from_ical(text)


def only(text):
    (event,) = read(text).walk("VEVENT")
    return event


def test_it_publishes_a_visit():
    text = calendars.write([visit(place="Room 2; left")], PUBLISH, now=NOON)
    event = only(text)
    assert (str(read(text)["method"]), str(event["status"])) == ("PUBLISH", "CONFIRMED")
    assert (str(event["uid"]), int(event["sequence"])) == ("K7-1@panel", 3)
    assert str(event["location"]) == "Room 2; left"


def test_it_takes_a_visit_out_again():
    text = calendars.write([visit()], CANCEL, now=NOON)
    assert (calendars.method_of(text), str(only(text)["status"])) == ("CANCEL", "CANCELLED")


def test_times_are_the_same_moment_everywhere():
    there = NOON.astimezone(ZoneInfo("Asia/Tokyo"))
    text = calendars.write([visit(starts=there)], PUBLISH, now=NOON)
    assert "DTSTART:20261125T120000Z" in text and "VTIMEZONE" not in text


def test_it_holds_all_dates_of_a_course():
    text = calendars.write([visit(uid="a"), visit(uid="b")], PUBLISH, now=NOON)
    assert [str(one["uid"]) for one in read(text).walk("VEVENT")] == ["a", "b"]


def test_it_names_the_sender_as_organizer():
    text = calendars.organised(
        calendars.write([visit()], PUBLISH, now=NOON), "studio@panel.test", "Studio, Bristol"
    )
    assert str(only(text)["organizer"]) == "mailto:studio@panel.test"
    assert only(text)["organizer"].params["CN"] == "Studio, Bristol"


def test_nobody_writes_lines_of_their_own():
    text = calendars.write([visit(title="A\r\nATTACH:x", place="\nB:y")], PUBLISH, now=NOON)
    assert "attach" not in only(text) and "b" not in only(text)
