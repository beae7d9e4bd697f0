"""Customers: added, found, changed, with what they booked."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from panel.services import attendances, events
from panel.services.attendances import Wish
from tests import make
from tests.services.studio import OWNER
from tests.web.studio import Studio


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def owner(visitor, studio):
    visitor.enter("owner@panel.test")
    return visitor


@pytest.fixture
def anna(visitor, studio):
    visitor.enter("anna@panel.test")
    return visitor


def test_it_says_how_customers_come(owner):
    assert "No customers yet" in owner.get("/admin/customers").text


def test_it_adds_somebody_and_finds_them_by_number(owner):
    owner.get("/admin/customers/new")
    owner.submit("Save", {"Name": "Ines Carvalho", "phone": "07700 900 461"})
    assert "Ines Carvalho" in owner.get("/admin/customers", q="900 461").text
    assert "Nobody found" in owner.get("/admin/customers", q="Penn").text


def test_it_shows_what_somebody_booked(owner, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    page = owner.get("/admin/customers/1")
    assert "1 booking, 1 to come" in page.text and "With Anna Berg" in page.text


def test_it_shows_events_and_how_often_somebody_stayed_away(owner, studio):
    then = datetime.now(UTC) - timedelta(days=3)
    plan = events.Details("Back course", studio.anna.id, capacity=5)
    date = events.Date(f"{then:%Y-%m-%dT%H:%M}", 60, "UTC")
    events.create(plan, [date], by=OWNER, now=then - timedelta(days=1))
    lea = make.customer()
    made = attendances.attend(Wish(1, 1, lea.id), by=OWNER, now=then - timedelta(days=1))
    attendances.set_no_show(made.id, True, by=OWNER, now=datetime.now(UTC))
    page = owner.get(f"/admin/customers/{lea.id}")
    assert "Back course" in page.text and "1 booking, none to come, 1 no-show" in page.text


def test_it_takes_somebody_off_the_lists(owner, studio):
    one = make.customer(name="Ines Carvalho")
    owner.get(f"/admin/customers/{one.id}/edit")
    owner.submit("Save", {"On the lists": False})
    assert "Ines Carvalho" not in owner.get("/admin/customers").text
    assert "Ines Carvalho" in owner.get("/admin/customers", show="hidden").text


def test_it_pages_a_long_list_and_hands_out_all_of_it(owner):
    for number in range(30):
        make.customer(name=f"Customer {number:02}")
    assert "1 to 25 of 30" in owner.get("/admin/customers").text
    assert "26 to 30 of 30" in owner.get("/admin/customers", page=2).text
    assert "26 to 30 of 30" in owner.get("/admin/customers", page=99).text
    assert len(owner.get("/admin/customers/export").file.splitlines()) == 31
    assert len(owner.get("/admin/customers/export", q="Customer 07").file.splitlines()) == 2


def test_an_employee_sees_to_them_in_the_panel_by_permission(anna, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    studio.booked(studio.ben, "Ines Carvalho", days=1)
    assert "Ines Carvalho" in anna.get("/panel/customers").text
    assert "1 booking" in anna.get("/panel/customers/1").text
    assert "Nothing booked yet" in anna.get("/panel/customers/2").text
    assert "Erase" not in anna.page.text
    assert "Customers" in anna.get("/panel/").region("Main").text


@pytest.mark.parametrize("page", ["", "/1", "/new", "/export", "/merge", "/import"])
def test_without_it_nobody_is_shown(visitor, studio, page):
    make.customer()
    visitor.enter("carla@panel.test")
    assert visitor.get(f"/panel/customers{page}").status == 403
    assert "Customers" not in visitor.get("/panel/").region("Main").text


def test_the_owner_hands_out_and_erases_one_persons_data(owner, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=1)
    found = json.loads(owner.get("/admin/customers/1/data").file)
    assert found["customer"]["name"] == "Ines Carvalho" and len(found["appointments"]) == 1
    page = owner.get("/admin/customers/1/erase")
    assert "1 appointment to come is cancelled." in page.text
    assert owner.submit("Erase").path == "/admin/customers/"
    page = owner.get("/admin/customers/1")
    assert page.heading == "Erased customer" and "Erased on" in page.text


@pytest.mark.parametrize("page", ["data", "erase"])
def test_nobody_else_does(visitor, studio, page):
    make.customer()
    visitor.enter("mia@panel.test")
    assert visitor.get(f"/admin/customers/1/{page}").status == 403
