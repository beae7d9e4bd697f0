"""R14: the sync behaves as the General tab says."""

import pytest

from tests.requirements.outlook import span, until
from tests.requirements.people import GENERAL, THE_DAY
from tests.sandbox_process import BEN


@pytest.fixture
def owner(another):
    return another.sign_in("owner")


def text_of(event):
    return event["body"]["content"]


def test_the_title_template_holds_for_what_stands_there_already(linked, owner, outlook):
    owner.settings({"Title of an appointment": "%service_name% (%booking_ref%)"})
    until(lambda: not {"Sports massage", "Posture check"} & set(outlook.subjects()))
    assert any(one.startswith("Sports massage (") for one in outlook.subjects())


def test_an_unknown_placeholder_is_refused_where_it_was_typed(owner):
    owner.open(GENERAL)
    owner.page.get_by_label("Title of an event", exact=True).fill("%event_nam%")
    owner.press("Save").sees("There is no placeholder %event_nam%. Did you mean %event_name%?")


def test_pending_appointments_are_there_only_where_the_setting_says_so(linked, owner, outlook):
    before = len(outlook.entries())
    owner.settings({"Insert pending appointments": True})
    pending = until(lambda: len(outlook.entries()) - before)
    assert pending > 0
    owner.settings({"Insert pending appointments": False})
    until(lambda: len(outlook.entries()) == before)


def test_buffer_time_is_part_of_the_entry_where_the_setting_says_so(linked, owner, outlook):
    linked.book("09:00")
    assert span(until(lambda: outlook.at("09:00"))) == ("09:00", "10:00")
    owner.settings({"Include buffer time": True})
    until(lambda: span(outlook.at("09:00")) == ("09:00", "10:15"))


def test_the_customer_is_named_only_where_the_setting_says_so(linked, owner, outlook):
    linked.book("09:00")
    assert "Ines Carvalho" in text_of(until(lambda: outlook.at("09:00")))
    owner.settings({"Put the customer’s name and contact into the entry": False})
    until(lambda: "Ines Carvalho" not in text_of(outlook.at("09:00")))


def test_staff_get_no_entry_where_the_setting_says_so(another, person, bens_outlook):
    another.sign_in("owner").settings({"Add events to the Outlook of all their staff": False})
    person.sign_in("ben").connect("ben@contoso.test").until_up_to_date()
    assert "Pilates open class" in bens_outlook.subjects()
    assert "Knee school" not in bens_outlook.subjects()


def test_a_moved_entry_is_put_back_where_the_setting_says_so(linked, owner, outlook):
    owner.settings({"When an appointment is moved in Outlook": "Put it back"})
    linked.book("09:00")
    entry = until(lambda: outlook.at("09:00"))
    outlook.move(entry, "11:00", "12:00")
    until(lambda: outlook.at("09:00"))
    assert outlook.at("11:00") is None


def test_a_moved_entry_is_asked_about_where_the_setting_says_so(linked, owner, outlook):
    owner.settings({"When an appointment is moved in Outlook": "Ask first"})
    path = linked.book("09:00")
    outlook.move(until(lambda: outlook.at("09:00")), "11:00", "12:00")
    linked.finds(path, "Moved in Outlook. Keep which time?")
    linked.press("Accept 11:00").sees("The time in Outlook counts now.").sees("11:00–12:00")


def test_a_deleted_entry_is_put_back_where_the_setting_says_so(linked, owner, outlook):
    owner.settings({"When an appointment is deleted in Outlook": "Put it back"})
    linked.book("09:00")
    first = until(lambda: outlook.at("09:00"))
    outlook.delete(first)
    again = until(lambda: outlook.at("09:00"))
    assert again["id"] != first["id"]


def test_tentative_time_blocks_where_the_setting_says_so(linked, owner, outlook):
    owner.settings({"Tentative": True})
    outlook.block("10:30", "11:30", "Choir?", showAs="tentative")
    linked.finds(THE_DAY, "10:30–11:30")
    linked.appointment("11:00").sees("You are busy in Outlook from 10:30 to 11:30.")


@pytest.fixture
def both(linked, owner, bens_outlook):
    """Anna and Ben have both connected, and the owner is about to let Anna differ."""
    owner.page_of("Ben Ode").press("Connect", owner.card).approve(BEN)
    owner.press(f"Link {BEN}").sees(f"Connected as {BEN}.")
    owner.until_up_to_date(owner.page.url.removeprefix(owner.url))
    return owner


def for_anna_only(owner, setting, choice):
    """Employees, Anna, Integrations, and there what differs for her."""
    owner.open("/admin/employees").follow("Anna Berg").follow("Integrations").follow("Change")
    group = owner.page.get_by_role("radiogroup", name=setting)
    group.get_by_label(choice).check()
    owner.press("Save").sees("Saved.")


def test_pending_appointments_of_one_employee_may_differ(both, outlook, bens_outlook):
    annas, bens = len(outlook.entries()), len(bens_outlook.entries())
    for_anna_only(both, "Insert pending appointments", "On")
    until(lambda: len(outlook.entries()) > annas)
    both.settings({"Insert pending appointments": True})
    until(lambda: len(bens_outlook.entries()) > bens)
    for_anna_only(both, "Insert pending appointments", "Off")
    until(lambda: len(outlook.entries()) == annas)
    assert len(bens_outlook.entries()) > bens


def test_busy_time_of_one_employee_may_block_no_bookings(both, linked, outlook):
    outlook.block("10:30", "11:30")
    linked.finds(THE_DAY, "10:30–11:30")
    linked.appointment("11:00").sees("You are busy in Outlook from 10:30 to 11:30.")
    for_anna_only(both, "Busy time blocks bookings", "Off")
    linked.book("11:00")
    assert until(lambda: outlook.at("11:00"))["subject"] == "Sports massage"
