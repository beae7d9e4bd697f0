"""A full event, and the place that gets free, by the names that people see."""

import re

import pytest
from playwright.sync_api import expect

from panel.services.event_details import Details
from panel.services.events import Date, create
from tests.services.studio import NOON, OWNER
from tests.support.servers import PanelServer
from tests.web.studio import Studio

pytestmark = pytest.mark.browser


@pytest.fixture
def anna(page, house, tmp_path, database_address):
    """Signed in at her workshop of one place, which lies years ahead."""
    studio = Studio()
    plan = Details("Back care workshop", studio.anna.id, capacity=1, waiting_list=True)
    later = Date("2090-11-26T18:00", 90, "Europe/Berlin")
    create(plan, [later], by=OWNER, now=NOON)
    server = PanelServer(tmp_path, DATABASE_URL=database_address)
    page.goto(f"{server.start().url}/panel/events/1")
    page.get_by_label("Email").fill("anna@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    yield page
    server.kill()


def add(page, name):
    page.get_by_role("link", name="Add somebody").click()
    page.get_by_label("Customer").fill(name)
    page.get_by_role("button", name="Add", exact=True).click()


def test_what_gets_free_is_offered_and_booked(anna):
    add(anna, "Lea Roth")
    add(anna, "Tom Hale")
    expect(anna.get_by_text("1 of 1 place, 1 waiting").first).to_be_visible()
    anna.get_by_role("link", name="Lea Roth").click()
    anna.get_by_role("button", name="Cancel booking").click()
    asked = anna.get_by_role("dialog")
    expect(asked).to_contain_text("Cancel the booking of Lea Roth?")
    asked.get_by_role("button", name="Cancel booking").click()
    row = anna.get_by_role("row").filter(has_text="Tom Hale")
    expect(row).to_contain_text(re.compile("Offered until"))
    row.get_by_role("button", name="Book for them").click()
    expect(anna.get_by_role("row").filter(has_text="Tom Hale")).to_contain_text("Booked")
