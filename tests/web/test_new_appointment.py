"""Booking somebody."""

import pytest

from tests.web.studio import TOMORROW, Studio

WISH = {"Service": "Sports massage", "Date": TOMORROW, "Time": "10:00"}


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get("/panel/appointments/new")
    return visitor


def test_it_books_somebody_new(anna):
    page = anna.submit("Save", {**WISH, "Customer": "Ines Carvalho", "email": "ines@example.test"})
    assert page.heading == "Sports massage with Ines Carvalho"
    assert "ines@example.test" in page.text and "10:00–11:00" in page.text


def test_it_books_a_known_customer_by_name(anna, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=3)
    page = anna.submit("Save", {**WISH, "Customer": "ines carvalho"})
    assert "ines@example.test" in page.text


def test_it_keeps_what_was_typed_when_something_is_missing(anna):
    page = anna.submit("Save", {"Customer": "Ines Carvalho", "note": "Left shoulder"})
    assert "Choose a service." in page.text and "Left shoulder" in page.html
    assert 'value="Ines Carvalho"' in page.html


def test_it_says_who_is_in_the_way_and_books_anyway(anna):
    anna.submit("Save", {**WISH, "Customer": "Ines Carvalho"})
    anna.get("/panel/appointments/new")
    page = anna.submit("Save", {**WISH, "Customer": "Oliver Penn"})
    assert "You are with Ines Carvalho from 10:00 to 11:00." in page.text
    assert anna.submit("Book anyway").heading == "Sports massage with Oliver Penn"


def test_it_writes_how_a_time_is_written(anna):
    page = anna.submit("Save", {**WISH, "Time": "25:10", "Customer": "Ines Carvalho"})
    assert "Write a time like 14:30." in page.text


def test_it_is_refused_without_the_permission(visitor, studio):
    visitor.enter("carla@panel.test")
    assert "New appointment" not in visitor.get("/panel/appointments").text
    page = visitor.get("/panel/appointments/new")
    assert page.status == 403 and "The owner can allow it." in page.text


def test_the_owner_says_with_whom(visitor, studio):
    visitor.enter("owner@panel.test")
    visitor.get("/admin/appointments/new")
    page = visitor.submit("Save", {**WISH, "Employee": "Ben Ode", "Customer": "Ines Carvalho"})
    assert page.path.startswith("/admin/appointments/") and "Ben Ode" in page.text


def test_the_address_may_say_what_and_when(anna, studio):
    known = {"service": str(studio.massage.id), "date": TOMORROW, "time": "10:00"}
    page = anna.get("/panel/appointments/new", customer="Ines Carvalho", **known)
    assert "You work all day." in page.region("What is free that day").text
    assert anna.submit("Save").heading == "Sports massage with Ines Carvalho"


@pytest.mark.parametrize("name", ["service", "date", "time", "until", "persons", "employee"])
def test_nonsense_in_the_address_is_not_asked_for(anna, name):
    assert anna.get("/panel/appointments/new", **{name: "x"}).heading == "New appointment"


def test_a_form_left_open_comes_back_with_what_was_typed(anna):
    anna.forget("panel_session")
    page = anna.submit("Save", {**WISH, "Customer": "Ines Carvalho"})
    assert page.heading == "Sign in"
    page = anna.submit("Sign in", {"Email": "anna@panel.test", "Password": "demo"})
    assert "Please send it again." in page.text and 'value="Ines Carvalho"' in page.html
    assert anna.submit("Save").heading == "Sports massage with Ines Carvalho"


def test_a_form_of_somebody_who_is_remembered_comes_back_at_once(visitor, studio):
    visitor.get("/sign-in")
    known = {"Email": "anna@panel.test", "Password": "demo", "Keep me signed in for 30 days": True}
    visitor.submit("Sign in", known)
    visitor.get("/panel/appointments/new")
    visitor.forget("panel_session")
    page = visitor.submit("Save", {**WISH, "Customer": "Ines Carvalho"})
    assert "Please send it again." in page.text and 'value="Ines Carvalho"' in page.html
    assert visitor.submit("Save").heading == "Sports massage with Ines Carvalho"
