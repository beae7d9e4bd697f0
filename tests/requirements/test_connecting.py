"""R5 to R8: Connect in both places, back to the page one came from, and how it shows."""

import re

import pytest
from playwright.sync_api import expect

from tests.requirements.people import PROFILE
from tests.sandbox_process import BEN


@pytest.fixture
def at_bens_page(person):
    """The owner, on the page that the card in Ben’s tab Integrations leads to."""
    return person.sign_in("owner").page_of("Ben Ode")


def colours(button):
    return button.evaluate("b => [getComputedStyle(b).backgroundColor, getComputedStyle(b).color]")


def test_the_button_stands_on_my_profile_and_leads_back_there(anna, panel):
    anna.open("/panel/").page.get_by_role("link", name="My Profile").first.click()
    anna.press("Connect", anna.card).approve()
    expect(anna.page).to_have_url(f"{panel.url}{PROFILE}")
    expect(anna.button("Disconnect", anna.card)).to_be_visible()


def test_the_owner_connects_from_the_employees_page_and_comes_back_to_it(
    at_bens_page, bens_outlook
):
    here = at_bens_page.page.url
    at_bens_page.sees("Whoever signs in at Microsoft is the one who gets linked.")
    at_bens_page.press("Connect", at_bens_page.card).approve(BEN)
    at_bens_page.press(f"Link {BEN}").sees(f"Connected as {BEN}.")
    expect(at_bens_page.page).to_have_url(here)
    at_bens_page.finds(here.removeprefix(at_bens_page.url), "Up to date")
    assert bens_outlook.entries()


def test_a_manager_sees_the_state_and_no_button(person):
    person.sign_in("mia").page_of("Ben Ode")
    expect(person.card).to_contain_text("Not connected")
    expect(person.button("Connect")).to_have_count(0)


def test_disconnect_has_another_colour_and_the_account_a_name(anna):
    anna.open(PROFILE)
    before = colours(anna.button("Connect", anna.card))
    anna.connect()
    after = colours(anna.button("Disconnect", anna.card))
    assert before[0] != after[0] and before[1] != after[1]
    expect(anna.button("Connect", anna.card)).to_have_count(0)
    expect(anna.card).to_contain_text("Anna Berg")
    expect(anna.card).to_contain_text("anna@contoso.test")


def test_who_declines_is_told_so_where_they_came_from(anna, panel):
    anna.open(PROFILE).press("Connect", anna.card).approve(answer="Cancel")
    anna.sees("You did not approve the access, so nothing was linked.")
    expect(anna.page).to_have_url(f"{panel.url}{PROFILE}")


def test_who_presses_back_at_microsoft_is_told_so(anna):
    anna.open(PROFILE).press("Connect", anna.card)
    expect(anna.page).to_have_url(re.compile("/authorize"))
    anna.page.go_back()
    anna.sees("You came back before Microsoft had finished, so nothing was linked.")
    expect(anna.button("Connect", anna.card)).to_be_enabled()
