"""A day with Panel and Outlook, told from the first sign-in to the last good-bye."""

import pytest
from playwright.sync_api import expect

from tests.requirements.outlook import until
from tests.requirements.people import THE_DAY

ASKED = "Deleted in Outlook. Cancel the appointment?"
TODAY = "/panel/"


@pytest.fixture
def deleted(linked, outlook):
    """Anna has deleted an entry in Outlook, and is asked about it."""
    path = linked.book("09:00")
    outlook.delete(until(lambda: outlook.at("09:00")))
    linked.finds(path, ASKED)
    return path


def test_both_calendars_agree_from_the_first_sign_in_to_the_last_good_bye(anna, outlook):
    anna.connect().until_up_to_date()
    assert "Sports massage" in outlook.subjects()
    outlook.block("10:30", "11:30")
    anna.finds(THE_DAY, "10:30–11:30")
    anna.appointment("11:00").sees("You are busy in Outlook from 10:30 to 11:30.")
    anna.press("Book anyway").sees("Booked for")
    path = anna.page.url.removeprefix(anna.url)
    until(lambda: outlook.at("11:00"))
    anna.open(path).press("Move").at("09:00").sees("Moved to")
    outlook.move(until(lambda: outlook.at("09:00")), "16:00", "17:00")
    anna.finds(path, "16:00–17:00")
    before = outlook.subjects()
    anna.open("/panel/profile/").disconnect()
    assert outlook.subjects() == before


def test_a_booking_cancelled_here_leaves_outlook(linked, outlook):
    linked.finds(linked.book("09:00"), "In Outlook")
    linked.press("Cancel appointment")
    linked.press("Cancel appointment", linked.page.get_by_role("dialog"))
    linked.sees("The appointment is cancelled.")
    until(lambda: outlook.at("09:00") is None)


@pytest.mark.parametrize("first_page", [False, True])
def test_what_is_deleted_there_may_be_cancelled_here(linked, outlook, deleted, first_page):
    linked.open(TODAY if first_page else deleted).press("Cancel the booking")
    linked.sees("It is cancelled.")
    linked.open(TODAY).sees_not("Cancel the booking")
    linked.open(deleted).sees("Cancelled")
    assert outlook.at("09:00") is None


@pytest.mark.parametrize("first_page", [False, True])
def test_what_is_deleted_there_may_be_put_back(linked, outlook, deleted, first_page):
    linked.open(TODAY if first_page else deleted).press("Put it back")
    linked.sees("It is put back in Outlook.")
    assert until(lambda: outlook.at("09:00"))["subject"] == "Sports massage"
    linked.open(TODAY).sees_not("Put it back")


def test_the_question_stands_on_both_pages_until_it_is_answered(linked, deleted):
    for path in (deleted, TODAY):
        linked.open(path)
        expect(linked.button("Cancel the booking")).to_be_visible()
        expect(linked.button("Put it back")).to_be_visible()
