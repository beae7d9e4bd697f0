"""R9 and R10: one may disconnect at any time, and what stands in Outlook stays."""

import json

from playwright.sync_api import expect

from tests.requirements.people import PROFILE


def settle(panel):
    """Let the sync do all that it could have to do."""
    done = panel.flask("sync", "--until-settled", "20", "--json")
    assert json.loads(done.stdout)["settled"], done.stdout + done.stderr


def test_everything_stays_in_outlook(linked, outlook):
    before = outlook.subjects()
    linked.disconnect().sees("Nothing is synced any more.")
    expect(linked.button("Connect", linked.card)).to_be_enabled()
    assert before and outlook.subjects() == before


def test_nothing_is_synced_any_more(linked, outlook, panel):
    linked.disconnect()
    before = outlook.subjects()
    path = linked.book("09:00")
    outlook.block("10:30", "11:30")
    settle(panel)
    assert outlook.subjects() == before
    linked.open(path).sees("Not in Outlook")
    linked.book("10:30")


def test_connecting_again_makes_nothing_twice(linked, outlook):
    before = outlook.subjects()
    linked.disconnect().connect_again().until_up_to_date()
    assert outlook.subjects() == before


def test_it_takes_the_entries_along_only_when_asked_to(linked, outlook):
    linked.press("Disconnect", linked.card)
    asked = linked.page.get_by_role("dialog")
    expect(asked.get_by_label("Keep the")).to_be_checked()
    asked.get_by_role("link", name="Stay connected").click()
    expect(linked.button("Disconnect", linked.card)).to_be_visible()


def test_an_employee_enters_the_back_end_for_their_own_page(linked):
    mine = "/admin/employees/1/integrations/outlook"
    linked.open(mine).disconnect()
    expect(linked.page).to_have_url(linked.url + mine)
    linked.connect_again()
    expect(linked.page).to_have_url(linked.url + mine)


def test_an_employee_does_not_enter_it_for_anybody_else(anna):
    anna.open("/admin/employees/2/integrations/outlook")
    expect(anna.card).to_have_count(0)
    expect(anna.button("Connect")).to_have_count(0)


def test_the_owner_may_disconnect_an_employee(linked, another):
    another.sign_in("owner").page_of("Anna Berg").disconnect()
    linked.open(PROFILE)
    expect(linked.button("Connect", linked.card)).to_be_visible()
