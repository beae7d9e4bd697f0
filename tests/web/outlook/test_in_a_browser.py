"""The Outlook pages in a real browser, with the real clockwork and the sandbox."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox_process import PASSWORD
from tests.support.axe import findings
from tests.support.servers import PanelServer

CARD = "Outlook Calendar"
OWNERS = (
    "/admin",
    "/admin/employees/",
    "/admin/employees/2/integrations",
    "/admin/employees/2/integrations/change",
    "/admin/employees/2/integrations/outlook",
    "/admin/settings/integrations",
    "/admin/settings/integrations/outlook",
    "/admin/settings/integrations/outlook/general",
)


@pytest.fixture
def server(tmp_path, sqlite_template, sandbox):
    """The demo studio on SQLite, which reads Outlook every two seconds."""
    sqlite_template.lay(tmp_path)
    urls = {"LOGIN_URL": sandbox.url, "GRAPH_URL": sandbox.url}
    server = PanelServer(tmp_path, POLL_SECONDS="2", RATE_LIMITS="off", **urls)
    server.flask("demo")
    yield server.start()
    server.kill()


def enter(page: Page, server: PanelServer, who: str, path: str) -> Page:
    page.goto(f"{server.url}{path}")
    page.get_by_label("Email").fill(f"{who}@panel.test")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def connect(page: Page, upn: str) -> None:
    page.get_by_role("button", name="Connect", exact=True).click()
    page.locator("[name=login]").fill(upn)
    page.locator("[name=passwd]").fill(PASSWORD)
    page.locator("form button").first.click()
    page.locator("button[value=accept]").click()


def test_the_card_follows_the_import_by_itself(page, server):
    enter(page, server, "anna", "/panel/profile")
    connect(page, "anna@contoso.test")
    expect(page.get_by_text("Connected as anna@contoso.test.")).to_be_visible()
    card = page.get_by_role("region", name=CARD)
    expect(card.get_by_text("Up to date")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Connected as anna@contoso.test.")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text(f"{CARD}: Up to date")


def test_it_stays_connected_where_one_thinks_again(page, server):
    enter(page, server, "anna", "/panel/profile")
    connect(page, "anna@contoso.test")
    page.get_by_role("button", name="Disconnect", exact=True).click()
    asked = page.get_by_role("dialog", name="Disconnect anna@contoso.test?")
    expect(asked.get_by_role("link", name="Stay connected")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(page.get_by_role("button", name="Disconnect", exact=True)).to_be_visible()


def test_the_preview_changes_as_one_types(page, server):
    enter(page, server, "owner", OWNERS[-1])
    page.get_by_label("Title of an appointment").fill("%service_name% in %location%")
    expect(page.locator("#previews")).to_contain_text("Sports massage in Room 2")
    page.get_by_label("Title of an event").fill("%event_nam%")
    expect(page.locator("#previews")).to_contain_text("No preview: the title")


def test_the_pages_have_no_findings_and_never_scroll_sideways(page, server):
    enter(page, server, "owner", "/admin")
    for path, width, theme in product(OWNERS, (1280, 360), ("light", "dark")):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{server.url}{path}")
        assert (path, findings(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_card_of_several_accounts_has_no_findings_in_either_theme(page, server):
    enter(page, server, "anna", "/panel/profile")
    connect(page, "anna@contoso.test")
    card = page.get_by_role("region", name=CARD)
    expect(card.get_by_text("Up to date")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Add another account").click()
    page.get_by_role("button", name="Use another account").click()
    page.locator("[name=login]").fill("carla@outlook.test")
    page.locator("[name=passwd]").fill(PASSWORD)
    page.locator("form button").first.click()
    page.locator("button[value=accept]").click()
    expect(card.get_by_role("button", name="Disconnect", exact=True)).to_have_count(2)
    look_at_the_card(page, server)


def look_at_the_card(page: Page, server: PanelServer) -> None:
    """On a phone and in either theme there is nothing to find fault with."""
    page.set_viewport_size({"width": 360, "height": 900})
    for path, theme in product(("", "/outlook/disconnect"), ("light", "dark")):
        page.emulate_media(color_scheme=theme)
        page.goto(f"{server.url}/panel/profile{path}")
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
