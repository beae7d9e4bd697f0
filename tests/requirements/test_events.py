"""R4 and R13: events stand in the Outlook of the organizer and of assigned staff."""

import pytest
from playwright.sync_api import expect

from tests.requirements.outlook import until
from tests.sandbox_process import BEN, CARLA


@pytest.fixture
def ben(another):
    """Ben has connected too, in a browser of his own."""
    return another.sign_in("ben").connect(BEN).until_up_to_date()


def test_an_event_appears_in_the_outlook_of_its_organizer(linked, outlook):
    linked.finds(linked.hold("Open house", "10:00"), "In Outlook")
    assert outlook.at("10:00")["subject"] == "Open house"
    linked.page.goto(outlook.week)
    expect(linked.page.locator(".day .block.panel", has_text="Open house")).to_be_visible()


def test_it_appears_in_the_outlook_of_its_staff(linked, ben, outlook, bens_outlook):
    linked.hold("Open house", "10:00", staff="Ben Ode")
    assert until(lambda: outlook.at("10:00"))["subject"] == "Open house"
    assert until(lambda: bens_outlook.at("10:00"))["subject"] == "Open house"


def test_it_appears_for_staff_though_the_organizer_has_not_connected(ben, bens_outlook):
    assert "Knee school" in bens_outlook.subjects()


def test_it_does_not_appear_for_who_has_no_part_in_it(ben, linked, bens_outlook):
    path = linked.hold("Open house", "10:00")
    linked.finds(path, "In Outlook")
    assert "Open house" not in bens_outlook.subjects()


def test_an_organizer_without_permissions_gets_their_events_too(person, carlas_outlook):
    person.sign_in("carla").connect(CARLA).until_up_to_date()
    assert {"Knee school", "Back to running"} <= set(carlas_outlook.subjects())
