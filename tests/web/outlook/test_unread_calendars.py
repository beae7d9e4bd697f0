"""What the card says of calendars that are to block bookings and are not read."""

import pytest


@pytest.fixture
def without_family(linked):
    """A blocking calendar that has just been deleted in Outlook."""
    calendar = linked.sandbox.add_calendar("anna@contoso.test", "Family")
    list_again(linked)
    linked.calendars(is_blocking=True)
    linked.sandbox.delete_calendar("anna@contoso.test", calendar["id"])
    list_again(linked)
    return linked


def list_again(desk):
    desk.mailbox(list_due=desk.now())
    desk.sync()


GONE = "The calendar “Family” is gone from your Outlook or no longer shared."


def test_it_says_that_a_blocking_calendar_is_gone_and_what_to_do(without_family):
    card = without_family.card()
    assert f"{GONE} Its busy time goes on blocking bookings until" in card.text
    assert "Choose again which calendars block." in card.text


def test_it_says_so_after_the_day_until_a_choice_is_saved(without_family):
    without_family.forward(hours=25)
    said = f"{GONE} Its busy time does not block bookings any more."
    assert said in without_family.card().text
    assert GONE not in without_family.visitor.submit("Save calendars").text


def test_who_may_not_choose_hears_who_may(without_family):
    without_family.enter("mia")
    card = without_family.card(without_family.page_of(without_family.anna))
    assert "gone from Anna’s Outlook" in card.text
    assert "Anna or the owner can choose again which calendars block." in card.text


def test_it_says_which_calendar_outlook_denies(linked):
    linked.sandbox.add_calendar("ben@contoso.test", "Team", shareWith=["anna@contoso.test"])
    list_again(linked)
    linked.calendars(is_blocking=True)
    list_again(linked)
    said = "Outlook does not let Panel read the calendar “Team”. It does not block bookings."
    assert said in linked.card().text
