"""Events on the public pages: found, booked, waited for."""

from datetime import UTC, datetime

import pytest

from panel.db.base import db
from panel.db.tables import Attendance, Customer
from tests import make
from tests.web.book.workshop import LEA, TOM, Workshop, statuses


def test_the_front_page_lists_what_can_be_booked(workshop):
    page = workshop.visitor.get("/book")
    link = next(tag for tag in page.all("a") if tag.attrs["href"] == workshop.path)
    for words in ("Back care workshop", "18:00", "1 more date", "2 places left", "45.00"):
        assert words in link.text
    workshop.book(places=2)
    assert "2 places left" in workshop.visitor.get("/book").text
    workshop.book(places=2, date=1)
    assert "Waiting list" in workshop.visitor.get("/book").text


@pytest.mark.parametrize(
    "change",
    [
        {"shown": False}, {"status": "cancelled"}, {"closes_minutes": 30 * 1440},
        {"opens_at": datetime(2999, 1, 1, tzinfo=UTC)}, {"capacity": 0, "waiting_list": False},
    ],
)  # fmt: skip
def test_the_front_page_leaves_out_what_cannot_be_had(workshop, change):
    workshop.change(**change)
    assert "Back care workshop" not in workshop.visitor.get("/book").text


def test_a_link_to_one_employee_shows_no_events(workshop):
    make.save(make.tables.Category(name="Movement", position=1))
    page = workshop.visitor.get("/book", employee=999)
    assert "Back care workshop" not in page.text


def test_its_page_says_what_it_is_and_what_is_left(workshop):
    workshop.book(places=1)
    page = workshop.visitor.get(workshop.path)
    assert page.heading == "Back care workshop"
    for words in ("Bring a mat.", "Ben Ode", "18:00–19:30", "1 place left", "2 places left"):
        assert words in page.text
    page = workshop.visitor.submit("Continue", {"date": workshop.dates[1], "Places": 2})
    assert page.heading == "Your details"
    assert page.buttons() == [next(one for one in page.buttons() if one.startswith("Book 2 pl"))]


@pytest.mark.parametrize(
    "change, said",
    [
        ({"opens_at": datetime(2999, 1, 1, 9, tzinfo=UTC)}, "Booking opens on Tue 1 Jan 2999"),
        ({"closes_minutes": 30 * 1440}, "Booking is closed"),
        ({"capacity": 0}, "Full, with a waiting list"),
        ({"capacity": 0, "waiting_list": False}, "Full"),
    ],
)
def test_a_date_that_cannot_be_booked_says_why(workshop, change, said):
    workshop.change(**change)
    spans = workshop.visitor.get(workshop.path).all("span")
    notes = [tag.text for tag in spans if tag.attrs.get("class") == "choice-note"]
    assert notes and all(one.startswith(said) for one in notes)
    assert (said in workshop.details().text) == said.startswith("Booking")


def test_places_are_booked(workshop):
    page = workshop.book(places=2)
    assert page.heading == "You are booked, Lea"
    assert "90.00" in page.text and "18:00–19:30" in page.text
    assert statuses() == ["booked"]


def test_a_whole_event_is_booked_with_all_its_dates(shop):
    workshop = Workshop(shop, whole=True)
    page = workshop.visitor.get(workshop.path)
    assert page.text.count("18:00–19:30") == 2
    workshop.visitor.submit("Continue", {"Places": 2})
    page = workshop.visitor.submit("Book 2 places for all dates", LEA)
    assert page.heading == "You are booked, Lea" and page.text.count("18:00–19:30") == 3


def test_a_form_sent_twice_attends_once(workshop):
    button = workshop.details(places=2).buttons()[0]
    form = workshop.visitor.page
    first = workshop.visitor.submit(button, LEA)
    workshop.visitor.page = form
    assert workshop.visitor.submit(button, LEA).path == first.path
    assert statuses() == ["booked"]


