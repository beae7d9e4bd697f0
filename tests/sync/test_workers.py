"""Workers die, meet, and come too late; the mailbox notices nothing of it."""

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Credential
from panel.services.sync import due, leases
from panel.services.sync.creating import create
from panel.services.sync.plan import make_plan
from panel.services.sync.settling import settle
from tests.sync.mishaps import die, lapsed, see_to

both = pytest.mark.parametrize("after", [False, True], ids=["before", "after"])


@both
def test_a_death_around_a_create_makes_one_entry(linked, after):
    linked.book_at("10:00")
    die(linked, "POST", after=after)
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("10:00")


@both
def test_a_death_around_a_create_follows_a_change_since(linked, after):
    appointment = linked.book_at("10:00")
    die(linked, "POST", after=after)
    linked.move_here(appointment, "14:00")
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")
    assert linked.open_questions() == 0


@both
def test_a_death_around_a_create_that_nobody_wants_any_more_leaves_nothing(linked, after):
    appointment = linked.book_at("10:00")
    die(linked, "POST", after=after)
    linked.cancel(appointment)
    linked.agree()
    assert linked.there() == []


@both
def test_a_death_around_a_change_is_made_good(linked, after):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.move_here(appointment, "14:00")
    die(linked, "PATCH", after=after)
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")
    assert linked.open_questions() == 0


@both
def test_a_death_around_a_deletion_is_made_good(linked, after):
    appointment = linked.book_at("10:00")
    linked.sync()
    linked.cancel(appointment)
    die(linked, "DELETE", after=after)
    linked.agree()
    assert linked.there() == []


def test_only_one_worker_has_a_mailbox(linked):
    number = linked.mailbox().id
    fresh()
    first = leases.take(number)
    assert leases.take(number) is None
    first.release()
    assert leases.take(number).fence == first.fence + 1


def test_a_dead_workers_mailbox_is_free_when_its_last_request_must_be_over(linked):
    number = linked.mailbox().id
    fresh()
    leases.take(number)
    lapsed(linked, seconds=10)
    assert leases.take(number) is None
    lapsed(linked, seconds=30)
    assert leases.take(number) is not None


def test_a_late_worker_records_nothing(linked):
    linked.book_at("10:00")
    with linked.visit() as visit:
        lapsed(linked, seconds=30)
        leases.take(visit.mailbox_id)
        with pytest.raises(leases.LeaseLost):
            settle(visit, linked.mirror().id)
    assert linked.there() == []


def test_who_leaves_shuts_out_the_worker_that_is_writing(linked):
    linked.book_at("10:00")
    with linked.visit() as visit:
        plan = make_plan(linked.mirror().id, visit.now())
        linked.disconnect()
        with pytest.raises(leases.LeaseLost):
            create(visit, plan, anew=False)
    assert linked.there() == []


def test_what_was_being_written_while_somebody_left_is_found_again(linked):
    linked.book_at("10:00")
    die(linked, "POST", after=True)
    linked.disconnect()
    assert linked.mirror().state == "unknown"
    linked.connect()
    linked.agree()
    assert len(linked.there()) == 1


def test_the_next_worker_waits_for_the_last_request_of_who_was_shut_out(linked):
    with linked.visit() as visit:
        linked.disconnect()
        assert leases.take(visit.mailbox_id) is None


def test_a_refresh_under_way_brings_no_destroyed_token_back(linked):
    linked.forward(hours=2)
    see_to(linked, "/token", linked.disconnect)
    assert linked.connection() is None
    assert db.session.scalars(db.select(Credential)).all() == []


def test_a_write_under_way_while_somebody_leaves_is_found_again(linked):
    linked.book_at("10:00")
    see_to(linked, "/events", linked.disconnect)
    assert (len(linked.there()), linked.mirror().state) == (1, "unknown")
    linked.connect()
    lapsed(linked, seconds=30)
    linked.agree()
    assert len(linked.there()) == 1


def test_a_change_made_during_a_write_follows_it(linked):
    appointment = linked.book_at("10:00")
    see_to(linked, "/events", lambda: linked.move_here(appointment, "14:00"))
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")


def test_a_cancellation_made_during_a_write_follows_it(linked):
    appointment = linked.book_at("10:00")
    see_to(linked, "/events", lambda: linked.cancel(appointment))
    linked.agree()
    assert linked.there() == []


def test_a_change_made_while_the_last_try_was_refused_is_not_parked_with_it(linked):
    linked.fault("POST", "status", status=400, code="ErrorInvalidRequest", times=3)
    appointment = linked.book_at("10:00")
    for _ in range(2):
        linked.sync()
        linked.forward(seconds=21)
    see_to(linked, "/events", lambda: linked.move_here(appointment, "14:00"))
    linked.agree()
    assert linked.copy()["start"]["dateTime"] == linked.utc("14:00")


def test_who_must_sign_in_with_another_registration_is_in_nobodys_way(linked):
    linked.book_at("10:00")
    linked.settings(client_id="another")
    due.make_all_due(linked.now())
    assert due.due_mailboxes(linked.now()) == []
