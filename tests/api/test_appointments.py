"""A site that books, moves, reassigns and cancels appointments."""

import pytest

from panel.db.base import db, writing
from panel.db.tables import Appointment, Customer
from panel.services import journal
from tests import make
from tests.api.program import LEA, TEN

TOM = {"name": "Tom Wolf", "email": "tom@example.test"}
MISSING = "/appointments/404"


def count(table) -> int:
    return db.session.query(table).count()


def offered(studio, service):
    """Let Anna offer a service."""
    with writing() as session:
        row = {"employee_id": studio.anna.id, "service_id": service.id}
        session.execute(make.tables.employee_services.insert(), row)
    return service


def test_it_books(site, studio):
    answer = site.book()
    told = answer.json
    assert answer.status_code == 201
    assert (told["starts_at"], told["ends_at"]) == (TEN, "2026-11-26T11:00:00+01:00")
    assert told["status"] == "approved" and told["employee_id"] == studio.anna.id
    assert told["outlook"] == {"state": "not_connected", "confirmed_at": None, "event_id": None}
    assert answer.headers["ETag"] == '"1"'


def test_it_tells_where_the_appointment_is(site):
    booked = site.book()
    assert site.get(booked.headers["Location"]).json == booked.json


def test_the_journal_names_the_program(site):
    booked = site.book().json
    assert [one.who for one in journal.about("appointment", booked["id"])] == ["Web site"]


def test_a_customer_is_known_by_their_address_in_capitals_or_not(site, studio):
    told = site.book(customer={**LEA, "email": "LEA@Example.TEST"}).json
    assert told["bookings"][0]["customer"]["id"] == studio.lea.id
    assert count(Customer) == 2


def test_a_new_customer_is_written_down(site):
    told = site.book(customer={"name": "Tom Wolf", "email": "Tom@example.test"}).json
    customer = told["bookings"][0]["customer"]
    assert (customer["name"], customer["email"]) == ("Tom Wolf", "tom@example.test")


def test_an_address_proves_no_name(site):
    told = site.book(customer={**LEA, "name": "Somebody Else"}).json
    assert told["bookings"][0]["customer"]["name"] == "Lea Roth"


def test_any_employee_is_one_who_is_free_and_has_the_fewest(site, studio):
    site.book(starts_at="2026-11-26T15:00:00+01:00")
    assert site.book(employee_id="any").json["employee_id"] == studio.ben.id
    assert site.book(employee_id="any").json["employee_id"] == studio.anna.id


def test_a_group_is_joined_until_it_is_full(site, studio):
    pilates = offered(studio, make.service(name="Pilates", capacity=3))
    first = site.book(service_id=pilates.id, persons=2).json
    second = site.book(service_id=pilates.id, customer=TOM).json
    assert second["id"] == first["id"] and (second["persons"], second["places"]) == (3, 3)
    assert [one["persons"] for one in second["bookings"]] == [2, 1]
    full = site.book(service_id=pilates.id, customer=TOM)
    assert (full.status_code, full.json["code"]) == (409, "slot_taken")


def test_a_group_is_cancelled_with_all_its_bookings(site, studio):
    pilates = offered(studio, make.service(name="Pilates", capacity=3))
    site.book(service_id=pilates.id)
    booked = site.book(service_id=pilates.id, customer=TOM).json
    told = site.delete(f"/appointments/{booked['id']}").json
    assert (told["status"], told["persons"]) == ("cancelled", 0)
    assert {one["status"] for one in told["bookings"]} == {"cancelled"}


def test_it_says_that_nobody_is_free(site):
    site.book(employee_id="any")
    site.book(employee_id="any")
    answer = site.book(employee_id="any")
    assert (answer.status_code, answer.json["code"]) == (409, "slot_taken")


def test_it_refuses_a_taken_time_in_a_sentence(site):
    site.book()
    answer = site.book(customer={"name": "Tom Wolf", "email": "tom@example.test"})
    assert answer.mimetype == "application/problem+json"
    assert (answer.status_code, answer.json["code"]) == (409, "slot_taken")
    assert answer.json["detail"].startswith("Somebody else has just booked")
    assert "Lea" not in answer.json["detail"]
    assert count(Customer) == 2


@pytest.mark.parametrize(
    "starts_at",
    [
        "2026-11-26T12:00:00+01:00",
        "2026-11-28T10:00:00+01:00",
        "2026-11-24T10:00:00Z",
        "2026-11-26T10:05:00+01:00",
        "2026-11-25T14:00:00+01:00",
        "2027-06-01T10:00:00+02:00",
    ],
)
def test_it_keeps_to_the_rules_unless_told_otherwise(site, starts_at):
    answer = site.book(starts_at=starts_at)
    assert (answer.status_code, answer.json["code"]) == (422, "not_bookable")
    assert site.book(starts_at=starts_at, anyway=True).status_code == 201


def test_it_does_not_book_what_is_not_offered(site):
    answer = site.book(service_id=make.service(name="Ice bath").id)
    assert (answer.status_code, answer.json["code"]) == (422, "not_bookable")
    assert answer.json["detail"] == "Anna Berg does not offer Ice bath."


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("starts_at", "2026-11-26T10:00:00", "Give a time with its offset"),
        ("starts_at", "2026-11-26T10:00:30+01:00", "Give whole minutes."),
        ("starts_at", "1999-12-31T10:00:00Z", "Give a time from 2000 to 2099."),
        ("service_id", "1", "Give a whole number."),
        ("service_id", 404, "There is no such service."),
        ("employee_id", 404, "There is no such employee."),
        ("employee_id", "some", 'Give the id of an employee, or "any".'),
        ("status", "completed", "Give one of: pending, approved."),
        ("anyway", "yes", "Give true or false."),
        ("colour", "red", "There is no such field."),
    ],
)
def test_it_names_the_field_at_fault(site, field, value, sentence):
    answer = site.book(**{field: value})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert answer.json["errors"][field][0].startswith(sentence)


