"""The editor of a week with JavaScript: only the week is drawn anew, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.support.servers import PanelServer
from tests.web.studio import Studio

pytestmark = pytest.mark.browser


@pytest.fixture
def week(house, page, tmp_path, database_address):
    """Anna's week, every day from midnight to midnight."""
    Studio()
    server = PanelServer(tmp_path, DATABASE_URL=database_address).start()
    page.goto(f"{server.url}/panel/profile/work-hours")
    page.get_by_label("Email").fill("anna@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.evaluate("window.stayed = true")
    yield page
    server.kill()


def test_a_day_is_filled_in_copied_and_saved(week):
    week.get_by_label("Monday, work 1 from").fill("9")
    week.get_by_label("Monday, work 1 to").fill("17:00")
    week.get_by_role("group", name="Monday").get_by_role("button", name="Break").click()
    expect(week.get_by_label("Monday, break 1 from")).to_be_focused()
    week.keyboard.type("12")
    week.get_by_label("Monday, break 1 to").fill("1230")
    week.get_by_role("button", name="Copy", exact=True).click()
    expect(week.get_by_label("Friday, work 1 from")).to_have_value("09:00")
    expect(week.get_by_role("img", name="Mon–Fri 09:00–17:00")).to_be_visible()
    assert week.evaluate("window.stayed"), "the page was not left"
    week.keyboard.press("Escape")
    week.get_by_label("Monday, work 1 to").press("Enter")
    expect(week.get_by_text("Saved.")).to_be_visible()
    expect(week.get_by_label("Friday, break 1 to")).to_have_value("12:30")


def test_the_picture_follows_what_is_typed(week):
    week.get_by_label("Sunday, work 1 from").fill("10:00")
    week.get_by_label("Sunday, work 1 to").fill("11:00")
    week.keyboard.press("Tab")
    expect(week.get_by_role("img", name="Mon–Sat 00:00–24:00; Sunday 10:00–11:00")).to_be_visible()


def test_a_removed_row_leaves_and_the_save_bar_comes(week):
    week.get_by_role("button", name="Remove Sunday, work 1").click()
    expect(week.get_by_label("Sunday, work 1 from")).to_have_count(0)
    expect(week.locator("#week-form")).to_have_attribute("data-changed", "")
