"""What a bug of ours does to one copy, it does to no other."""

import logging

import pytest

from panel.db.base import db, writing
from panel.db.tables import Appointment, Employee, Mirror

POISON = {"nobody": "can read this"}


def poison(office, appointment, **values):
    """Store what no code of ours ever writes, so that working on the copy breaks."""
    with writing() as session:
        which = {"subject": "appointment", "subject_id": appointment.id}
        mirror = session.scalars(db.select(Mirror).filter_by(**which)).one()
        for name, value in (values or {"base": POISON}).items():
            setattr(mirror, name, value)


def heal(office, appointment):
    poison(office, appointment, base=None, remote_id=None, state="none", marker=None, intent=None)


@pytest.fixture
def two(linked):
    """Two appointments that both sides know; the first is poisoned."""
    linked.bad, linked.good = linked.book_at("10:00"), linked.book_at("14:00")
    linked.sync()
    poison(linked, linked.bad)
    return linked


def park(office):
    while not office.sync(rounds=False).parked:
        office.forward(seconds=21)


def test_a_bug_in_one_row_does_not_hold_up_the_next(two, caplog):
    two.move_here(two.bad, "11:00")
    two.move_here(two.good, "15:00")
    two.sync(rounds=False)
    assert two.event_at("15:00")
    (said,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert said.exc_info and "could not be settled" in said.getMessage()


def test_three_equal_bugs_park_the_row_with_a_reason(two):
    two.move_here(two.bad, "11:00")
    park(two)
    assert two.mirror_of(two.bad).parked_why.startswith("Panel made a mistake of its own.")
    assert two.mailbox().failures == 0


def test_what_a_bug_parked_is_tried_again_when_asked(two):
    two.move_here(two.bad, "11:00")
    park(two)
    two.sandbox.delete_event(two.upn, two.event_at("10:00")["id"])
    heal(two, two.bad)
    two.retry(two.bad)
    two.agree()
    assert two.event_at("11:00")


def test_what_a_bug_parked_is_tried_again_every_night(two):
    two.move_here(two.bad, "11:00")
    park(two)
    two.sandbox.delete_event(two.upn, two.event_at("10:00")["id"])
    heal(two, two.bad)
    poison(two, two.bad, state="parked")
    two.forward(hours=25)
    two.agree()
    assert two.event_at("11:00")


def test_a_bug_over_one_item_of_a_round_lets_the_others_move(two):
    two.move_there(two.event_at("10:00"), "11:00", "12:00")
    two.move_there(two.event_at("14:00"), "15:00", "16:00")
    two.block("13:00", "14:00")
    two.sync()
    assert (two.starts(two.bad), two.starts(two.good)) == ("10:00", "15:00")
    assert two.mirror_of(two.bad).hinted
    assert [block.title for block in two.blocks()] == ["Dentist"]


def test_a_bug_in_judging_one_move_lets_the_others_be_judged(linked):
    bad, good = linked.book_at("10:00"), linked.book_at("14:00")
    linked.sync()
    with writing() as session:
        session.get_one(Appointment, bad.id).zone = "Nowhere/Lost"
    linked.move_there(linked.event_at("10:00"), "11:00", "12:00")
    linked.move_there(linked.event_at("14:00"), "15:00", "16:00")
    linked.sync()
    assert (linked.starts(bad), linked.starts(good)) == ("10:00", "15:00")


def test_a_bug_elsewhere_lets_the_mailbox_wait_and_says_whose_fault_it_is(linked):
    with writing() as session:
        session.get_one(Employee, linked.anna.id).zone = "Nowhere/Lost"
    linked.sync()
    mailbox = linked.mailbox()
    assert (mailbox.failures, mailbox.wait_until > linked.now()) == (1, True)
    assert mailbox.failure.startswith("Panel made a mistake of its own.")
