"""Somebody who uses Panel with a browser, and sees only what stands on the page."""

import re
from contextlib import suppress

from playwright.sync_api import Locator, Page, expect

from tests.requirements.outlook import PATIENCE, free_day
from tests.sandbox_process import ANNA, PASSWORD

PROFILE = "/panel/profile/"
THE_DAY = f"/panel/calendar/?view=day&on={free_day()}"
GENERAL = "/admin/settings/integrations/outlook/general/"
SETUP = "/admin/settings/integrations/outlook"


class Person:
    """Every method that does something returns the person, so that one can go on."""

    def __init__(self, page: Page, url: str, *, scripts: bool = True) -> None:
        self.page, self.url, self.scripts = page, url, scripts

    @property
    def card(self) -> Locator:
        """The Outlook card of the page."""
        return self.page.get_by_role("region", name="Outlook Calendar", exact=True)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def open(self, path: str) -> "Person":
        self.page.goto(self.url + path)
        return self

    def press(self, name: str, within: Locator | None = None) -> "Person":
        self.button(name, within).click()
        return self

    def follow(self, name: str) -> "Person":
        self.main.get_by_role("link", name=name).first.click()
        return self

    def sign_in(self, who: str) -> "Person":
        self.open("/sign-in")
        self.page.get_by_label("Email", exact=True).fill(f"{who}@panel.test")
        self.page.get_by_label("Password", exact=True).fill("demo")
        self.press("Sign in")
        expect(self.page).not_to_have_url(re.compile("/sign-in"))
        return self

    def approve(self, upn: str = ANNA, answer: str = "Accept") -> "Person":
        """Sign in at Microsoft's pages, and answer what is asked there."""
        expect(self.page).to_have_url(re.compile("/oauth2/v2.0/authorize"))
        self.page.get_by_label("Email", exact=True).fill(upn)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        return self.press("Next").press(answer)

    def connect(self, upn: str = ANNA) -> "Person":
        """From My Profile to Microsoft and back."""
        self.open(PROFILE).press("Connect", self.card).approve(upn)
        return self.sees(f"Connected as {upn}.")

    def connect_again(self, upn: str = ANNA) -> "Person":
        """Press Connect on this page, where Microsoft still knows who one is."""
        self.press("Connect", self.card)
        self.page.get_by_role("button", name=upn).click()
        return self.sees(f"Connected as {upn}.")

    def disconnect(self) -> "Person":
        """Press Disconnect on the card of this page, and again where it is asked."""
        self.press("Disconnect", self.card)
        asked = self.page.get_by_role("dialog") if self.scripts else self.main
        expect(asked.get_by_role("heading", name=re.compile("^Disconnect "))).to_be_visible()
        return self.press("Disconnect", asked).sees("Disconnected.")

    def sees(self, words: str) -> "Person":
        """Wait until this page says so."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def sees_not(self, words: str) -> "Person":
        expect(self.page.locator("body")).not_to_contain_text(words)
        return self

    def finds(self, path: str, words: str) -> "Person":
        """Open a page again and again until it says so."""
        for _ in range(PATIENCE):
            with suppress(AssertionError):
                expect(self.open(path).main).to_contain_text(words, timeout=1000)
                return self
        return self.sees(words)

    def until_up_to_date(self, path: str = PROFILE) -> "Person":
        """Wait until the card says that both calendars agree: with scripts by itself."""
        if not self.scripts:
            return self.finds(path, "Up to date")
        expect(self.open(path).card).to_contain_text("Up to date")
        return self

    def appointment(self, time: str, service: str = "Sports massage") -> "Person":
        """Fill in a new appointment on the free day, and save it."""
        self.open("/panel/appointments/new")
        self.page.get_by_label("Service").select_option(service)
        self.page.get_by_label("Customer", exact=True).fill("Ines Carvalho")
        return self.at(time)

    def book(self, time: str, service: str = "Sports massage") -> str:
        """The same, until it is booked; return the path of its page."""
        self.appointment(time, service).sees("Booked for")
        return self.page.url.removeprefix(self.url)

    def at(self, time: str, day: str = "") -> "Person":
        """Type date and time into the form of this page, and save it."""
        self.page.get_by_label("Date", exact=True).fill(day or free_day())
        self.page.get_by_label("Time", exact=True).fill(time)
        return self.press("Save")

    def hold(self, name: str, time: str, *, staff: str = "") -> str:
        """Hold an event on the free day; return the path of its page."""
        self.open("/panel/events/new")
        self.page.get_by_label("Name", exact=True).fill(name)
        if staff:
            self.page.get_by_role("group", name="Staff").get_by_label(staff).check()
        self.at(time)
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()
        return self.page.url.removeprefix(self.url)

    def page_of(self, name: str) -> "Person":
        """The owner's way: Employees, that employee, Integrations, the card."""
        self.open("/admin/").page.get_by_role("link", name="Employees").first.click()
        self.follow(name).follow("Integrations").card.get_by_role("link").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Outlook Calendar")
        return self

    def settings(self, fields: dict[str, str | bool], path: str = GENERAL) -> "Person":
        """Change fields of a page of settings, by label, and save."""
        self.open(path)
        for label, value in fields.items():
            field = self.page.get_by_label(label, exact=True)
            if isinstance(value, bool):
                field.set_checked(value)
            elif field.evaluate("field => field.localName") == "select":
                field.select_option(label=value)
            else:
                field.fill(value)
        self.main.get_by_role("button", name=re.compile("^Save( setup)?$")).click()
        return self.sees("Saved.")
