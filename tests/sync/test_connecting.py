"""Linking an account, leaving it, and linking it again."""

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Credential, SignIn
from panel.domain.errors import NotAllowed, RuleBroken, SignInRefused
from panel.domain.people import Actor
from panel.services.integration import settings
from panel.services.sealing import Unreadable
from panel.services.sync.tokens import opened
from tests import make


@pytest.fixture
def booked(linked):
    """An appointment from 10 to 11 that both sides know."""
    linked.first = linked.book_at("10:00")
    linked.sync()
    return linked


def again(office):
    """Leave the account and link the same one again."""
    office.disconnect()
    assert office.connect().refused is None


def test_linking_again_adopts_what_is_there(booked):
    booked.book_at("14:00")
    booked.sync()
    last = booked.sandbox.last_request()
    again(booked)
    booked.agree()
    assert booked.writes(last) == []
    assert len(booked.there()) == 2


def test_what_was_moved_meanwhile_is_held_until_somebody_decides(booked):
    booked.disconnect()
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.connect()
    booked.agree()
    assert (booked.starts(booked.first), booked.mirror().state) == ("10:00", "held")
    booked.put_back_held()
    booked.agree()
    assert booked.copy()["start"]["dateTime"] == booked.utc("10:00")


def test_the_import_ends_though_a_copy_is_held(booked):
    booked.disconnect()
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.connect()
    booked.agree()
    assert not booked.connection().importing


def test_a_held_copy_that_was_moved_back_is_held_no_longer(booked):
    booked.disconnect()
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.connect()
    booked.sync()
    booked.move_there(booked.copy(), "10:00", "11:00")
    booked.agree()
    assert booked.mirror().state == "linked"


def test_a_held_copy_leaves_when_its_appointment_is_cancelled(booked):
    booked.disconnect()
    booked.move_there(booked.copy(), "14:00", "15:00")
    booked.connect()
    booked.sync()
    booked.cancel(booked.first)
    booked.agree()
    assert booked.there() == []


def test_what_was_deleted_meanwhile_is_written_again(booked):
    booked.disconnect()
    booked.sandbox.delete_event(booked.upn, booked.copy()["id"])
    booked.connect()
    booked.agree()
    assert (len(booked.there()), booked.open_questions()) == (1, 0)


def test_what_was_cancelled_meanwhile_is_taken_away(booked):
    booked.disconnect()
    booked.cancel(booked.first)
    booked.connect()
    booked.agree()
    assert booked.there() == []


def test_what_was_moved_here_meanwhile_is_moved_there(booked):
    booked.disconnect()
    booked.move_here(booked.first, "14:00")
    booked.connect()
    booked.agree()
    assert booked.copy()["start"]["dateTime"] == booked.utc("14:00")


def test_leaving_keeps_everything_there_and_sends_nothing_more(booked):
    assert booked.disconnect() == 1
    last = booked.sandbox.last_request()
    booked.move_here(booked.first, "14:00")
    booked.book_at("15:00")
    booked.sync()
    assert booked.sandbox.requests(last) == []
    assert booked.copy()["start"]["dateTime"] == booked.utc("10:00")


def test_leaving_forgets_tokens_and_busy_time(booked):
    booked.block("13:00", "14:00")
    booked.sync()
    booked.disconnect()
    assert booked.blocks() == []
    assert db.session.scalars(db.select(Credential)).all() == []


def test_leaving_may_take_our_coming_entries_along_and_no_others(booked):
    booked.block("13:00", "14:00")
    booked.disconnect(remove=True)
    booked.sync()
    assert [one["subject"] for one in booked.sandbox.events(booked.upn)] == ["Dentist"]
    assert booked.connection() is None


def test_whoever_comes_back_after_that_is_read_at_once(booked):
    booked.disconnect(remove=True)
    booked.sync()
    booked.connect()
    booked.block("13:00", "14:00")
    booked.sync()
    assert len(booked.blocks()) == 1


def test_it_takes_along_what_a_lost_answer_hid(linked):
    linked.fault("POST", "drop_after", times=1)
    linked.book_at("10:00")
    linked.sync()
    linked.disconnect(remove=True)
    linked.forward(minutes=1)
    linked.sync()
    assert linked.there() == []