def test_who_comes_late_waits_only_if_they_want_to(workshop):
    button = workshop.details(places=2).buttons()[0]
    form = workshop.visitor.page
    workshop.book()
    workshop.visitor.page = form
    page = workshop.visitor.submit(button, TOM)
    assert "Somebody else has just booked these places." in page.text
    assert "Only 1 place left." in page.text
    assert statuses() == ["booked"]
    page = workshop.visitor.submit("Join the waiting list")
    assert page.heading == "You are on the waiting list, Tom"
    assert statuses() == ["booked", "waiting"]


@pytest.mark.parametrize("way, said", [(0, "Book 1 place for"), (1, "Book 2 places for")])
def test_without_a_waiting_list_fewer_or_another_date_is_one_press_away(workshop, way, said):
    workshop.change(waiting_list=False)
    button = workshop.details(places=2).buttons()[0]
    form = workshop.visitor.page
    workshop.book()
    workshop.visitor.page = form
    ways = workshop.visitor.submit(button, TOM).buttons()
    assert len(ways) == 2 and ways[way].startswith(said)
    assert workshop.visitor.submit(ways[way]).heading == "You are booked, Tom"


def test_where_all_is_full_it_says_so_and_asks_nothing(shop):
    workshop = Workshop(shop, whole=True, waiting_list=False)
    workshop.book(places=2, date=None)
    page = workshop.details(date=None)
    assert "All places are taken." in page.text
    assert page.buttons() == []


def test_more_than_one_booking_takes_is_refused(workshop):
    page = workshop.details(places=3)
    assert "One booking takes at most 2 places." in page.text


def test_it_says_what_is_to_be_put_right_and_keeps_what_was_typed(workshop):
    page = workshop.book({"Name": "Lea", "Email": "lea@example"})
    assert "Write the address like name@example.com." in page.text
    assert next(t for t in page.all("input") if t.attrs["name"] == "name").attrs["value"] == "Lea"
    assert db.session.query(Customer).count() == 0


def test_a_machine_that_fills_in_everything_books_nothing(workshop):
    page = workshop.book({**LEA, "website": "http://spam.example"})
    assert "This was not sent." in page.text
    assert statuses() == []


def test_too_many_from_one_place_must_wait(app, shop, workshop):
    app.config["RATE_LIMITS"] = True
    shop.rules(bookings_per_hour=1)
    workshop.book()
    assert workshop.book(TOM).status == 429


def test_another_name_than_the_known_one_stands_with_the_booking(workshop):
    make.customer(name="Lea Roth", email="lea@example.test")
    workshop.book({**LEA, "Name": "L. Roth"})
    assert db.session.query(Attendance).one().answers == [["Name", "L. Roth"]]


@pytest.mark.parametrize("query", [{}, {"date": "x"}, {"date": "999"}, {"places": "-1"}])
def test_without_a_date_it_leads_back_to_the_dates(workshop, query):
    page = workshop.visitor.get(f"{workshop.path}/details", **query)
    assert (page.status, page.path) == (200, workshop.path)


def test_the_list_is_in_the_zone_that_the_visitor_names_and_hands_it_on(workshop):
    page = workshop.visitor.get("/book", zone="America/New_York")
    assert "Times are in America/New_York" in page.text and "18:00" not in page.text
    offers = [tag.attrs["href"] for tag in page.all("a") if tag.attrs.get("class") == "offer"]
    assert len(offers) > 1 and all("zone=America/New_York" in href for href in offers)


def test_times_are_those_of_the_zone_that_the_visitor_names(workshop):
    page = workshop.visitor.get(workshop.path, zone="America/New_York")
    assert "Times are in America/New_York" in page.text and "18:00" not in page.text
    workshop.visitor.submit("Continue")
    page = workshop.visitor.submit(workshop.visitor.page.buttons()[0], LEA)
    assert "America/New_York" in page.text and "18:00" not in page.text


@pytest.mark.parametrize("event", ["0", "99999999", "2147483648", "1"])
def test_an_event_that_is_not_there_is_said_to_be_none(workshop, event):
    workshop.change(shown=False)
    assert workshop.visitor.get(f"/book/events/{event}").status == 404
    assert workshop.visitor.get(f"/book/events/{event}/details").status == 404
