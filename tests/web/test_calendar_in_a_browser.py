"""Dragging in the calendar: nothing is moved by it, but its Move form is opened and asks."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.servers import PanelServer
from tests.web.studio import Studio

pytestmark = pytest.mark.browser
AN_HOUR = 60


@pytest.fixture
def week(house, page, tmp_path, database_address):
    """Anna's week, in which Ines comes at ten o'clock in Berlin or eleven, and then Oliver."""
    studio = Studio()
    ines = studio.booked(studio.anna, "Ines Carvalho", days=2, hour=9)
    studio.booked(studio.anna, "Oliver Penn", days=2, hour=11)
    server = PanelServer(tmp_path, DATABASE_URL=database_address).start()
    page.goto(f"{server.url}/panel/calendar?on={ines.starts:%Y-%m-%d}")
    page.get_by_label("Email").fill("anna@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    yield page
    server.kill()


def entry(page):
    return page.locator(".calendar").get_by_role("link", name="Ines Carvalho")


def carry(page, pixels):
    """Take Ines by her upper edge, and carry her down so far."""
    entry(page).scroll_into_view_if_needed()
    box = entry(page).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 25, box["y"] + 10 + pixels / 2)
    page.mouse.move(box["x"] + 25, box["y"] + 10 + pixels)


def test_where_it_is_dropped_its_form_asks_first(week):
    begins = int(entry(week).get_attribute("data-at")) // 60
    carry(week, -2 * AN_HOUR)
    expect(week.locator(".ghost-time")).to_have_text(f"{begins - 2:02}:00")
    week.mouse.up()
    expect(week.get_by_role("heading", level=1)).to_have_text(re.compile("Move Sports massage"))
    expect(week.get_by_label("Time")).to_have_value(f"{begins - 2:02}:00")
    expect(week.get_by_role("button", name="Move anyway")).to_have_count(0)
    week.get_by_role("button", name="Save").click()
    expect(week.get_by_text(f"{begins - 2:02}:00–").first).to_be_visible()


def test_it_names_the_rule_that_would_be_broken(week):
    carry(week, 1.5 * AN_HOUR)
    week.mouse.up()
    expect(week.get_by_text("You are with Oliver Penn from")).to_be_visible()
    expect(week.get_by_role("button", name="Move anyway")).to_be_visible()


def test_escape_leaves_everything_where_it_is(week):
    carry(week, 2 * AN_HOUR)
    week.keyboard.press("Escape")
    expect(week.locator(".slot-ghost")).to_have_count(0)
    week.mouse.up()
    expect(week).to_have_url(re.compile("/panel/calendar"))
    entry(week).click()
    expect(week.get_by_role("heading", level=1)).to_have_text("Sports massage with Ines Carvalho")
