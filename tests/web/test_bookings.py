"""A group appointment: its customers, one by one."""

import pytest

from panel.db.base import db, writing
from panel.db.tables import Booking, Service
from tests import make
from tests.web.studio import Studio


@pytest.fixture
def studio(house):
    studio = Studio()
    with writing() as session:
        session.get_one(Service, studio.massage.id).capacity = 4
    return studio


@pytest.fixture
def group(studio):
    """Ines has booked one of four places with Anna."""
    row = studio.booked(studio.anna, "Ines Carvalho", days=2)
    with writing() as session:
        session.merge(row).places = 4
        booking = session.scalars(db.select(Booking)).one()
        booking.answers, booking.price = [["Which side?", "Left"]], 1600
    return row


@pytest.fixture
def anna(visitor, group):
    visitor.enter("anna@panel.test")
    visitor.get(f"/panel/appointments/{group.id}")
    return visitor


def add(visitor, name: str, **typed):
    visitor.get(next(t.attrs["href"] for t in visitor.page.all("a") if t.text == "Add a customer"))
    return visitor.submit("Add", {"Customer": name, **typed})


def test_it_says_who_comes_and_what_they_said(anna):
    assert anna.page.heading == "Sports massage, 1 of 4 places"
    for words in ("Ines Carvalho", "€16.00", "Which side?", "Left", "3 places are left."):
        assert words in anna.page.text


def test_it_adds_a_customer(anna):
    page = add(anna, "Oliver Penn", persons="2")
    assert page.heading == "Sports massage, 3 of 4 places"
    assert "2 persons" in page.text and "Another customer" in page.text


def test_it_says_how_many_places_are_left_and_adds_anyway(anna):
    page = add(anna, "Oliver Penn", persons="4")
    assert "has only 3 places left" in page.text
    assert anna.submit("Add anyway").heading == "Sports massage, 5 of 4 places"


def test_more_may_come_with_somebody(anna):
    named = [t for t in anna.page.all("a") if "aria-label" in t.attrs]
    link = next(t for t in named if t.attrs["aria-label"] == "Edit the booking of Ines Carvalho")
    anna.get(link.attrs["href"])
    page = anna.submit("Save", {"persons": "3"})
    assert page.heading == "Sports massage, 3 of 4 places" and "€48.00" in page.text


def test_one_booking_is_cancelled_and_the_others_stay(anna):
    add(anna, "Oliver Penn")
    page = anna.submit("Cancel booking of Ines Carvalho")
    assert page.heading == "Cancel the booking of Ines Carvalho?"
    page = anna.submit("Cancel booking")
    assert page.heading == "Sports massage, 1 of 4 places"
    assert "Cancelled" in page.text and "Approved" in page.text


def test_one_is_rejected_where_approval_waits(anna):
    with writing() as session:
        session.scalars(db.select(Booking)).one().status = "pending"
    anna.get(anna.page.path)
    page = anna.submit("Reject: Ines Carvalho")
    assert "Rejected" in page.text and page.heading == "Sports massage, 0 of 4 places"


def test_the_staff_note_of_a_group_is_changed_alone(anna):
    anna.get(f"{anna.page.path}/edit")
    page = anna.submit("Save", {"staff_note": "Bring mats"})
    assert "Bring mats" in page.text


def test_who_may_only_look_changes_nobody(visitor, studio):
    row = studio.booked(studio.carla, "Ines Carvalho", days=2)
    visitor.enter("carla@panel.test")
    visitor.get(f"/panel/appointments/{row.id}")
    page = visitor.post(f"/panel/appointments/{row.id}/bookings/1/cancel")
    assert page.status == 403


def test_a_booking_of_another_appointment_is_not_there(anna, studio):
    other = make.appointment(of=studio.anna, starts=make.THEN)
    assert anna.get(f"/panel/appointments/{other.id}/bookings/1").status == 404
    assert anna.post(f"/panel/appointments/{other.id}/bookings/1/dance").status == 404
