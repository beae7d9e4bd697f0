"""From an empty database to the first booking, as a real owner walks it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.axe import findings
from tests.support.servers import PanelServer

pytestmark = pytest.mark.browser


@pytest.fixture
def link(app, tmp_path, database_address):
    server = PanelServer(tmp_path, DATABASE_URL=database_address)
    said = server.flask("first-owner").stdout
    yield f"{server.start().url}{re.search(r'/first-owner/[^ ]+', said)[0].strip()}"
    server.kill()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_label("Ready for the first booking").get_by_role("link", name=name).click()


def become_owner(page, link):
    page.goto(link)
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    page.get_by_label("Business").fill("Linden Studio")
    page.get_by_label("Your name").fill("Ruth Linden")
    page.get_by_label("Email").fill("ruth@linden.example")
    page.get_by_label("Password", exact=True).fill("correct horse")
    press(page, "Create the panel")


def work(page):
    """Nine to five on every day: typed once, and copied to the others."""
    press(page, "I take bookings myself")
    page.get_by_role("link", name="Overview").first.click()
    follow(page, "Set work hours")
    page.get_by_role("group", name="Monday").get_by_role("button", name="Hours").click()
    page.get_by_label("Monday, work 1 from").fill("9")
    page.get_by_label("Monday, work 1 to").fill("17")
    for day in ("Sat", "Sun"):
        page.get_by_role("group", name="To", exact=True).get_by_label(day).check()
    press(page, "Copy")
    expect(page.get_by_label("Sunday, work 1 to")).to_have_value("17:00")
    press(page, "Save")
    expect(page.get_by_text("Saved.")).to_be_visible()


def offer(page):
    page.get_by_role("link", name="Overview").first.click()
    follow(page, "New service")
    page.get_by_label("Name").fill("Sports massage")
    page.get_by_label("Minutes", exact=True).fill("60")
    page.get_by_role("checkbox", name="Ruth Linden").check()
    press(page, "Save")


def book(page):
    day = datetime.now(UTC) + timedelta(days=2)
    page.get_by_role("link", name="Overview").first.click()
    follow(page, "New appointment")
    page.get_by_label("Employee").select_option("Ruth Linden")
    page.get_by_label("Service").select_option("Sports massage")
    page.get_by_label("Customer").fill("Ines Carvalho")
    page.get_by_label("Date").fill(f"{day:%Y-%m-%d}")
    page.get_by_label("Time").fill("10:00")
    press(page, "Save")


def test_an_empty_panel_leads_to_its_first_booking(page, link):
    become_owner(page, link)
    assert findings(page) == []
    work(page)
    offer(page)
    book(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sports massage with Ines Carvalho")
    page.get_by_role("link", name="Overview").first.click()
    press(page, "Put the list away")
    expect(page.get_by_text("Ready for the first booking")).to_have_count(0)
