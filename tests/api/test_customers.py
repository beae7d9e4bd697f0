"""A site that writes down customers and changes them."""

import pytest

from panel.db.base import db
from panel.db.tables import Appointment, Customer

NEW = {"name": "Tom Wolf", "email": "Tom@example.test"}


def test_it_writes_down_a_customer(site):
    answer = site.post("/customers", NEW)
    assert answer.status_code == 201
    assert answer.json["email"] == "tom@example.test" and answer.json["active"]
    assert site.get(answer.headers["Location"]).json == answer.json


def test_it_changes_what_was_sent_and_nothing_else(site, studio):
    told = site.patch(f"/customers/{studio.lea.id}", {"phone": "+49 30 1"}).json
    assert (told["name"], told["email"], told["phone"]) == (
        "Lea Roth", "lea@example.test", "+49 30 1",
    )  # fmt: skip


def test_copies_of_upcoming_appointments_follow(site, studio):
    booked = site.book().json
    site.patch(f"/customers/{studio.lea.id}", {"name": "Lea Roth-Berg"})
    db.session.rollback()
    assert db.session.get(Appointment, booked["id"]).revision == 2


def test_it_takes_a_customer_off_the_lists_and_keeps_them(site, studio):
    place = f"/customers/{studio.lea.id}"
    assert site.delete(place).json["active"] is False
    assert site.get(place).json["active"] is False
    assert [one["name"] for one in site.get("/customers").json["items"]] == ["Ines Carvalho"]


def test_who_books_again_is_back(site, studio):
    site.delete(f"/customers/{studio.lea.id}")
    assert site.book().status_code == 201
    assert site.get(f"/customers/{studio.lea.id}").json["active"] is True


def test_a_phone_that_was_missing_is_kept(site, studio):
    site.book(customer={"name": "Ines", "email": "ines@example.test", "phone": "+49 40 2"})
    assert db.session.get(Customer, studio.ines.id, populate_existing=True).phone == "+49 40 2"


@pytest.mark.parametrize(
    "body, field, sentence",
    [
        ({}, "name", "Give this."),
        ({"name": " "}, "name", "Give the customer a name."),
        ({"name": None}, "name", "Give a value, or leave it out."),
        ({**NEW, "email": "nowhere"}, "email", "Write the address like name@example.com."),
        ({**NEW, "note": "x" * 2001}, "note", "Give at most 2000 characters."),
        ({**NEW, "active": False}, "active", "There is no such field."),
    ],
)
def test_it_names_the_field_at_fault(site, body, field, sentence):
    answer = site.post("/customers", body)
    assert (answer.status_code, answer.json["errors"]) == (422, {field: [sentence]})


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_it_knows_no_such_customer(site, method):
    answer = site.ask(method, "/customers/404", json={} if method == "PATCH" else None)
    assert (answer.status_code, answer.json["detail"]) == (404, "There is no such customer.")
