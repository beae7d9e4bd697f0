"""A move in Outlook that is followed: customers are told once it is quiet, or it is undone."""

import pytest

from panel.domain.errors import AlreadyChanged, InTheWay
from panel.services import followed, questions
from tests.services.correspondence import written
from tests.sync.office import Office


@pytest.fixture
def moved(linked):
    """Ines' appointment, which Anna has dragged from 10:00 to 14:00."""
    linked.first = linked.book_at("10:00", customer_id=linked.ines.id)
    linked.agree()
    drag(linked, "14:00", "15:00")
    return linked


def drag(office: Office, starts: str, ends: str) -> None:
    office.move_there(office.copy(), starts, ends)
    office.agree()


def told(status="waiting"):
    return written(kind="customer_changed", status=status)


def waits(office):
    """The move that can be undone, if there is one."""
    return next((one for one in questions.of_employees(None) if one.kind == "followed"), None)


def undo(office):
    questions.answer(waits(office).id, "undo", by=office.me, now=office.now())
    office.agree()


def test_the_customer_is_told_after_five_quiet_minutes(moved):
    (mail,) = told()
    assert 4 < (mail.due_at - moved.now()).total_seconds() / 60 <= 5
    assert ("14:00–15:00" in mail.text, "Instead of" in mail.text) == (True, True)
    assert waits(moved).told == ("Ines Carvalho",)


def test_several_moves_are_one_mail_with_the_first_and_the_last_time(moved):
    moved.forward(minutes=3)
    drag(moved, "16:00", "17:00")
    (mail,) = told()
    assert (mail.due_at - moved.now()).total_seconds() / 60 > 4
    lines = mail.text.splitlines()
    assert [line.split(", ")[1][:11] for line in lines if line.startswith(("When", "Instead"))] == [
        "16:00–17:00", "10:00–11:00",
    ]  # fmt: skip


def test_undone_both_sides_are_back_and_nobody_is_told(moved):
    undo(moved)
    assert (moved.starts(moved.first), told()) == ("10:00", [])
    assert moved.copy()["start"]["dateTime"] == moved.utc("10:00")
    assert (waits(moved), moved.open_questions()) == (None, 0)
    moved.forward(minutes=6)
    moved.agree()
    assert moved.starts(moved.first) == "10:00"


def test_after_several_moves_undo_goes_back_to_what_was_promised(moved):
    drag(moved, "16:00", "17:00")
    undo(moved)
    assert (moved.starts(moved.first), told()) == ("10:00", [])


def test_dragged_back_in_outlook_there_is_nothing_to_tell(moved):
    drag(moved, "10:00", "11:00")
    assert (moved.starts(moved.first), told(), waits(moved)) == ("10:00", [], None)


def test_until_then_the_promised_time_stays_taken(moved):
    with pytest.raises(InTheWay):
        moved.book_at("10:00")
    moved.forward(minutes=6)
    followed.lapse(moved.now())
    moved.book_at("10:00")


def test_once_the_customer_has_been_told_it_cannot_be_undone(moved):
    late = waits(moved).id
    moved.forward(minutes=6)
    with pytest.raises(AlreadyChanged, match="told by now"):
        questions.answer(late, "undo", by=moved.me, now=moved.now())
    followed.lapse(moved.now())
    assert (waits(moved), moved.starts(moved.first)) == (None, "14:00")


def test_moved_here_meanwhile_the_customer_is_told_at_once(moved):
    moved.move_here(moved.first, "15:00")
    (mail,) = told()
    assert mail.due_at <= moved.now() and "15:00–16:00" in mail.text
    assert ("10:00–11:00" in mail.text, waits(moved)) == (True, None)


def test_cancelled_meanwhile_there_is_nothing_to_undo(moved):
    moved.cancel(moved.first)
    assert (waits(moved), told()) == (None, [])


def test_an_earlier_change_is_still_told_when_the_move_is_undone(linked):
    linked.first = linked.book_at("09:00", customer_id=linked.ines.id)
    linked.move_here(linked.first, "10:00")
    linked.agree()
    drag(linked, "14:00", "15:00")
    undo(linked)
    (mail,) = told()
    assert "10:00–11:00" in mail.text


def test_the_owner_may_wish_that_customers_are_not_told(linked):
    linked.settings(tell_moved=False)
    linked.first = linked.book_at("10:00", customer_id=linked.ines.id)
    linked.agree()
    drag(linked, "14:00", "15:00")
    assert (linked.starts(linked.first), told(), waits(linked)) == ("14:00", [], None)


def test_a_move_that_is_asked_about_tells_nobody(linked):
    linked.first = linked.book_at("10:00", customer_id=linked.ines.id)
    linked.agree()
    drag(linked, "12:30", "13:30")
    linked.forward(minutes=6)
    linked.agree()
    assert (told(), linked.question().kind) == ([], "moved")
