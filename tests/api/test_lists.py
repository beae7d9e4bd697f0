"""Lists of appointments and customers: narrowed, and a stretch at a time."""

import pytest

from panel.db.base import db
from panel.db.tables import Service
from tests import make
from tests.api.program import LEA

NINE, TEN, ELEVEN = (f"2026-11-26T{hour}:00:00+01:00" for hour in ("09", "10", "11"))
TOM = {"name": "Tom Wolf", "email": "tom@example.test", "phone": ""}


def starts(answer) -> list[str]:
    return [one["starts_at"] for one in answer.json["items"]]


@pytest.fixture
def booked(site, studio):
    """Three appointments: Lea at nine with Anna, Tom at ten with Ben, Lea at eleven, cancelled."""
    site.book(starts_at=NINE)
    site.book(starts_at=TEN, employee_id=studio.ben.id, customer=TOM)
    last = site.book(starts_at=ELEVEN, status="pending").json
    site.delete(f"/appointments/{last['id']}")
    return last


def test_it_lists_appointments_by_their_start(site, booked):
    answer = site.get("/appointments")
    assert starts(answer) == [NINE, TEN, ELEVEN]
    assert answer.json["next"] is None


def test_it_goes_on_where_it_ended(site, booked):
    first = site.get("/appointments", limit=2, search="example.test")
    assert starts(first) == [NINE, TEN]
    rest = site.get(first.json["next"])
    assert starts(rest) == [ELEVEN] and rest.json["next"] is None


def test_equal_starts_are_told_apart(site, studio):
    ids = [site.book(employee_id=one.id).json["id"] for one in (studio.anna, studio.ben)]
    first = site.get("/appointments", limit=1).json
    rest = site.get(first["next"]).json
    assert [one["id"] for one in first["items"] + rest["items"]] == ids


@pytest.mark.parametrize(
    "query, found",
    [
        ({"status": "cancelled"}, [ELEVEN]),
        ({"search": "wolf"}, [TEN]),
        ({"search": "lea nobody"}, []),
        ({"from": "2026-11-26", "to": "2026-11-26"}, [NINE, TEN, ELEVEN]),
        ({"from": "2026-11-27"}, []),
        ({"to": "2026-11-25"}, []),
    ],
)
def test_it_narrows_appointments(site, booked, query, found):
    assert starts(site.get("/appointments", **query)) == found


def test_it_narrows_appointments_to_people_and_services(site, studio, booked):
    customer = booked["bookings"][0]["customer"]["id"]
    assert starts(site.get("/appointments", employee=studio.ben.id)) == [TEN]
    assert starts(site.get("/appointments", customer=customer)) == [NINE, ELEVEN]
    assert starts(site.get("/appointments", service=studio.massage.id + 1)) == []


def test_it_finds_an_appointment_by_its_reference(site, booked):
    assert starts(site.get("/appointments", search=booked["reference"])) == [ELEVEN]
    assert starts(site.get("/appointments", search=f"\0{booked['reference']}")) == [ELEVEN]


@pytest.mark.parametrize(
    "query, field",
    [
        ({"cursor": "MSwy"}, ""), ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LDE"}, "cursor"), ({"cursor": "MQ"}, "cursor"),
        ({"limit": 0}, "limit"), ({"limit": "many"}, "limit"), ({"employee": 2**40}, "employee"),
        ({"from": "9999-12-31"}, "from"), ({"from": "20261126"}, "from"),
        ({"status": "lost"}, "status"), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_it_says_what_it_cannot_narrow_by(site, query, field):
    answer = site.get("/appointments", **query)
    assert list(answer.json.get("errors", [""])) == [field]
    assert answer.status_code == (422 if field else 200)


def test_it_lists_customers_in_the_order_they_came(site, studio):
    first = site.get("/customers", limit=1).json
    assert [one["name"] for one in first["items"]] == ["Lea Roth"]
    rest = site.get(first["next"]).json
    assert [one["name"] for one in rest["items"]] == ["Ines Carvalho"] and rest["next"] is None


def test_it_finds_customers_by_words(site):
    assert [one["email"] for one in site.get("/customers", search="LEA example").json["items"]] == [
        LEA["email"]
    ]


def test_it_lists_what_can_be_booked(stranger, studio):
    category = make.save(make.tables.Category(name="Wellness"))
    make.service(name="Hot stones", price=4950, category_id=category.id)
    make.service(name="Secret", shown=False)
    make.service(name="Gone", active=False)
    found = stranger.get("/services").json
    assert [one["name"] for one in found["items"]] == ["Hot stones", "Sports massage"]
    assert found["items"][0] | {"id": 0} == {
        "id": 0, "name": "Hot stones", "category": "Wellness", "duration_minutes": 60,
        "price": 49.5, "currency": "EUR",
    }  # fmt: skip
    assert found["items"][1]["price"] is None and found["next"] is None


def test_it_lists_who_can_be_booked_and_nothing_personal(stranger, studio):
    make.employee(name="Hidden", shown=False)
    studio.change(studio.ben, active=False)
    answer = stranger.get("/employees")
    assert answer.json["items"] == [
        {"id": studio.anna.id, "name": "Anna Berg", "service_ids": [studio.massage.id]}
    ]


def test_what_an_employee_offers_in_secret_is_not_told(stranger, studio):
    studio.change(db.session.get(Service, studio.massage.id), shown=False)
    assert [one["service_ids"] for one in stranger.get("/employees").json["items"]] == [[], []]
