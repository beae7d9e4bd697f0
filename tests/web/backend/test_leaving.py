"""The page on which somebody stops taking bookings."""

import pytest


@pytest.fixture
def page(owner, studio):
    """Anna has two appointments at the same time, of which Ben or Carla can each take one."""
    for who in ("Lea Roth", "Ines Carvalho", "Max Moor"):
        studio.booked(studio.anna, who, days=3)
    studio.booked(studio.ben, "Kim Fox", days=3)
    return owner.get(f"/admin/employees/{studio.anna.id}/stop")


def test_it_shows_who_would_take_over(page):
    assert page.heading == "Anna Berg stops taking bookings"
    assert "Give 1 of 3 to colleagues" in page.text and "Carla Ruiz" in page.text
    assert "Ben Ode is with Kim Fox" in page.text
    assert "Carla Ruiz is with Lea Roth from" in page.text


def test_it_does_what_was_chosen_and_says_so(owner, page):
    done = owner.submit("Stop taking bookings", {"upcoming": "give", "cancel_rest": True})
    assert "Anna Berg takes no bookings any more." in done.text
    assert "1 appointment given to colleagues, 2 appointments cancelled." in done.text
    assert "Anna Berg" not in owner.get("/admin/appointments/new").text


def test_it_keeps_what_was_chosen_to_be_kept(owner, page, studio):
    done = owner.submit("Stop taking bookings", {"upcoming": "keep"})
    assert "3 appointments kept." in done.text
    owner.get(f"/admin/employees/{studio.anna.id}/stop")
    assert "3 appointments still to come." in owner.page.text


def test_the_login_goes_with_it_by_choice(owner, page, app):
    anna = type(owner)(app)
    anna.enter("anna@panel.test")
    wish = {"upcoming": "keep", "May not sign in any more": True}
    owner.submit("Stop taking bookings", wish)
    assert anna.get("/panel/").heading == "Sign in"


def test_with_nothing_booked_there_is_nothing_to_choose(owner, studio):
    page = owner.get(f"/admin/employees/{studio.ben.id}/stop")
    assert "Nothing is booked." in page.text
    assert "Ben Ode takes no bookings any more." in owner.submit("Stop taking bookings").text


def test_whoever_stopped_takes_bookings_again(owner, page, studio):
    owner.submit("Stop taking bookings", {"upcoming": "keep", "May not sign in any more": True})
    done = owner.submit("Take bookings again")
    assert "Anna Berg takes bookings again. Their login is still off." in done.text
    assert "Anna Berg" in owner.get("/admin/appointments/new").text
