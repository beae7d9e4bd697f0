"""Who books."""

import pytest

from panel.db.base import db
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.services import customers
from tests.services.studio import NOON, OWNER


def test_a_customer_is_written_down(studio):
    made = customers.create("  Tom  Hale ", email="Tom@Example.com", phone="1", by=OWNER, now=NOON)
    assert (made.name, made.email, made.active) == ("Tom Hale", "tom@example.com", True)


def test_a_customer_needs_a_name_and_no_address(studio):
    assert customers.create("Tom Hale", by=OWNER, now=NOON).email == ""
    with pytest.raises(RuleBroken, match="Give the customer a name."):
        customers.create(" ", by=OWNER, now=NOON)


def test_who_may_book_may_also_write_down_whom(studio):
    for permission in ("appointments", "events"):
        customers.create("Tom Hale", by=studio.actor(studio.anna, permission), now=NOON)
    with pytest.raises(NotAllowed):
        customers.create("Tom Hale", by=studio.actor(studio.anna, "days_off"), now=NOON)


def test_only_with_the_permission_are_customers_changed(studio):
    with pytest.raises(NotAllowed, match="may not change customers"):
        customers.one(studio.lea.id, by=studio.actor(studio.anna, "appointments"))


def test_a_new_name_reaches_the_appointments_to_come(studio):
    booked = studio.book("2026-11-26T10:00")
    wish = {"name": "Lea Roth-May", "email": "", "phone": "", "note": ""}
    customers.edit(studio.lea.id, **wish, by=OWNER, now=NOON)
    db.session.expire_all()
    assert booked.revision == 2


@pytest.mark.parametrize("search", ["carvalho", "INES", "ines@ex", "ines carv"])
def test_it_finds_by_name_and_address(studio, search):
    assert [one.name for one in customers.listed(OWNER, search=search).rows] == ["Ines Carvalho"]


def test_who_is_put_away_is_neither_listed_nor_booked(studio):
    customers.set_active(studio.lea.id, False, by=OWNER)
    assert [one.name for one in customers.listed(OWNER).rows] == ["Ines Carvalho"]
    with pytest.raises(RuleBroken, match="Lea Roth is not a customer any more."):
        studio.book("2026-11-26T10:00")


def test_a_missing_customer_is_not_there(studio):
    with pytest.raises(NotThere, match="no such customer"):
        customers.one(99, by=OWNER)
