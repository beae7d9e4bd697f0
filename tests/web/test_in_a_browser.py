"""One appointment from its booking to its end, by the names that people see."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.servers import PanelServer
from tests.web.studio import Studio

pytestmark = pytest.mark.browser


@pytest.fixture
def server(house, tmp_path, database_address):
    Studio()
    server = PanelServer(tmp_path, DATABASE_URL=database_address)
    yield server.start()
    server.kill()


@pytest.fixture
def ruth(page, server):
    page.goto(f"{server.url}/admin/appointments/new")
    page.get_by_label("Email").fill("owner@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def book(page):
    day = datetime.now(UTC) + timedelta(days=2)
    page.get_by_label("Employee").select_option("Anna Berg")
    page.get_by_label("Service").select_option("Sports massage")
    page.get_by_label("Customer").fill("Ines Carvalho")
    page.get_by_label("Date").fill(f"{day:%Y-%m-%d}")
    page.get_by_label("Time").fill("09:00")
    page.get_by_role("button", name="Save").click()


def test_it_is_booked_moved_and_cancelled(ruth):
    book(ruth)
    expect(ruth.get_by_role("heading", level=1)).to_have_text("Sports massage with Ines Carvalho")
    ruth.get_by_role("button", name="Move").click()
    ruth.get_by_label("Time").fill("10:30")
    ruth.get_by_role("button", name="Save").click()
    expect(ruth.get_by_text("10:30–11:30").first).to_be_visible()
    ruth.get_by_role("button", name="Cancel appointment").click()
    asked = ruth.get_by_role("dialog")
    expect(asked).to_contain_text("Cancel the appointment with Ines Carvalho?")
    asked.get_by_role("button", name="Cancel appointment").click()
    expect(ruth.get_by_text("Cancelled by Ruth Linden")).to_be_visible()


def test_a_free_time_is_picked_from_the_day(ruth):
    day = datetime.now(UTC) + timedelta(days=2)
    ruth.get_by_label("Employee").select_option("Anna Berg")
    ruth.get_by_label("Service").select_option("Sports massage")
    ruth.get_by_label("Date").fill(f"{day:%Y-%m-%d}")
    ruth.get_by_label("Customer").focus()
    ruth.get_by_role("button", name="10:15").click()
    expect(ruth.get_by_label("Time")).to_have_value("10:15")
    expect(ruth.get_by_role("button", name="10:15")).to_have_attribute("aria-pressed", "true")
    ruth.get_by_label("Customer").fill("Ines Carvalho")
    ruth.keyboard.press("Enter")
    expect(ruth.get_by_role("heading", level=1)).to_have_text("Sports massage with Ines Carvalho")


def test_it_is_kept_where_one_thinks_again(ruth):
    book(ruth)
    ruth.get_by_role("button", name="Cancel appointment").click()
    ruth.get_by_role("dialog").get_by_role("link", name="Keep it").click()
    expect(ruth.get_by_role("dialog")).to_have_count(0)
    expect(ruth.get_by_role("button", name="Move")).to_be_visible()
