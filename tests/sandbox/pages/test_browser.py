"""The pages in a real browser: sign-in, dragging, narrow and dark screens, no script at all."""

import pytest

from tests.sandbox_process import ANNA, PASSWORD

pytestmark = pytest.mark.browser
AUTHORIZE = (
    "/common/oauth2/v2.0/authorize?client_id=00001111-aaaa-2222-bbbb-3333cccc4444"
    "&response_type=code&scope=openid%20User.Read&state=s"
)
WEEK = f"/sandbox/mailboxes/{ANNA}?week=2027-03-01"
TALL = {"width": 1280, "height": 1400}


@pytest.fixture
def open_page(chromium, sandbox):
    pages = []

    def open_page(path, **context):
        page = chromium.new_page(**context)
        page.on("console", lambda message: pages.append(f"console: {message.text}"))
        page.goto(sandbox.url + path)
        pages.append(page)
        return page

    yield open_page
    assert not [page for page in pages if isinstance(page, str)]
    for page in pages:
        page.close()


@pytest.fixture
def podcast(sandbox):
    return sandbox.add_event(ANNA, "Podcast", "2027-03-02T10:00:00", "2027-03-02T11:00:00")


@pytest.mark.parametrize("script", [True, False])
def test_it_signs_somebody_in(sandbox, open_page, script):
    back = f"{sandbox.url}/sandbox/clock"
    page = open_page(f"{AUTHORIZE}&redirect_uri={back}", java_script_enabled=script)
    page.fill("input[type=text]", ANNA)
    page.fill("input[type=password]", PASSWORD)
    page.locator("button[type=submit]").first.click()
    page.get_by_role("button", name="Accept").click()
    assert page.url.startswith(f"{back}?code=")


def test_it_lets_an_entry_be_dragged_to_another_day_and_hour(sandbox, open_page, podcast):
    page = open_page(WEEK, viewport=TALL)
    block = page.locator(".day .block", has_text="Podcast")
    hour = page.locator(".hour").first.bounding_box()
    box = block.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 20 + hour["width"], box["y"] + 20 + 2 * hour["height"], steps=5)
    with page.expect_navigation():
        page.mouse.up()
    moved = sandbox.event(ANNA, "Podcast")
    assert moved["start"]["dateTime"].startswith("2027-03-03T12:00")
    assert moved["end"]["dateTime"].startswith("2027-03-03T13:00")


def test_it_opens_an_entry_that_is_only_clicked(open_page, podcast):
    page = open_page(WEEK, viewport=TALL)
    page.locator(".day .block", has_text="Podcast").click()
    assert page.get_by_label("Subject").input_value() == "Podcast"


def test_it_starts_an_entry_where_the_week_is_clicked(open_page):
    page = open_page(WEEK, viewport=TALL)
    page.get_by_label("Add an entry on Thursday 4 at 15:00").click(position={"x": 5, "y": 5})
    assert page.get_by_label("Day", exact=True).input_value() == "2027-03-04"
    assert page.get_by_label("From").input_value() == "15:00"


def test_it_shows_and_hides_calendars_at_once(sandbox, open_page, podcast):
    page = open_page(WEEK, viewport=TALL)
    with page.expect_navigation():
        page.get_by_label("Calendar", exact=True).uncheck()
    assert page.locator(".day .block", has_text="Podcast").count() == 0


SIGN_IN = f"{AUTHORIZE}&redirect_uri=http://localhost:5000/cb"
PATHS = [WEEK, "/sandbox/faults", "/sandbox/requests", "/sandbox/mail", "/sandbox/clock", SIGN_IN]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(open_page, podcast, path, scheme):
    page = open_page(path, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_lists_the_week_on_a_phone(open_page, podcast):
    page = open_page(WEEK, viewport={"width": 390, "height": 844})
    page.locator(".agenda .block", has_text="Podcast").click()
    assert page.get_by_label("Subject").input_value() == "Podcast"


def test_it_shows_at_once_what_a_program_writes(open_page, anna):
    page = open_page(f"/sandbox/mailboxes/{ANNA}?week=2026-12-01", viewport=TALL)
    anna.create("Sports massage")
    page.locator(".day .block", has_text="Sports massage").wait_for()
