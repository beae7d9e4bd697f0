"""A customer books on a phone, in a real browser, and thinks better of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.axe import findings
from tests.support.chromium import window
from tests.support.servers import PanelServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory, sqlite_template):
    folder = tmp_path_factory.mktemp("shop")
    sqlite_template.lay(folder)
    server = PanelServer(folder, RATE_LIMITS="off")
    assert server.flask("demo").returncode == 0
    yield server.start().url
    server.kill()


@pytest.fixture(params=["script", "no script"])
def phone(chromium, studio, request):
    """A phone of 390 pixels, with scripts and without."""
    context = window(
        chromium,
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        timezone_id="Europe/London",
        java_script_enabled=request.param == "script",
    )
    page = context.new_page()
    page.goto(f"{studio}/book")
    yield page
    context.close()


def choose(page):
    """Choose the first service, a month ahead, and the first time that is free there."""
    page.locator("a.offer").first.click()
    page.get_by_role("link", name="Later month").click()
    page.locator("a.slot").first.click()


def fill(page):
    page.get_by_label("Name").fill("Priya Nair")
    page.get_by_label("Email").fill("priya.nair@example.com")
    page.get_by_role("button", name="Book for").click()


def test_she_books_and_cancels(phone):
    choose(phone)
    phone.get_by_role("link", name="Continue").click()
    fill(phone)
    assert phone.locator("h1").inner_text() == "You are booked, Priya"
    phone.get_by_role("link", name="Cancel").click()
    phone.get_by_role("button", name="Cancel the visit").click()
    assert phone.locator("h1").inner_text() == "Your visit is cancelled"


def test_she_moves_her_visit(phone):
    choose(phone)
    phone.get_by_role("link", name="Continue").click()
    fill(phone)
    phone.get_by_role("link", name="Move").click()
    phone.locator("a.slot").last.click()
    phone.get_by_role("button", name="Move it").click()
    assert phone.locator("h1").inner_text() == "Moved, Priya"


def test_she_books_an_event_and_cancels(phone):
    phone.locator("a.offer").filter(has_text="Massage for runners").click()
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_label("Name").fill("Priya Nair")
    phone.get_by_label("Email").fill("priya.nair@example.com")
    phone.get_by_role("button", name="Book 1 place").click()
    assert phone.locator("h1").inner_text() == "You are booked, Priya"
    phone.get_by_role("link", name="Cancel").click()
    phone.get_by_role("button", name="Cancel the booking").click()
    assert phone.locator("h1").inner_text() == "Your booking is cancelled"


@pytest.fixture
def abroad(chromium, studio):
    """Somebody in India; their browser calls its zone by an older name."""
    context = chromium.new_context(locale="en-GB", timezone_id="Asia/Calcutta")
    yield context.new_page()
    context.close()


def zone_of(page) -> str:
    expect(page.locator(".zone-choice summary")).to_contain_text("Times are in Asia/Calcutta.")
    return page.get_by_label("Time zone").input_value()


def test_times_are_those_of_the_visitor_by_themselves(abroad, studio):
    abroad.goto(f"{studio}/book")
    assert zone_of(abroad) == "Asia/Calcutta", "the dates of events stand there"
    abroad.locator("a.offer").first.click()
    abroad.wait_for_url(re.compile(r"/book/\d+\?"))
    assert zone_of(abroad) == "Asia/Calcutta"
    abroad.goto(f"{studio}/book/2?employee=1")
    assert zone_of(abroad) == "Asia/Calcutta" and "employee=1" in abroad.url
    abroad.goto(f"{studio}/book/events/2")
    assert zone_of(abroad) == "Asia/Calcutta"


def test_a_zone_that_was_chosen_stays(abroad, studio):
    abroad.goto(f"{studio}/book/1")
    zone_of(abroad)
    abroad.locator(".zone-choice summary").click()
    abroad.get_by_label("Time zone").select_option("America/New_York")
    abroad.get_by_role("button", name="Show times").click()
    abroad.get_by_role("link", name="Later month").click()
    expect(abroad.locator(".zone-choice summary")).to_contain_text("America/New_York")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_of_hers_has_findings_or_scrolls_sideways(chromium, studio, scheme, width):
    context = window(
        chromium,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{studio}/book")
    at_each_step(page, lambda: no_fault(page))
    context.close()


def at_each_step(page, look):
    """Look at every page from the first to the last, each only when it is the one that stands."""
    look()
    choose(page)
    expect(page.get_by_role("link", name="Continue")).to_be_visible()
    look()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_label("Name")).to_be_visible()
    look()
    fill(page)
    expect(page.locator("h1")).to_have_text("You are booked, Priya")
    look()


def no_fault(page):
    assert findings(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
