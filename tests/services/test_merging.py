"""Two customers who are one."""

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Attendance, Booking, Customer, JournalEntry
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.services import customers, merging
from tests import make
from tests.services.studio import NOON, OWNER
from tests.services.workshop import hold


@pytest.fixture
def twin(studio):
    return make.customer(name="L. Roth", email="LEA@example.test", phone="+49 171 555", note="Oil")


def suggested() -> list[tuple[str, str]]:
    return [(one.name, other.name) for one, other in merging.pairs(by=OWNER)]


def test_the_same_address_is_suggested(twin):
    assert suggested() == [("Lea Roth", "L. Roth")]


def test_the_same_number_is_suggested_however_it_is_written(studio):
    make.customer(name="A", email="a@example.test", phone="0049 171-555")
    make.customer(name="B", email="", phone="+49171555")
    make.customer(name="C", email="", phone="171")
    assert suggested() == [("A", "B")]


def test_of_many_with_one_number_neighbours_are_suggested(studio):
    for name in "ABCD":
        make.customer(name=name, email="", phone="+49 171 555")
    assert suggested() == [("A", "B"), ("B", "C"), ("C", "D")]


def test_it_suggests_no_more_than_anybody_reads(studio, monkeypatch):
    monkeypatch.setattr(merging, "MOST_PAIRS", 2)
    for name in "ABCD":
        make.customer(name=name, email="", phone="+49 171 555")
    assert suggested() == [("A", "B"), ("B", "C")]


def test_all_that_both_booked_is_one_customers(studio, twin):
    studio.book("2026-11-26T10:00", customer_id=twin.id)
    hold(studio).attend(twin)
    merging.merge(studio.lea.id, twin.id, taking={"phone", "note"}, by=OWNER, now=NOON)
    fresh()
    assert set(db.session.scalars(db.select(Booking.customer_id))) == {studio.lea.id}
    assert set(db.session.scalars(db.select(Attendance.customer_id))) == {studio.lea.id}
    one = customers.one(studio.lea.id, by=OWNER)
    assert (one.name, one.email) == ("Lea Roth", "lea@example.test")
    assert (one.phone, one.note) == ("+49 171 555", "Oil")
    assert db.session.get(Customer, twin.id) is None


def test_copies_to_come_follow_and_the_journal_says_so(studio, twin):
    booked = studio.book("2026-11-26T10:00", customer_id=twin.id)
    merging.merge(studio.lea.id, twin.id, by=OWNER, now=NOON)
    db.session.refresh(booked)
    assert booked.revision == 2
    entry = db.session.scalars(db.select(JournalEntry).filter_by(subject="customer")).one()
    assert (entry.kind, entry.before, entry.after) == ("merged", "Lea Roth and L. Roth", "Lea Roth")


def test_what_cannot_be_merged_is_said(studio, twin):
    how = {"by": OWNER, "now": NOON}
    with pytest.raises(RuleBroken, match="two different"):
        merging.merge(twin.id, twin.id, **how)
    with pytest.raises(NotThere):
        merging.merge(twin.id, 99, **how)
    with pytest.raises(NotAllowed):
        merging.pairs(by=studio.actor(studio.anna, "appointments"))
