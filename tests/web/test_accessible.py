"""Every page with the studio of the demonstration in it, in a real browser, for everybody."""

import pytest

from tests.support.axe import findings
from tests.support.chromium import window
from tests.support.servers import PanelServer

# The first appointment of the demonstration is Anna's, and so is the first event.
PANEL = [
    "/panel/", "/panel/calendar", "/panel/calendar?view=day", "/panel/calendar?view=month",
    "/panel/appointments", "/panel/appointments?when=past", "/panel/appointments/new",
    "/panel/appointments/1", "/panel/appointments/1/move", "/panel/appointments/1/edit",
    "/panel/appointments/1/give", "/panel/appointments/1/cancel", "/panel/events",
    "/panel/events/new", "/panel/events/1", "/panel/events/1/dates/new",
    "/panel/events/1/edit", "/panel/events/1/attendances/new", "/panel/events/1/attendances/1",
    "/panel/events/1/attendances/1/cancel",
    "/panel/events/1/dates/repeat?step=1&unit=week&ends=times&times=3&date=2027-03-20"
    "&time=02:30&minutes=60",
    "/panel/customers", "/panel/customers/1", "/panel/profile",
    "/panel/profile/password", "/panel/profile/services", "/panel/profile/work-hours",
    "/panel/profile/days-off", "/panel/profile/special-days", "/panel/profile/outside-hours",
    "/panel/nowhere", "/forgotten-password",
]  # fmt: skip
BACK_END = [
    "/admin", "/admin/appointments", "/admin/appointments/new", "/admin/events",
    "/admin/customers", "/admin/customers/1", "/admin/customers/new",
    "/admin/customers/1/erase", "/admin/customers/merge", "/admin/customers/merge/1",
    "/admin/customers/merge/1/2", "/admin/customers/import", "/admin/events/1", "/admin/employees",
    "/admin/employees/new", "/admin/employees/1", "/admin/employees/1/work-hours",
    "/admin/employees/1/stop", "/admin/employees/1/photo", "/admin/employees/1/special-days",
    "/admin/services", "/admin/services/1", "/admin/services/5/questions",
    "/admin/services/categories", "/admin/appointments?service=1&from=2026-01-01",
    "/admin/settings", "/admin/settings/booking",
    "/admin/settings/appearance", "/admin/settings/days-off",
    "/admin/settings/logins", "/admin/settings/logins/1", "/admin/journal", "/admin/sync",
    "/admin/sync/installation",
    "/panel/profile",
]  # fmt: skip
# The first event of the demonstration is full, and its first date is that of the first event.
PUBLIC = [
    "/book", "/book/1", "/book/1?employee=1", "/book/2?persons=2",
    "/book/events/1", "/book/events/1/details?date=1", "/book/events/2",
]  # fmt: skip
EVERY = [("anna", path) for path in PANEL] + [("owner", path) for path in BACK_END]
EVERY += [("nobody", path) for path in PUBLIC]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def studio(tmp_path_factory, sqlite_template):
    """The demonstration, served for real."""
    folder = tmp_path_factory.mktemp("studio")
    sqlite_template.lay(folder)
    server = PanelServer(folder, RATE_LIMITS="off")
    assert server.flask("demo").returncode == 0
    yield server.start().url
    server.kill()


@pytest.fixture(scope="module")
def windows(chromium, studio):
    """A window for each person, signed in."""
    found = {}
    for name in ("anna", "owner", "nobody"):
        page = window(chromium, locale="en-GB", reduced_motion="reduce").new_page()
        found[name] = page
        if name == "nobody":
            continue
        page.goto(f"{studio}/sign-in")
        page.get_by_label("Email").fill(f"{name}@panel.test")
        page.get_by_label("Password").fill("demo")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "sign-in" not in url)
        found[name] = page
    yield found
    for page in found.values():
        page.context.close()


@pytest.fixture
def look(windows, studio):
    """Open a page as somebody; what its scripts stumble over fails the test."""
    stumbled = []

    def note(said):
        if said.type == "error" and "404" not in said.text:
            stumbled.append(said.text)

    def opened(who, path):
        page = windows[who]
        page.on("console", note)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(f"{studio}{path}")
        return page

    yield opened
    assert stumbled == []


@pytest.mark.parametrize("who, path", EVERY)
def test_it_is_open_to_everybody(look, who, path):
    page = look(who, path)
    assert findings(page) == []
    for width in (1100, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="dark")
    assert findings(page) == []


def test_a_group_is_open_to_everybody(look):
    page = look("owner", "/admin/appointments?q=Group+Pilates")
    page.locator("td.first a").first.click()
    page.get_by_role("heading", name="Customers").wait_for()
    assert findings(page) == []
    page.get_by_role("link", name="Add a customer").click()
    page.get_by_role("heading", name="Add a customer").wait_for()
    assert findings(page) == []


def test_the_dates_of_a_series_are_open_to_everybody(look):
    page = look("anna", "/panel/appointments/new")
    page.get_by_text("Several persons, or a series").click()
    page.get_by_label("Service").select_option("Sports massage")
    page.get_by_label("Customer", exact=True).fill("Ines Carvalho")
    page.locator("[name=date]").fill("2030-01-07")
    page.locator("[name=time]").fill("10:00")
    page.get_by_label("Repeats").select_option("Every day")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="6 dates for Ines Carvalho").wait_for()
    assert findings(page) == []
    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