def test_it_goes_on_taking_away_after_a_fault(booked):
    booked.fault("DELETE", "status", status=503, times=1)
    booked.disconnect(remove=True)
    booked.sync()
    booked.forward(minutes=1)
    booked.sync()
    assert (booked.there(), booked.connection()) == ([], None)


def test_it_gives_up_taking_away_after_a_day(booked):
    booked.fault("DELETE", "status", status=503)
    booked.disconnect(remove=True)
    booked.sync()
    booked.forward(hours=25)
    booked.sync()
    assert (len(booked.there()), booked.connection()) == (1, None)


def test_another_account_is_asked_about_and_starts_afresh(booked):
    booked.disconnect()
    other = booked.another_account()
    answer = booked.connect(other)
    assert answer.waiting is not None
    assert booked.connection() is None
    booked.confirm(answer.waiting)
    booked.sync()
    assert (len(booked.sandbox.events(other)), len(booked.there())) == (1, 1)


def test_an_account_that_was_declined_is_forgotten(booked):
    booked.disconnect()
    answer = booked.connect(booked.another_account())
    booked.decline(answer.waiting)
    assert (booked.connection(), booked.waiting_sign_ins()) == (None, 0)


def test_a_colleagues_account_is_refused_without_saying_whose(linked):
    user = make.user(name="Ben Ode", role="employee")
    ben = Actor(user.id, "Ben Ode", "employee", linked.ben.id)
    refused = linked.connect(by=ben, employee=linked.ben.id).refused
    assert "already linked to another employee" in str(refused)


def test_only_the_owner_is_told_whose_account_it_is(linked):
    ruth = Actor(make.user().id, "Ruth Linden", "owner")
    waiting = linked.connect(by=ruth, employee=linked.ben.id).waiting
    with pytest.raises(RuleBroken, match="already linked to Anna Berg"):
        linked.confirm(waiting, by=ruth)


def test_only_the_owner_and_the_employee_may_connect(office):
    with pytest.raises(NotAllowed):
        office.approved(employee=office.ben.id)


def test_an_answer_is_taken_once(office):
    back = office.approved()
    assert office.finish(back).refused is None
    assert isinstance(office.finish(back).refused, SignInRefused)


def test_an_answer_counts_only_in_the_browser_that_asked(office):
    back = office.approved()
    assert isinstance(office.finish(back, session_key="another").refused, SignInRefused)
    assert office.connection() is None


def test_an_answer_comes_within_ten_minutes(office):
    back = office.approved()
    office.forward(minutes=11)
    assert "too long" in str(office.finish(back).refused)


def test_five_sign_ins_may_be_open_at_once(office):
    backs = [office.approved() for _ in range(6)]
    answers = [office.finish(back) for back in backs]
    assert [answer.refused is None for answer in answers] == [False] + [True] * 5
    office.agree()


def test_tokens_are_sealed_at_rest(linked, tmp_path):
    linked.sync()
    kept = linked.tokens()
    files = b"".join(one.read_bytes() for one in tmp_path.rglob("bookings.sqlite*"))
    assert kept.access_token.encode() not in files
    assert (kept.refresh_token or "-").encode() not in files


def test_tokens_open_in_no_other_row(linked):
    row = db.session.scalars(db.select(Credential)).one()
    another = Credential(connection_id=row.connection_id + 1, sealed=row.sealed, version=1)
    with pytest.raises(Unreadable):
        opened(linked.outside, another)


def test_it_sends_nothing_while_it_is_switched_off_and_then_catches_up(booked):
    booked.settings(enabled=False)
    last = booked.sandbox.last_request()
    booked.book_at("14:00")
    booked.sync()
    assert booked.sandbox.requests(last) == []
    assert len(db.session.scalars(db.select(Credential)).all()) == 1
    booked.settings(enabled=True)
    booked.agree()
    assert len(booked.there()) == 2


def test_it_sends_nothing_with_another_registration(booked):
    booked.settings(tenant="organizations")
    last = booked.sandbox.last_request()
    booked.sync()
    assert booked.sandbox.requests(last) == []
    assert settings().enabled


def test_no_sign_in_keeps_what_it_waited_with(booked):
    booked.disconnect()
    answer = booked.connect(booked.another_account())
    booked.confirm(answer.waiting)
    fresh()
    assert [one.waiting for one in db.session.scalars(db.select(SignIn))] == [None, None]
