"""Who attends an event: added, changed, cancelled, written out."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import writing
from panel.domain.people import visitor as a_visitor
from panel.services import attendances
from panel.services.attendances import Wish
from tests import make
from tests.web.studio import NEXT_WEEK, Studio

WORKSHOP = {"Name": "Back care workshop", "Places": "2", "Most places at once": "2",
            "Keep a waiting list": True, "price": "45", "Date": NEXT_WEEK,
            "Time": "18:00", "Minutes": "90"}  # fmt: skip


@pytest.fixture
def studio(house):
    return Studio()


@pytest.fixture
def anna(visitor, studio):
    """Signed in at the page of her workshop with two places."""
    visitor.enter("anna@panel.test")
    visitor.get("/panel/events/new")
    visitor.path = visitor.submit("Save", {**WORKSHOP, "Ben Ode": True}).path
    return visitor


def add(who, name="Lea Roth", **typed):
    who.get(f"{who.path}/attendances/new")
    return who.submit("Add", {"Customer": name, **typed})


def book_as_guest(name="Lea Roth", places=1):
    one = make.customer(name=name)
    wish = Wish(1, 1, one.id, places)
    return attendances.attend(wish, by=a_visitor(name), now=datetime.now(UTC))


def test_it_says_how_full_it_is_and_who_comes(anna):
    page = add(anna, email="lea@example.com", places="1")
    assert "1 of 2 places" in page.text and "lea@example.com" in page.text
    assert "Places booked by Anna Berg" in page.text
    assert "1 of 2 places" in anna.get("/panel/events").text


def test_who_finds_no_place_goes_on_the_waiting_list(anna):
    add(anna, Places="2")
    page = add(anna, "Tom Hale")
    assert "2 of 2 places, 1 waiting" in page.text


def test_a_rule_is_passed_only_knowingly(anna):
    anna.get(f"{anna.path}/edit")
    anna.submit("Save", {"Most places at once": "1"})
    assert "One booking takes at most 1 place." in add(anna, Places="2").text
    assert "2 of 2 places" in anna.submit("Book anyway").text


def test_places_change_and_are_given_back(anna):
    add(anna)
    anna.get(f"{anna.path}/attendances/1")
    assert "2 of 2 places" in anna.submit("Save", {"Places": "2"}).text
    assert "90.00" in anna.get(f"{anna.path}/attendances/1").text
    anna.submit("Cancel booking")
    page = anna.submit("Cancel booking")
    assert "0 of 2 places" in page.text and "Cancelled" in page.text


def test_an_offer_can_be_taken_up_for_the_customer(anna):
    add(anna, Places="2")
    book_as_guest("Tom Hale")
    anna.get(f"{anna.path}/attendances/1/cancel")
    assert "Offered until" in anna.submit("Cancel booking").text
    assert "Offer accepted by Anna Berg" in anna.submit("Book for them, Tom Hale").text


def test_what_has_not_begun_has_no_no_shows(anna):
    add(anna)
    anna.get(f"{anna.path}/attendances/1")
    assert "not begun" in anna.submit("No-show").text


def test_it_is_written_out_as_csv(anna):
    add(anna, "=Tom", phone="+49 171")
    file = anna.get(f"{anna.path}/attendances/export").file
    heads, line = file.decode("utf-8-sig").splitlines()
    assert heads.startswith("Name,Email,Phone,Places") and line.startswith("'=Tom,,'+49 171,1")


def test_staff_see_to_it_and_others_find_nothing(anna):
    path = anna.path
    anna.submit("Sign out")
    anna.enter("ben@panel.test")
    assert "1 of 2 places" in add(anna).text
    anna.submit("Sign out")
    anna.enter("carla@panel.test")
    assert anna.get(f"{path}/attendances/1").status == 404
    assert anna.get(f"{path}/attendances/export").status == 404


def test_without_the_permission_one_only_looks(anna, studio):
    add(anna)
    with writing() as session:
        session.get(make.tables.Employee, studio.ben.id).permissions = []
    anna.submit("Sign out")
    anna.enter("ben@panel.test")
    page = anna.get(anna.path)
    assert "Lea Roth" in page.text and "Add somebody" not in page.text
    assert anna.get(f"{anna.path}/attendances/new").status == 403


def test_the_owner_sees_to_everybodys(anna):
    anna.submit("Sign out")
    anna.enter("owner@panel.test")
    anna.path = "/admin/events/1"
    assert add(anna).path == "/admin/events/1"
    assert "1 of 2 places" in anna.get("/admin/events").text


def test_a_form_sent_twice_adds_once(anna):
    anna.get(f"{anna.path}/attendances/new")
    form, kept = {"Customer": "Lea Roth"}, anna.page
    anna.submit("Add", form)
    anna.page = kept
    assert "1 of 2 places" in anna.submit("Add", form).text


def test_dates_repeat_after_a_look_at_what_is_in_the_way(anna, studio):
    studio.booked(studio.anna, "Ines Carvalho", days=21, hour=17)
    page = anna.get(f"{anna.path}/dates/repeat", step="1", unit="week", ends="times", times="3",
                    date=f"{datetime.now(UTC) + timedelta(days=14):%Y-%m-%d}", time="18:00",
                    minutes="90")  # fmt: skip
    assert "3 dates" in page.text and "2 are free." in page.text and "Ines Carvalho" in page.text
    page = anna.submit("Add the ticked dates")
    assert page.path == anna.path and "3 dates" in page.text


def test_a_new_event_can_go_on_to_more_dates(visitor, studio):
    visitor.enter("anna@panel.test")
    visitor.get("/panel/events/new")
    page = visitor.submit("Save and repeat", WORKSHOP)
    assert page.heading == "Repeat" and page.path.endswith("/dates/repeat")


def test_what_makes_no_dates_is_said(anna):
    page = anna.get(f"{anna.path}/dates/repeat", step="1", unit="week", ends="until",
                    date="2027-01-05", time="18:00", minutes="90")  # fmt: skip
    assert "until when, or how many times" in page.text
    page = anna.get(f"{anna.path}/dates/repeat", step="x", unit="week")
    assert page.status == 200 and "Add the ticked dates" not in page.buttons()
