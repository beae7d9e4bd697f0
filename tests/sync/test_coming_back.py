"""Account A, then B, then A again: what stayed in A is taken up, and nothing is there twice."""

import pytest

from panel.domain.people import Actor
from panel.services import appointments
from tests import make


@pytest.fixture
def away(linked):
    """Three appointments in A, of which Anna left for B; B holds them too."""
    linked.kept, linked.moved, linked.called_off = (
        linked.book_at(clock) for clock in ("10:00", "13:00", "15:00")
    )
    linked.agree()
    linked.disconnect()
    linked.other = linked.another_account()
    go(linked, linked.other)
    return linked


def go(office, upn):
    """Link an account that is another one than before."""
    office.confirm(office.connect(upn).waiting)
    office.settle()


def come_back(office):
    """Leave B, everything kept, and link A again; return what was written since."""
    office.disconnect()
    last = office.sandbox.last_request()
    go(office, office.upn)
    office.agree()
    return [one.partition(" ")[0] for one in office.writes(last)]


def times(office):
    return sorted(one["start"]["dateTime"] for one in office.there())


def test_both_accounts_hold_everything(away):
    assert len(away.there()) == len(away.sandbox.events(away.other)) == 3


def test_nothing_is_written_where_nothing_has_changed(away):
    assert come_back(away) == []
    assert len(away.there()) == 3


def test_a_move_and_a_cancellation_meanwhile_are_caught_up_with(away):
    away.move_here(away.moved, "14:00")
    away.cancel(away.called_off)
    away.agree()
    assert sorted(come_back(away)) == ["DELETE", "PATCH"]
    assert times(away) == [away.utc("10:00"), away.utc("14:00")]


def test_what_was_booked_meanwhile_is_the_only_thing_created(away):
    away.book_at("16:00")
    away.agree()
    assert come_back(away) == ["POST"]
    assert len(away.there()) == 4


def test_what_was_moved_there_meanwhile_is_no_order(away):
    away.move_there(away.event_at("10:00"), "16:00", "17:00")
    assert come_back(away) == []
    assert (away.starts(away.kept), away.mirror_of(away.kept).state) == ("10:00", "held")
    away.put_back_held()
    away.agree()
    assert times(away) == [away.utc(clock) for clock in ("10:00", "13:00", "15:00")]


def test_what_was_deleted_there_meanwhile_is_written_again(away):
    away.sandbox.delete_event(away.upn, away.event_at("10:00")["id"])
    assert come_back(away) == ["POST"]
    assert (len(away.there()), away.open_questions()) == (3, 0)


def test_a_create_whose_answer_was_lost_is_found_again(linked):
    linked.fault("POST", "drop_after", times=1)
    linked.book_at("10:00")
    linked.sync()
    linked.disconnect()
    linked.other = linked.another_account()
    go(linked, linked.other)
    assert come_back(linked) == []
    assert len(linked.there()) == 1


def test_one_may_come_and_go_as_often_as_one_likes(away):
    for upn in (away.upn, away.other, away.upn, away.other):
        away.disconnect()
        last = away.sandbox.last_request()
        go(away, upn)
        assert away.writes(last) == []
    assert len(away.there()) == len(away.sandbox.events(away.other)) == 3


def test_what_is_upcoming_there_can_still_be_taken_along(away):
    come_back(away)
    away.disconnect(remove=True)
    away.settle()
    assert (away.there(), len(away.sandbox.events(away.other))) == ([], 3)


@pytest.fixture
def inherited(linked):
    """Anna has left her account, and Ben has linked it."""
    linked.first = linked.book_at("10:00")
    linked.agree()
    linked.disconnect()
    ben = make.user(name="Ben Ode", role="employee")
    linked.heir = Actor(ben.id, "Ben Ode", "employee", linked.ben.id)
    assert linked.connect(by=linked.heir, employee=linked.ben.id).refused is None
    linked.agree()
    return linked


def test_who_takes_an_account_over_moves_nothing_of_whoever_had_it(inherited):
    inherited.move_there(inherited.copy(), "14:00", "15:00")
    inherited.agree()
    assert (inherited.starts(inherited.first), inherited.open_questions()) == ("10:00", 0)


def test_who_takes_an_account_over_does_not_write_what_its_former_owner_changes(inherited):
    last = inherited.sandbox.last_request()
    appointments.act(inherited.first.id, "cancel", by=inherited.me, now=inherited.now())
    inherited.agree()
    assert (inherited.writes(last), len(inherited.there())) == ([], 1)


def test_what_stayed_of_the_former_owner_is_busy_time_of_the_new_one(inherited):
    assert [one.employee_id for one in inherited.blocks()] == [inherited.ben.id]
