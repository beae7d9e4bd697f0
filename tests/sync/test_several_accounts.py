"""Several Outlook accounts of one employee: one calendar is written, all may block."""

from datetime import date

import pytest

from panel.domain.errors import PanelError, RuleBroken
from panel.domain.health import State, Why
from panel.services.free_times import Search, search
from panel.services.linking import MOST
from panel.services.outlook_setup import connected


def busy(office):
    return sorted(block.title for block in office.blocks())


def test_another_account_comes_beside_the_first(linked, accounts):
    linked.book_at("10:00")
    second = accounts.add()
    linked.agree()
    assert [one.link.address for one in accounts.report().accounts] == [linked.upn, second]
    assert (len(accounts.there()), accounts.there(second)) == (1, [])


def test_all_of_them_block(linked, accounts):
    second = accounts.add()
    linked.block("13:00", "14:00")
    at = linked.utc("15:00"), linked.utc("16:00")
    linked.sandbox.add_event(second, "School", *at)
    linked.agree()
    assert busy(linked) == ["Dentist", "School"]
    with pytest.raises(PanelError):
        linked.book_at("15:30")
    accounts.choose(blocking=[(linked.upn, "Calendar")])
    assert busy(linked) == ["Dentist"]


def test_a_search_shows_everybody_once(linked, accounts):
    accounts.add()
    day = date.fromisoformat(linked.day("10:00")[:10])
    found = search(Search(linked.massage.id, day, 1, "Europe/Berlin"), now=linked.now())
    assert [one.employee_id for one in found.employees].count(linked.anna.id) == 1
    assert connected()[0] == 1


def test_the_same_account_again_is_only_a_sign_in(linked, accounts):
    accounts.add()
    assert linked.connect().refused is None
    linked.agree()
    assert len(accounts.report().accounts) == 2


def test_there_is_a_most(linked, accounts):
    for number in range(MOST - 1):
        upn = f"more{number}.{linked.upn}"
        linked.sandbox.add_mailbox(upn, name="Anna Privately")
        assert linked.connect(upn).refused is None
    upn = f"last.{linked.upn}"
    linked.sandbox.add_mailbox(upn, name="Anna Privately")
    assert "6 Outlook accounts are linked already" in str(linked.connect(upn).refused)
    assert len(accounts.report().accounts) == MOST


def test_leaving_one_leaves_the_others(linked, accounts):
    linked.book_at("10:00")
    second = accounts.add()
    linked.sandbox.add_event(second, "School", linked.utc("15:00"), linked.utc("16:00"))
    linked.agree()
    accounts.leave(second)
    linked.book_at("15:00")
    linked.agree()
    assert [one.link.address for one in accounts.report().accounts] == [linked.upn]
    assert (len(accounts.there()), busy(linked)) == (2, [])


def test_whoever_leaves_the_written_one_is_asked_for_another_calendar(linked, accounts):
    second = accounts.add()
    linked.book_at("10:00")
    linked.agree()
    accounts.leave(linked.upn)
    linked.book_at("14:00")
    assert linked.settle(most=2).waiting == 1
    health = accounts.report().health
    assert (health.state, health.why) == (State.ACTION_NEEDED, Why.CALENDAR)
    accounts.choose(second)
    linked.agree()
    assert accounts.starts(second) == [linked.utc("10:00"), linked.utc("14:00")]
    assert len(accounts.there()) == 1


def test_what_one_held_goes_on_in_the_calendar_of_another(linked, accounts):
    linked.book_at("10:00")
    second = accounts.add()
    linked.fault("DELETE", "status", status=503)
    accounts.choose(second)
    accounts.leave(linked.upn)
    linked.sandbox.faults()
    linked.agree()
    assert accounts.starts(second) == accounts.starts() == [linked.utc("10:00")]


def test_removed_from_one_it_stands_in_the_other(linked, accounts):
    linked.book_at("10:00")
    second = accounts.add()
    accounts.choose(second)
    accounts.leave(linked.upn, remove=True)
    linked.agree()
    assert (accounts.there(), accounts.starts(second)) == ([], [linked.utc("10:00")])


def test_whoever_comes_back_to_one_finds_nothing_twice(linked, accounts):
    linked.book_at("10:00")
    second = accounts.add()
    accounts.leave(linked.upn)
    accounts.choose(second)
    linked.agree()
    assert len(accounts.there()) == len(accounts.there(second)) == 1
    assert linked.connect().refused is None
    linked.agree()
    assert (accounts.there(), len(accounts.there(second)), busy(linked)) == ([], 1, [])
    assert linked.open_questions() == 0


def test_another_account_than_the_one_that_waits_is_asked_about(linked, accounts):
    linked.sandbox.revoke(linked.upn, "mfa")
    linked.forward(hours=2)
    linked.sync()
    other = linked.another_account()
    came = linked.connect(other)
    assert came.waiting is not None
    linked.confirm(came.waiting)
    assert len(accounts.report().accounts) == 2


def test_one_that_must_sign_in_again_is_in_nobodys_way(linked, accounts):
    second = accounts.add()
    linked.sandbox.revoke(second, "mfa")
    linked.forward(hours=2)
    linked.sync()
    linked.book_at("10:00")
    linked.sync()
    report = accounts.report()
    assert len(accounts.there()) == 1
    assert (report.health.state, report.connection.address) == (State.ACTION_NEEDED, second)


def test_a_calendar_of_an_account_that_waits_is_not_chosen(linked, accounts):
    second = accounts.add()
    linked.sandbox.revoke(second, "mfa")
    linked.forward(hours=2)
    linked.sync()
    with pytest.raises(RuleBroken, match="Sign in again"):
        accounts.choose(second)


def test_what_is_moved_in_any_of_them_moves_here(linked, accounts):
    second = accounts.add()
    accounts.choose(second)
    appointment = linked.book_at("10:00")
    linked.agree()
    (event,) = accounts.there(second)
    times = {"start": linked.utc("15:00"), "end": linked.utc("16:00")}
    moved = {name: {"dateTime": at, "timeZone": "UTC"} for name, at in times.items()}
    linked.sandbox.patch_event(second, event["id"], **moved)
    linked.agree()
    assert linked.starts(appointment) == "15:00"
