"""From the owner's invitation to the first look at My Profile, by the names that people see."""

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
def link(page, server):
    """The link that the owner is given to pass on to somebody new."""
    page.goto(f"{server.url}/admin/employees/new")
    page.get_by_label("Email").fill("owner@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Dev Malik")
    page.get_by_label("Email for signing in").fill("dev@panel.test")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    return page.get_by_label("Link to choose a password").input_value()


def test_somebody_new_comes_in(page, link):
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Dev")
    page.get_by_label("Password", exact=True).fill("a long password")
    page.get_by_label("Password, once more").fill("a long password")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My Profile")
    expect(page.get_by_label("Email for signing in")).to_have_value("dev@panel.test")
