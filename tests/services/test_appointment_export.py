"""Appointments as a table."""

import pytest

from panel.db.base import db
from panel.db.tables import Service
from panel.services import appointment_export, categories, offers
from panel.services.appointment_export import HEADS
from panel.services.appointment_lists import Filter
from tests.services.studio import NOON, OWNER

TEN = "2026-11-26T10:00"


def table(wanted=None, by=OWNER) -> list[dict]:
    found = appointment_export.lines(by, wanted or Filter(), now=NOON)
    return [dict(zip(HEADS, line, strict=True)) for line in found]


def test_a_line_says_all_about_a_booking(studio):
    under = categories.create("Body", by=OWNER).id
    offer = offers.Offer("Massage", 60, price=5850, category_id=under)
    offers.edit(studio.massage.id, offer, by=OWNER, now=NOON)
    booked = studio.book(TEN, note="Hello", staff_note="Rang", answers=(("Side?", "Left"),))
    (line,) = table()
    assert line == {
        "Reference": booked.reference, "Starts": TEN, "Ends": "2026-11-26T11:00",
        "Zone": "Europe/Berlin", "State": "approved", "Service": "Massage", "Category": "Body",
        "Employee": "Anna Berg", "Customer": "Lea Roth", "Email": "lea@example.test",
        "Phone": "", "Persons": 1, "State of the booking": "approved", "Price": "58.50",
        "Currency": "EUR", "Their note": "Hello", "Answers": "Side?: Left",
        "Internal note": "Rang", "Booked at": "2026-11-25T13:00", "Booked by": "Ruth Linden",
    }  # fmt: skip


def test_a_group_has_a_line_for_each_customer(studio):
    studio.change(db.session.get_one(Service, studio.massage.id), capacity=3)
    studio.book(TEN)
    studio.book(TEN, customer_id=studio.ines.id, persons=2)
    found = [(line["Customer"], line["Persons"]) for line in table()]
    assert found == [("Lea Roth", 1), ("Ines Carvalho", 2)]


def test_it_keeps_the_filters_and_the_order_of_the_list(studio):
    studio.book("2026-11-27T10:00")
    studio.book(TEN)
    studio.book("2026-11-26T14:00", customer_id=studio.ines.id)
    found = table(Filter(search="Lea"))
    assert [line["Starts"] for line in found] == [TEN, "2026-11-27T10:00"]


def test_an_employee_reads_no_more_than_their_own(studio):
    studio.book(TEN, employee_id=studio.ben.id)
    assert table(by=studio.actor(studio.anna)) == []
    assert len(table(Filter(employee_id=studio.anna.id), by=studio.actor(studio.ben))) == 1


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_it_is_read_in_parts_and_none_is_lost(studio, monkeypatch, at_once):
    monkeypatch.setattr(appointment_export, "AT_ONCE", at_once)
    times = [f"2026-11-{day}T10:00" for day in (26, 27, 30)]
    for one in times:
        studio.book(one)
    assert [line["Starts"] for line in table()] == times
