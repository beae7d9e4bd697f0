"""What the small scripts improve, and that all of it works without them."""

import re

from playwright.sync_api import expect


def button(place, name):
    return place.get_by_role("button", name=name, exact=True)


def outlook(page):
    return page.get_by_role("region", name="Outlook Calendar", exact=True)


def test_it_asks_in_a_dialog_and_starts_on_the_quiet_answer(look):
    with look("profile") as page:
        button(outlook(page), "Disconnect").click()
        dialog = page.get_by_role("dialog", name="Disconnect anna@contoso.test?")
        expect(dialog.get_by_role("link", name="Stay connected")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


def test_it_disconnects_from_the_dialog(look):
    with look("profile") as page:
        button(outlook(page), "Disconnect").click()
        button(page.get_by_role("dialog"), "Disconnect").click()
        expect(page).to_have_url(re.compile("/disconnect"))


def test_it_asks_on_a_page_without_scripts(look):
    with look("profile", java_script_enabled=False) as page:
        button(outlook(page), "Disconnect").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Disconnect anna@contoso.test?")
        expect(page.get_by_label("Keep the 41 entries in Outlook")).to_be_checked()


def test_it_keeps_the_chosen_theme_without_scripts(look):
    with look("profile", java_script_enabled=False) as page:
        page.get_by_text("Light or dark").locator("visible=true").click()
        button(page, "Dark").locator("visible=true").click()
        page.goto(page.url.split("?")[0])
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_it_shows_save_calendars_once_one_has_changed(look):
    with look("profile") as page:
        expect(button(page, "Save calendars")).to_be_hidden()
        page.get_by_label("Write appointments to").select_option("Private")
        expect(button(page, "Save calendars")).to_be_visible()


def test_it_can_save_calendars_without_scripts(look):
    with look("profile", java_script_enabled=False) as page:
        expect(button(page, "Save calendars")).to_be_visible()


def test_it_leads_to_the_first_thing_to_put_right(look):
    with look("general") as page:
        button(page, "Save").click()
        expect(page.get_by_label("Title of an event")).to_be_focused()
        expect(page.get_by_text("One thing to put right")).to_be_visible()


def test_it_shows_and_hides_a_password(look):
    with look("sign-in") as page:
        button(page, "Show the password").click()
        expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")


def test_it_lets_a_toast_be_closed(look):
    with look("sorry/panel") as page:
        toast = page.get_by_text("Moved to 15:30. Oliver Penn has been told.")
        expect(toast).to_be_visible()
        button(page, "Close").click()
        expect(toast).to_have_count(0)


def test_it_says_once_what_has_changed_by_itself(look):
    with look("cards?state=importing") as page:
        page.evaluate("document.getElementById('outlook-card').dataset.announce = 'before'")
        page.evaluate("""htmx.ajax('GET', '/card/up_to_date',
            {target: '#outlook-card', swap: 'outerHTML'})""")
        expect(page.locator("#announcer")).to_have_text("Outlook Calendar: Up to date")


def test_it_never_shows_another_page_inside_the_card(look):
    with look("cards?state=importing") as page, page.expect_navigation():
        page.evaluate("""htmx.ajax('GET', '/sign-in',
            {target: '#outlook-card', swap: 'outerHTML'})""")
        expect(outlook(page)).to_be_visible()
        expect(page.get_by_label("Password")).to_have_count(0)


def test_it_leaves_the_card_alone_while_somebody_chooses(look):
    with look("profile") as page:
        page.get_by_label("Write appointments to").select_option("Private")
        waits = """() => !document.getElementById('outlook-card').dispatchEvent(new CustomEvent(
            'htmx:beforeRequest', {bubbles: true, cancelable: true,
            detail: {elt: document.getElementById('outlook-card')}}))"""
        assert page.evaluate(waits)


def test_it_opens_the_rest_of_the_back_end_on_a_phone(look):
    with look("employees", 390, java_script_enabled=False) as page:
        page.get_by_text("More", exact=True).click()
        expect(page.get_by_role("link", name="Settings").locator("visible=true")).to_be_visible()


def test_it_shows_the_same_day_under_the_strip_on_a_phone(look):
    with look("week", 390) as page:
        expect(page.get_by_role("link", name="Hugh Barlow")).to_be_visible()
        expect(page.get_by_role("link", name="Ines Carvalho")).to_be_hidden()


def test_it_can_be_reached_by_keyboard_from_the_first_key(look):
    with look("profile") as page:
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
