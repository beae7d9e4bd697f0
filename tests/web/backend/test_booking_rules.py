"""Settings, Booking: how and until when the business is booked."""

import pytest

from panel.services import company

PAGE = "/admin/settings/booking"


def test_it_shows_notices_in_the_unit_that_fits(owner):
    page = owner.get(PAGE)
    found = {tag.attrs["name"]: tag.attrs["value"] for tag in page.all("input")}
    assert (found["notice_minutes"], found["cancel_notice_minutes"]) == ("2", "24")


def test_new_appointments_can_wait_for_approval(owner):
    owner.get(PAGE)
    owner.submit("Save", {"default_status": "pending"})
    assert company.current().default_status == "pending"


@pytest.mark.parametrize(
    ("number", "unit", "minutes"), [("3", "days", 4320), ("0", "hours", 0), ("90", "minutes", 90)]
)
def test_a_notice_is_typed_in_any_unit_and_kept_in_minutes(owner, number, unit, minutes):
    owner.get(PAGE)
    owner.submit("Save", {"Notice to book": number, "Notice to book, unit": unit})
    assert company.current().notice_minutes == minutes


@pytest.mark.parametrize("number", ["two", "-1", "1.5", "", "9999999"])
def test_a_notice_that_is_no_number_stays_as_typed(owner, number):
    owner.get(PAGE)
    page = owner.submit("Save", {"Notice to move": number, "Notice to move, unit": "days"})
    assert "Write a whole number, like 2." in page.text and f'value="{number}"' in page.html
    assert company.current().change_notice_minutes == 1440


def test_it_keeps_what_makes_no_sense_and_says_so(owner):
    owner.get(PAGE)
    page = owner.submit("Save", {"Days that can be booked ahead": "326"})
    assert "from 1 to 325" in page.text and 'value="326"' in page.html


def test_a_notice_as_long_as_the_horizon_is_refused(owner):
    owner.get(PAGE)
    page = owner.submit("Save", {"Notice to book": "90", "Notice to book, unit": "days"})
    assert "Nobody could book at all" in page.text


def test_the_owner_says_how_many_wrong_passwords_a_login_takes(owner, app):
    owner.get(PAGE)
    owner.submit("Save", {"Wrong passwords in a quarter of an hour": "2"})
    guest = type(owner)(app)
    found = [guest.sign_in("anna@panel.test", "wrong").status for _ in range(3)]
    assert found == [200, 200, 429]
