"""Resync: everything is compared first, and nothing is written before somebody has seen it."""

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment
from panel.domain.errors import AlreadyChanged, NotAllowed
from panel.services import comparing


@pytest.fixture
def differing(linked):
    """One entry deleted there, one booking lost and one cancelled here without a word."""
    linked.settings(on_delete="ask", appointment_title="%service_name%")
    booked = [linked.book_at(at) for at in ("09:00", "11:00", "13:00", "15:00")]
    linked.agree()
    linked.sandbox.delete_event(linked.upn, linked.event_at("09:00")["id"])
    linked.settle()
    with writing() as session:
        session.get_one(Appointment, booked[1].id).status = "cancelled"
        lost = session.get_one(Appointment, booked[2].id)
        lost.ends += lost.ends - lost.starts
    return linked


def compared(office):
    comparing.ask_for(office.anna.id, by=office.me, now=office.now())
    assert not comparing.preview(office.anna.id, now=office.now()).ready
    office.sync()
    found = comparing.preview(office.anna.id, now=office.now())
    fresh()
    return found


def test_where_both_agree_there_is_nothing_to_do(linked):
    linked.book_at("10:00")
    linked.agree()
    found = compared(linked)
    assert (found.ready, found.total) == (True, 0)


def test_it_counts_what_would_be_done_and_writes_nothing(differing):
    last = differing.sandbox.last_request()
    found = compared(differing)
    assert (found.create, found.update, found.delete) == (1, 1, 1)
    assert differing.writes(last) == []


def test_what_was_counted_is_written_and_the_question_is_closed(differing):
    compared(differing)
    assert comparing.carry_out(differing.anna.id, by=differing.me, now=differing.now()) == 3
    differing.agree()
    starts = sorted(one["start"]["dateTime"] for one in differing.there())
    assert starts == [differing.utc(at) for at in ("09:00", "13:00", "15:00")]
    assert (differing.open_questions(), compared(differing).total) == (0, 0)


def test_it_is_compared_anew_once_it_is_old(differing):
    compared(differing)
    differing.forward(minutes=16)
    assert comparing.preview(differing.anna.id, now=differing.now()) is None


def test_nothing_is_written_that_was_not_compared(linked):
    with pytest.raises(AlreadyChanged):
        comparing.carry_out(linked.anna.id, by=linked.me, now=linked.now())


def test_one_may_leave_it(differing):
    compared(differing)
    comparing.drop(differing.anna.id, by=differing.me)
    assert comparing.preview(differing.anna.id, now=differing.now()) is None
    with pytest.raises(NotAllowed):
        comparing.ask_for(differing.ben.id, by=differing.me, now=differing.now())
    assert db.session.get_one(Appointment, 1).status == "approved"


def test_it_goes_over_all_accounts(linked, accounts):
    accounts.add()
    linked.book_at("10:00")
    linked.agree()
    linked.sandbox.delete_event(linked.upn, linked.copy()["id"])
    linked.settle()
    assert compared(linked).create == 1
