"""Booking a series on the form of one appointment."""

from datetime import timedelta

import pytest

from tests.web.studio import TODAY, Studio

FIRST = TODAY + timedelta(days=1)
SECOND = FIRST + timedelta(days=7)
WISH = {"Service": "Sports massage", "Date": f"{FIRST}", "Time": "10:00",
        "Customer": "Ines Carvalho", "repeat": "Every week", "times": "3"}  # fmt: skip


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get("/panel/appointments/new")
    return visitor


def taken(visitor, day):
    """Somebody else has ten o'clock on this day."""
    visitor.submit("Save", {**WISH, "Customer": "Oliver Penn", "Date": f"{day}", "repeat": "Never"})
    visitor.get("/panel/appointments/new")


def test_it_shows_the_dates_and_books_them(anna):
    page = anna.submit("Save", WISH)
    assert page.heading == "3 dates for Ines Carvalho"
    assert "Nothing stands in the way." in page.text
    page = anna.submit("Book these dates")
    assert page.heading == "Sports massage with Ines Carvalho"
    assert "Series of 3" in page.text


def test_it_says_what_is_in_the_way_and_leaves_it_out(anna):
    taken(anna, SECOND)
    page = anna.submit("Save", WISH)
    assert "You are with Oliver Penn from 10:00 to 11:00." in page.text
    assert "2 are free." in page.text
    assert "Series of 2" in anna.submit("Book these dates").text


@pytest.mark.parametrize("choice, said", [("Take 11:00", "11:00–12:00"), ("Book anyway", "10:00–")])
def test_another_time_is_taken_or_the_same_anyway(anna, choice, said):
    taken(anna, SECOND)
    anna.submit("Save", WISH)
    page = anna.submit("Book these dates", {f"on-{SECOND}T10:00": choice})
    assert "Series of 3" in page.text and said in page.text


def test_if_no_date_is_wanted_nothing_is_booked(anna):
    anna.submit("Save", WISH | {"times": "1"})
    page = anna.submit("Book these dates", {f"on-{FIRST}T10:00": "Leave it out"})
    assert "Choose at least one date." in page.text
    assert "No appointments to come" in anna.get("/panel/appointments").text


def test_what_was_taken_meanwhile_is_shown_again(anna, studio):
    anna.submit("Save", WISH)
    dates = anna.page
    anna.get("/panel/appointments/new")
    taken(anna, SECOND)
    anna.page = dates
    page = anna.submit("Book these dates")
    assert "Nothing was booked." in page.text and "2 are free." in page.text


def test_it_says_what_is_missing_of_a_repeat(anna):
    page = anna.submit("Save", WISH | {"times": "0"})
    assert "Give a whole number of times from 1 to 100." in page.text


def test_this_and_later_ones_are_cancelled(anna):
    anna.submit("Save", WISH)
    first = anna.submit("Book these dates").path
    page = anna.submit("Cancel this and later ones")
    assert page.heading == "Cancel 3 appointments with Ines Carvalho?"
    page = anna.submit("Cancel 3 appointments")
    assert page.path == first and "Cancelled by Anna Berg" in page.text
    assert "Cancel this and later ones" not in page.buttons()


def test_a_form_that_is_sent_twice_books_once(anna):
    form = anna.page
    first = anna.submit("Save", WISH | {"repeat": "Never"}).path
    anna.page = form
    assert anna.submit("Save", WISH | {"repeat": "Never"}).path == first


def test_the_same_form_with_something_else_in_it_books_that(anna):
    form = anna.page
    first = anna.submit("Save", WISH | {"repeat": "Never"}).path
    anna.page = form
    later = WISH | {"repeat": "Never", "Time": "14:00"}
    assert anna.submit("Save", later).path != first
