"""R2, R3 and R11: a connected employee's appointments stand in that employee's Outlook."""

import re

from playwright.sync_api import expect

from tests.requirements.outlook import free_day, until


def test_nothing_is_written_before_anybody_connects(anna, sandbox, outlook):
    asked_before = sandbox.last_request()
    path = anna.book("09:00")
    anna.open(path).sees("Not in Outlook")
    assert outlook.entries() == []
    assert sandbox.requests(asked_before) == []


def test_only_the_one_who_connects_is_synced(linked, another, bens_outlook, carlas_outlook):
    assert bens_outlook.entries() == carlas_outlook.entries() == []
    another.sign_in("ben").open("/panel/profile/")
    expect(another.card).to_contain_text("Not connected")


def test_what_was_booked_before_appears_after_connecting(linked, outlook):
    count = len(outlook.entries())
    said = re.search(r"(\d+) appointments and (\d+) events are", linked.card.inner_text())
    assert sum(map(int, said.groups())) == count
    assert {"Sports massage", "Back care workshop"} <= set(outlook.subjects())


def test_what_is_booked_afterwards_appears_too(linked, outlook):
    path = linked.book("09:00")
    linked.finds(path, "In Outlook")
    assert outlook.at("09:00")["subject"] == "Sports massage"
    linked.page.goto(outlook.week)
    day = linked.page.locator(f".day[data-day='{free_day()}']")
    expect(day.locator(".block.panel", has_text="Sports massage")).to_be_visible()


def test_what_is_booked_in_the_back_end_appears_too(linked, another, outlook):
    owner = another.sign_in("owner").open("/admin/appointments/new")
    owner.page.get_by_label("Employee").select_option("Anna Berg")
    owner.page.get_by_label("Service").select_option("Posture check")
    owner.page.get_by_label("Customer", exact=True).fill("Tom Hale")
    owner.at("09:00").sees("Booked for")
    assert until(lambda: outlook.at("09:00"))["subject"] == "Posture check"
