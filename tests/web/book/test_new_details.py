"""Saying who comes, and being booked."""

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment, Booking, Customer, Service, ServiceQuestion
from panel.domain.open_hours import instant_of
from tests import make


def appointments() -> list[Appointment]:
    fresh()
    return db.session.query(Appointment).all()


def test_one_is_booked_and_lands_on_ones_visit(shop):
    page = shop.book()
    assert page.heading == "You are booked, Nora"
    assert "Sports massage, 60 minutes" in page.text and "10:00–11:00" in page.text
    assert len(appointments()) == 1


def test_it_says_what_is_to_be_put_right_and_keeps_what_was_typed(shop):
    shop.details()
    page = shop.visitor.submit(shop.button(), {"Name": "Nora", "Email": "nora@example"})
    assert "Write the address like name@example.com." in page.text
    assert next(t for t in page.all("input") if t.attrs["name"] == "name").attrs["value"] == "Nora"
    assert appointments() == []


def test_the_same_form_sent_twice_books_once(shop):
    shop.details()
    form, typed = shop.visitor.page, {"Name": "Nora Lund", "Email": "nora@example.test"}
    first = shop.visitor.submit(shop.button(), typed)
    shop.visitor.page = form
    second = shop.visitor.submit(shop.button(), typed)
    assert first.path == second.path
    assert len(appointments()) == 1


def test_a_time_that_has_gone_offers_the_next_ones_with_one_press(shop):
    shop.details(employee=shop.anna.id)
    shop.booked(shop.anna, "Ines Carvalho", days=3, hour=9)
    starts = shop.at("10:00")
    taken = db.session.query(Appointment).one()
    shop.details(employee=shop.anna.id)
    with writing() as session:
        row = session.get_one(Appointment, taken.id)
        row.starts, row.ends = instant_of(starts), instant_of(starts + 60)
    page = shop.visitor.submit(shop.button(), {"Name": "Nora", "Email": "nora@example.test"})
    assert "Somebody else has just booked 10:00." in page.text
    page = shop.visitor.submit(page.buttons()[0])
    assert page.heading == "You are booked, Nora"


def ask(shop, label, kind, **more):
    make.save(ServiceQuestion(service_id=shop.massage.id, label=label, kind=kind, **more))


def test_its_own_questions_are_asked_and_answered(shop):
    ask(shop, "How did you hear of us", "text")
    ask(shop, "Which knee", "choice", options=["Left", "Right"])
    ask(shop, "I have read the notes", "tick", required=True)
    shop.details()
    typed = {"Name": "Nora", "Email": "nora@example.test", "Which knee optional": "Left"}
    page = shop.visitor.submit(shop.button(), typed)
    assert "Tick this to go on." in page.text
    shop.visitor.submit(shop.button(), {"I have read the notes": True})
    fresh()
    answers = db.session.query(Booking).one().answers
    assert answers == [["Which knee", "Left"], ["I have read the notes", "Yes"]]


def test_a_machine_that_fills_in_everything_books_nothing(shop):
    shop.details()
    typed = {"Name": "Nora", "Email": "nora@example.test", "website": "http://spam.example"}
    page = shop.visitor.submit(shop.button(), typed)
    assert "This was not sent." in page.text
    assert appointments() == []


def test_too_many_from_one_place_must_wait(app, shop):
    app.config["RATE_LIMITS"] = True
    shop.rules(bookings_per_hour=1)
    shop.book("10:00")
    page = shop.book("12:00", name="Otto Lund")
    assert page.status == 429
    assert "Wait 60 minutes" in page.text


def test_without_a_time_it_leads_back_to_the_times(shop):
    page = shop.visitor.get(f"/book/{shop.massage.id}/details")
    assert page.heading == "Choose a time"


def test_a_request_that_waits_for_approval_says_so(shop):
    shop.rules(default_status="pending")
    page = shop.book()
    assert page.heading == "We have your request, Nora"
    assert "not certain yet" in page.text


def test_several_come_to_a_group(shop):
    with writing() as session:
        session.get_one(Service, shop.massage.id).capacity = 4
    page = shop.book(persons=3)
    assert "3 persons" in page.text
    assert db.session.query(Customer).filter_by(name="Nora Lund").count() == 1


@pytest.mark.parametrize("name", ["<b>Nora</b>", "Nora\u202e\x00", "N" * 500])
def test_what_is_typed_is_only_text(shop, name):
    shop.details()
    page = shop.visitor.submit(shop.button(), {"Name": name, "Email": "nora@example.test"})
    assert page.status == 200
    assert "<b>Nora" not in page.html
