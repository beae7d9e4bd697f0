"""A group appointment and its one copy, which names everybody who comes."""

import pytest

from panel.db.base import db
from panel.db.tables import Service
from panel.services import bookings
from tests.services.correspondence import written


@pytest.fixture
def group(linked):
    """Lea has booked a group of four that takes place from two persons on."""
    linked.change(db.session.get_one(Service, linked.massage.id), capacity=4, least=2)
    linked.first = linked.book_at("10:00")
    linked.agree()
    return linked


def names(office) -> list[str]:
    office.agree()
    body = office.copy()["body"]["content"]
    return [name for name in ("Lea Roth", "Ines Carvalho (2 persons)") if name in body]


def join(office):
    return office.book_at("10:00", customer_id=office.ines.id, persons=2)


def cancel(office, booking_id):
    bookings.cancel_booking(booking_id, by=office.me, now=office.now())


def test_a_group_that_is_too_small_is_not_in_outlook(group):
    assert group.there() == []


def test_it_is_there_with_all_who_come(group):
    join(group)
    assert names(group) == ["Lea Roth", "Ines Carvalho (2 persons)"]


def test_the_copy_follows_who_leaves_and_who_comes(group):
    join(group)
    group.agree()
    cancel(group, group.bookings(group.first)[0])
    assert names(group) == ["Ines Carvalho (2 persons)"]
    group.book_at("10:00")
    assert names(group) == ["Lea Roth", "Ines Carvalho (2 persons)"]


def test_the_copy_goes_with_the_last_booking(group):
    join(group)
    group.agree()
    for one in group.bookings(group.first):
        cancel(group, one)
    group.agree()
    assert group.there() == []


def test_deleted_in_outlook_the_whole_group_is_cancelled_and_each_told(group):
    join(group)
    group.settings(on_delete="cancel")
    group.agree()
    group.sandbox.delete_event(group.upn, group.copy()["id"])
    group.agree()
    group.forward(minutes=16)
    group.agree()
    assert group.appointment(group.first).status == "cancelled"
    told = {one.to_address for one in written(kind="customer_cancelled")}
    assert told == {"lea@example.test", "ines@example.test"}


def test_moved_in_outlook_the_whole_group_moves(group):
    join(group)
    group.agree()
    group.move_there(group.copy(), "14:00", "15:00")
    group.agree()
    assert (group.starts(group.first), group.open_questions()) == ("14:00", 0)
