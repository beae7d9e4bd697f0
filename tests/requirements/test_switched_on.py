"""R1: nothing can be connected until the owner has enabled and configured it."""

import pytest
from playwright.sync_api import expect

from tests.requirements.people import PROFILE, SETUP

ENABLED = "Let employees connect Outlook"


@pytest.fixture
def owner(another):
    return another.sign_in("owner")


def test_there_is_no_card_while_it_is_switched_off(owner, anna):
    owner.settings({ENABLED: False}, SETUP)
    anna.open(PROFILE).sees("Your details")
    expect(anna.card).to_have_count(0)


def test_who_is_connected_keeps_a_paused_card_with_disconnect(owner, linked):
    owner.settings({ENABLED: False}, SETUP)
    linked.open(PROFILE)
    expect(linked.card).to_contain_text("Outlook is switched off for this business.")
    expect(linked.card.get_by_role("button")).to_have_text(["Disconnect"])
    linked.disconnect()
    expect(linked.card).to_have_count(0)


def test_it_is_greyed_and_says_why_until_it_is_set_up(owner, anna):
    owner.settings({"Client ID": ""}, SETUP)
    anna.open(PROFILE)
    expect(anna.card).to_contain_text("Not available")
    expect(anna.card).to_contain_text("Outlook is not set up for this business yet.")
    expect(anna.card).to_contain_text("Ruth Linden can do it in Settings, Integrations")
    expect(anna.button("Connect", anna.card)).to_be_disabled()


def test_the_redirect_address_is_shown_for_copying(owner, panel):
    owner.open("/admin/").page.get_by_role("link", name="Settings").first.click()
    owner.follow("Integrations").card.get_by_role("link").click()
    address = owner.page.get_by_label("Redirect address")
    expect(address).to_have_value(f"{panel.url}/outlook/callback")
    expect(owner.button("Copy")).to_be_visible()


def test_it_can_be_connected_once_it_is_set_up(owner, anna):
    owner.settings({ENABLED: False}, SETUP)
    owner.settings({ENABLED: True}, SETUP)
    anna.connect()
    expect(anna.button("Disconnect", anna.card)).to_be_visible()