def test_it_names_a_field_within_another(site):
    answer = site.book(customer={"name": "Lea\0", "email": "\ud800@example.test"})
    assert answer.json["errors"] == {
        "customer.name": ["Give text."], "customer.email": ["Give text."]
    }  # fmt: skip


def test_the_second_of_two_equal_wall_times_cannot_be_promised(site):
    answer = site.book(starts_at="2027-10-31T02:30:00+01:00", anyway=True)
    assert "happens twice that day" in answer.json["detail"]


def test_it_moves_reassigns_and_approves_at_once(site, studio):
    booked = site.book(status="pending").json
    wish = {
        "starts_at": "2026-11-27T13:00:00Z", "employee_id": studio.ben.id, "status": "approved",
    }  # fmt: skip
    told = site.patch(f"/appointments/{booked['id']}", wish).json
    assert (told["starts_at"], told["ends_at"]) == (
        "2026-11-27T14:00:00+01:00", "2026-11-27T15:00:00+01:00",
    )  # fmt: skip
    assert (told["employee_id"], told["status"]) == (studio.ben.id, "approved")
    kinds = [one.kind for one in journal.about("appointment", booked["id"])]
    assert kinds == ["approved", "moved", "reassigned", "booked"]


def test_nothing_changes_where_one_part_is_refused(site, studio):
    booked = site.book().json
    wish = {"starts_at": "2026-11-27T14:00:00+01:00", "status": "completed"}
    answer = site.patch(f"/appointments/{booked['id']}", wish)
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert site.get(f"/appointments/{booked['id']}").json == booked


def test_a_move_keeps_to_the_rules_unless_told_otherwise(site):
    place = f"/appointments/{site.book().json['id']}"
    wish = {"starts_at": "2026-11-28T10:00:00+01:00"}
    assert site.patch(place, wish).json["code"] == "not_bookable"
    assert site.patch(place, {**wish, "anyway": True}).json["starts_at"] == wish["starts_at"]


# Between two starts, too soon, too far ahead; it is one o'clock on a Wednesday in Berlin.
@pytest.mark.parametrize(
    "starts",
    ["2026-11-26T14:10:00+01:00", "2026-11-25T13:30:00+01:00", "2027-06-07T10:00:00+02:00"],
)
def test_a_move_goes_where_customers_could_go_unless_told_otherwise(site, starts):
    booked = site.book().json
    place = f"/appointments/{booked['id']}"
    refused = site.patch(place, {"starts_at": starts, "status": "cancelled"})
    assert (refused.status_code, refused.json["code"]) == (422, "not_bookable")
    assert refused.json["detail"].startswith("Customers are not offered this start")
    assert site.get(place).json == booked
    moved = site.patch(place, {"starts_at": starts, "anyway": True})
    assert moved.json["starts_at"] == starts


def test_it_moves_onto_its_own_time_too(site):
    place = f"/appointments/{site.book().json['id']}"
    wish = {"starts_at": "2026-11-26T10:15:00+01:00"}
    assert site.patch(place, wish).json["starts_at"] == wish["starts_at"]


def test_who_gives_it_may_change_at_any_notice(site, studio):
    booked = site.book(starts_at="2026-11-25T13:30:00+01:00", anyway=True).json
    told = site.patch(f"/appointments/{booked['id']}", {"employee_id": studio.ben.id}).json
    assert told["employee_id"] == studio.ben.id


def test_it_is_given_to_nobody_unknown(site):
    answer = site.patch(f"/appointments/{site.book().json['id']}", {"employee_id": 404})
    assert (answer.status_code, answer.json["errors"]) == (
        422, {"employee_id": ["There is no such employee."]},
    )  # fmt: skip


def test_what_is_so_already_is_no_change(site, studio):
    booked = site.book().json
    wish = {"starts_at": TEN, "employee_id": studio.anna.id, "status": "approved"}
    assert site.patch(f"/appointments/{booked['id']}", wish).json == booked


def test_it_cancels_once(site):
    place = f"/appointments/{site.book().json['id']}"
    told = site.delete(place).json
    assert told["status"] == "cancelled" and told["bookings"][0]["status"] == "cancelled"
    assert site.delete(place).json == told
    assert site.patch(place, {"status": "approved"}).json["code"] == "conflict"


def test_a_change_can_name_the_revision_it_was_made_for(site):
    booked = site.book()
    place = f"/appointments/{booked.json['id']}"
    moved = site.patch(
        place, {"starts_at": "2026-11-26T14:00:00+01:00"}, if_match=booked.headers["ETag"]
    )
    assert moved.headers["ETag"] == '"2"'
    late = site.delete(place, if_match=booked.headers["ETag"])
    assert (late.status_code, late.json["code"]) == (412, "conflict")
    assert site.delete(place, if_match="*").status_code == 200


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_it_knows_no_such_appointment(site, method):
    answer = site.ask(method, MISSING, json={} if method == "PATCH" else None)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_nothing_is_booked_where_it_is_refused(site):
    site.book(starts_at="2026-11-28T10:00:00+01:00")
    assert count(Appointment) == 0
