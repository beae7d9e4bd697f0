"""Deleted in Outlook is cancelled here, where the settings say so: after a grace, and told."""

import pytest

from panel.domain.errors import InTheWay
from tests.services.correspondence import kinds, written


@pytest.fixture
def deleted(linked):
    """Ines' appointment from 10 to 11, which Anna has deleted in Outlook."""
    linked.settings(on_delete="cancel", grace_minutes=15)
    linked.first = linked.book_at("10:00", customer_id=linked.ines.id)
    linked.book_at("14:00")
    linked.agree()
    linked.sandbox.delete_event(linked.upn, linked.event_at("10:00")["id"])
    linked.agree()
    return linked


def status(office):
    return office.appointment(office.first).status


def told_of_cancelling():
    return written(kind="customer_cancelled")


def test_it_is_said_when_it_will_be_cancelled_and_nobody_is_told_before(deleted):
    asked = deleted.question()
    assert (asked.kind, asked.answers) == ("deleted", ("back", "cancel"))
    assert round((asked.acts_at - asked.opened_at).total_seconds() / 60) == 15
    assert (status(deleted), told_of_cancelling()) == ("approved", [])
    with pytest.raises(InTheWay):
        deleted.book_at("10:00")


def test_just_before_the_end_of_the_grace_nothing_has_happened(deleted):
    deleted.offset = deleted.question().acts_at - deleted.now() + deleted.offset
    deleted.forward(seconds=-20)
    deleted.sync()
    assert (status(deleted), told_of_cancelling()) == ("approved", [])


def test_after_the_grace_it_is_cancelled_and_the_customer_told_once(deleted):
    deleted.forward(minutes=16)
    deleted.sync(rounds=False)
    assert (status(deleted), deleted.open_questions()) == ("cancelled", 0)
    (mail,) = told_of_cancelling()
    assert mail.to_address == "ines@example.test" and mail.due_at <= deleted.now()
    deleted.forward(hours=26)
    deleted.agree()
    assert (len(told_of_cancelling()), len(deleted.there())) == (1, 1)
    assert "employee_cancelled" not in kinds()


def test_kept_it_is_put_back_and_nobody_is_told(deleted):
    deleted.answer("back")
    deleted.forward(minutes=16)
    deleted.agree()
    assert (status(deleted), told_of_cancelling()) == ("approved", [])
    assert deleted.event_at("10:00")


def test_it_can_be_cancelled_at_once(deleted):
    deleted.answer("cancel")
    assert status(deleted) == "cancelled" and len(told_of_cancelling()) == 1
    deleted.forward(minutes=16)
    deleted.agree()
    assert len(told_of_cancelling()) == 1


@pytest.fixture(params=["cancel", "back", "ask"])
def pasted(linked, request):
    """An appointment whose entry was pasted twice before it was deleted."""
    linked.settings(on_delete=request.param)
    linked.first = linked.book_at("10:00")
    linked.agree()
    copy = linked.copy()["id"]
    linked.pasted = [linked.sandbox.copy_event(linked.upn, copy)["id"] for _ in range(2)]
    linked.sandbox.delete_event(linked.upn, copy)
    linked.agree()
    return linked


def test_of_several_pasted_ones_it_asks_until_one_is_left(pasted):
    assert pasted.question().acts_at is None
    pasted.sandbox.delete_event(pasted.upn, pasted.pasted[0])
    pasted.agree()
    assert (status(pasted), pasted.open_questions()) == ("approved", 0)
    pasted.move_here(pasted.first, "14:00")
    pasted.agree()
    (left,) = pasted.sandbox.events(pasted.upn)
    assert (left["id"], left["start"]["dateTime"]) == (pasted.pasted[1], pasted.utc("14:00"))


def test_nothing_is_cancelled_while_outlook_cannot_be_asked(deleted):
    deleted.fault("GET", "status", status=503)
    deleted.forward(minutes=16)
    deleted.sync()
    assert (status(deleted), deleted.open_questions()) == ("approved", 1)
    deleted.sandbox.faults()
    deleted.forward(minutes=10)
    deleted.agree()
    assert status(deleted) == "cancelled"


def test_moved_here_meanwhile_it_is_written_again(deleted):
    deleted.move_here(deleted.first, "15:00")
    deleted.forward(minutes=16)
    deleted.agree()
    assert (status(deleted), deleted.open_questions()) == ("approved", 0)
    assert deleted.event_at("15:00")


def test_with_another_setting_meanwhile_it_is_only_asked(deleted):
    deleted.settings(on_delete="ask")
    deleted.agree()
    deleted.forward(minutes=16)
    deleted.agree()
    assert (status(deleted), deleted.question().acts_at) == ("approved", None)


def test_what_was_asked_before_the_setting_changed_stays_a_question(linked):
    linked.first = linked.book_at("10:00")
    linked.agree()
    linked.sandbox.delete_event(linked.upn, linked.copy()["id"])
    linked.agree()
    linked.settings(on_delete="cancel")
    linked.forward(hours=1)
    linked.agree()
    assert (status(linked), linked.question().acts_at) == ("approved", None)


def test_what_begins_within_the_grace_is_left_to_a_person(linked):
    linked.settings(on_delete="cancel")
    linked.first = linked.book_at("10:00")
    linked.agree()
    linked.offset += linked.appointment(linked.first).starts - linked.now()
    linked.forward(minutes=-10)
    linked.agree()
    linked.sandbox.delete_event(linked.upn, linked.copy()["id"])
    linked.agree()
    linked.forward(minutes=16)
    linked.agree()
    assert (status(linked), linked.question().acts_at) == ("approved", None)


def test_who_disconnects_meanwhile_cancels_nothing(deleted):
    deleted.disconnect()
    deleted.forward(minutes=16)
    deleted.sync()
    assert (status(deleted), deleted.open_questions()) == ("approved", 0)
