"""Signing in and out."""

from datetime import timedelta

import pytest

from tests import make

ANNA = {"Email": "anna@panel.test", "Password": make.PASSWORD}
WRONG = "The address or the password is not right."


@pytest.fixture
def anna(house):
    make.company(name="Linden Studio")
    user = make.user(email="anna@panel.test", name="Anna Berg", role="employee")
    return make.employee(user_id=user.id, name="Anna Berg", title="Massage therapist")


def test_it_asks_who_you_are_and_then_shows_the_page_that_was_asked_for(visitor, anna):
    assert visitor.get("/panel/profile").heading == "Sign in"
    assert visitor.submit("Sign in", ANNA).path == "/panel/profile"


@pytest.mark.parametrize("address", ["//evil.test/", "https://evil.test/", "/\\evil.test", "evil"])
def test_it_never_leads_to_another_place(visitor, anna, address):
    visitor.get("/sign-in", next=address)
    assert visitor.submit("Sign in", ANNA).path.startswith("/panel")


@pytest.mark.parametrize("typed", [("anna@panel.test", "wrong"), ("nobody@panel.test", "demo")])
def test_it_says_the_same_of_an_unknown_address_and_a_wrong_password(visitor, anna, typed):
    page = visitor.sign_in(*typed)
    assert (WRONG in page.text, page.status) == (True, 200)


def test_it_does_not_mind_capitals_and_blanks_in_the_address(visitor, anna):
    assert visitor.sign_in(" Anna@Panel.test ").path.startswith("/panel")


def test_it_refuses_a_login_that_was_switched_off(visitor, house):
    make.user(email="gone@panel.test", active=False)
    assert WRONG in visitor.sign_in("gone@panel.test").text


def test_it_slows_guessing_also_for_the_right_password(visitor, anna):
    for _ in range(10):
        visitor.sign_in("anna@panel.test", "wrong")
    page = visitor.sign_in("anna@panel.test")
    assert ("Wait 15 minutes, then try again." in page.text, page.status) == (True, 429)


def test_it_names_the_time_that_is_left(visitor, anna, clock):
    visitor.sign_in("anna@panel.test", "wrong")
    clock.shift(timedelta(minutes=10, seconds=30))
    for _ in range(10):
        page = visitor.sign_in("anna@panel.test", "wrong")
    assert "Wait 5 minutes, then try again." in page.text


def test_it_lets_in_again_after_a_quarter_of_an_hour(visitor, anna, clock):
    for _ in range(11):
        visitor.sign_in("anna@panel.test", "wrong")
    clock.shift(timedelta(minutes=15, seconds=1))
    assert visitor.sign_in("anna@panel.test").path.startswith("/panel")


def test_it_slows_nobody_where_the_business_set_no_limit(visitor, house):
    make.company(passwords_per_quarter=0)
    make.user(email="mia@panel.test", role="manager")
    for _ in range(12):
        visitor.sign_in("mia@panel.test", "wrong")
    assert visitor.sign_in("mia@panel.test").path == "/admin"


def test_it_slows_guessing_from_one_place(visitor, anna):
    for number in range(60):
        visitor.sign_in(f"nobody{number}@panel.test", "wrong")
    assert visitor.sign_in("anna@panel.test").status == 429


def test_it_signs_out(visitor, anna):
    visitor.sign_in("anna@panel.test")
    assert visitor.submit("Sign out").heading == "Sign in"
    assert visitor.get("/panel/profile").heading == "Sign in"


def test_it_is_not_signed_out_by_a_link(visitor, anna):
    visitor.sign_in("anna@panel.test")
    assert visitor.get("/sign-out").status == 405


def test_it_remembers_for_thirty_days_where_that_was_ticked(visitor, anna):
    visitor.get("/sign-in")
    visitor.submit("Sign in", {**ANNA, "Keep me signed in for 30 days": True})
    visitor.forget("panel_session")
    assert visitor.get("/panel/profile").path == "/panel/profile"


def test_it_asks_again_without_that_tick(visitor, anna):
    visitor.sign_in("anna@panel.test")
    visitor.forget("panel_session")
    assert visitor.get("/panel/profile").heading == "Sign in"
