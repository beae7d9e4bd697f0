"""Everything essential works in a browser that runs no scripts."""

from playwright.sync_api import expect

from tests.requirements.people import PROFILE


def test_one_connects_and_sees_the_account(plain, panel):
    plain.connect().until_up_to_date()
    expect(plain.page).to_have_url(f"{panel.url}{PROFILE}")
    expect(plain.card).to_contain_text("anna@contoso.test")


def test_one_syncs_at_once(plain, outlook):
    plain.connect().until_up_to_date()
    plain.press("Sync now", plain.card).sees("Outlook Calendar")
    plain.press("Sync now", plain.card)
    expect(plain.card).to_contain_text("You can ask again in")


def test_one_disconnects_on_a_page_that_asks(plain, outlook):
    plain.connect().until_up_to_date()
    before = outlook.subjects()
    plain.disconnect()
    expect(plain.button("Connect", plain.card)).to_be_enabled()
    assert before and outlook.subjects() == before
