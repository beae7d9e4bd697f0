"""An event in the Outlook of its organizer and of those who help; and appointments that change
hands."""

import pytest

from panel.domain.errors import AlreadyChanged
from panel.services import (
    appointment_edits,
    attendances,
    connections,
    event_dates,
    events,
    questions,
)
from panel.services.attendances import Wish
from tests.services.correspondence import written
from tests.services.studio import OWNER
from tests.sync.colleague import Colleague


@pytest.fixture
def ben(linked) -> Colleague:
    """Ben, who has connected an account of his own."""
    return Colleague(linked)


@pytest.fixture
def course(linked, ben):
    """Anna's course from 10 to 11, which Ben helps with."""
    plan = events.Details("Back course", linked.anna.id, frozenset({linked.ben.id}))
    date = events.Date(linked.day("10:00"), 60, "Europe/Berlin")
    event = events.create(plan, [date], by=OWNER, now=linked.now())
    linked.course, linked.date = event.id, linked.date_of(event.id)
    linked.agree()
    return linked


def edit(office, **changes):
    usual = {"name": "Back course", "organizer_id": office.anna.id,
             "staff": frozenset({office.ben.id})}  # fmt: skip
    plan = events.Details(**{**usual, **changes})
    events.edit(office.course, plan, by=OWNER, now=office.now())
    office.agree()


def attend(office):
    wish = Wish(office.course, office.date, office.ines.id, 1)
    attendances.attend(wish, by=OWNER, now=office.now())
    office.agree()


def test_it_stands_in_both_calendars(course, ben):
    assert (course.copy()["subject"], ben.copy()["subject"]) == ("Back course", "Back course")


def test_the_organizers_copy_moves_the_event(course, ben):
    course.move_there(course.copy(), "14:00", "15:00")
    course.agree()
    assert course.date_starts() == "14:00"
    assert ben.copy()["start"]["dateTime"] == course.utc("14:00")


def test_it_asks_where_the_move_would_take_a_helpers_time_twice(course, ben):
    course.book(course.day("14:00"), employee_id=course.ben.id, now=course.now())
    course.agree()
    course.move_there(course.copy(), "14:00", "15:00")
    course.agree()
    assert (course.question().kind, course.date_starts()) == ("moved", "10:00")


def test_another_persons_moved_copy_is_put_back(course, ben):
    ben.move(ben.copy(), "14:00", "15:00")
    course.agree()
    assert ben.copy()["start"]["dateTime"] == course.utc("10:00")
    assert (course.date_starts(), course.open_questions()) == ("10:00", 0)


def test_another_persons_deleted_copy_stays_deleted_until_the_time_changes(course, ben):
    ben.delete(ben.copy())
    course.agree()
    assert (ben.there(), course.open_questions()) == ([], 0)
    event_dates.move_date(
        course.course, course.date, local_start=course.day("14:00"), by=OWNER, now=course.now()
    )
    course.agree()
    assert ben.copy()["start"]["dateTime"] == course.utc("14:00")


def test_another_persons_deleted_copy_can_be_added_again(course, ben):
    ben.delete(ben.copy())
    course.agree()
    mirror = course.mirror_for(ben.me.employee_id)
    connections.add_again(mirror.id, by=ben.me, now=course.now())
    course.agree()
    assert ben.copy()["start"]["dateTime"] == course.utc("10:00")
    with pytest.raises(AlreadyChanged):
        connections.add_again(mirror.id, by=ben.me, now=course.now())


def test_another_persons_copy_is_put_back_twice_and_then_asked_about(course, ben):
    for _ in range(2):
        ben.move(ben.copy(), "14:00", "15:00")
        course.agree()
    ben.move(ben.copy(), "14:00", "15:00")
    course.agree()
    assert (course.question().employee_id, course.date_starts()) == (course.ben.id, "10:00")


def test_those_who_attend_are_told_once_it_is_quiet(course, ben):
    attend(course)
    course.move_there(course.copy(), "14:00", "15:00")
    course.agree()
    (mail,) = written(kind="attendee_changed")
    assert mail.due_at > course.now() and "10:00–11:00" in mail.text
    (moved,) = questions.of_employees([course.anna.id])
    questions.answer(moved.id, "undo", by=course.me, now=course.now())
    course.agree()
    assert (course.date_starts(), ben.copy()["start"]["dateTime"]) == ("10:00", course.utc("10:00"))
    assert [one.status for one in written(kind="attendee_changed")] == ["dropped"]


def test_a_date_that_the_organizer_deletes_is_cancelled_after_its_grace(course, ben):
    attend(course)
    course.settings(on_delete="cancel")
    course.sandbox.delete_event(course.upn, course.copy()["id"])
    course.agree()
    assert (len(ben.there()), written(kind="attendee_cancelled")) == (1, [])
    course.forward(minutes=16)
    course.agree()
    assert (ben.there(), len(written(kind="attendee_cancelled"))) == ([], 1)


def test_helpers_have_no_copy_where_the_settings_say_so(course, ben):
    course.settings(add_staff=False)
    course.agree()
    assert (len(course.there()), ben.there()) == (1, [])


def test_who_helps_no_longer_loses_the_copy(course, ben):
    edit(course, staff=frozenset())
    assert (len(course.there()), ben.there()) == (1, [])


def test_another_organizer_has_the_copy_that_counts(course, ben):
    edit(course, organizer_id=course.ben.id, staff=frozenset())
    assert course.there() == []
    ben.move(ben.copy(), "14:00", "15:00")
    course.agree()
    assert course.date_starts() == "14:00"


def test_a_cancelled_event_leaves_every_calendar(course, ben):
    events.cancel(course.course, by=OWNER, now=course.now())
    course.agree()
    assert (course.there(), ben.there()) == ([], [])


def test_a_cancelled_date_leaves_every_calendar(course, ben):
    event_dates.cancel_date(course.course, course.date, by=OWNER, now=course.now())
    course.agree()
    assert (course.there(), ben.there()) == ([], [])


def test_an_event_may_lie_outside_work_hours(course, ben):
    course.move_there(course.copy(), "19:00", "20:00")
    course.agree()
    assert (course.date_starts(), course.open_questions()) == ("19:00", 0)


def test_a_helper_cannot_move_the_event_by_an_answer(course, ben):
    for _ in range(3):
        ben.move(ben.copy(), "14:00", "15:00")
        course.agree()
    assert course.question().kind == "moved"
    with pytest.raises(ben.NotAllowed):
        ben.answer("accept")


def test_an_appointment_goes_to_a_colleague(linked, ben):
    booked = linked.book_at("10:00")
    linked.agree()
    appointment_edits.reassign(booked.id, employee_id=linked.ben.id, by=OWNER, now=linked.now())
    linked.agree()
    assert (linked.there(), len(ben.there())) == ([], 1)


def test_an_appointment_goes_to_a_colleague_without_outlook_and_back(linked):
    booked = linked.book_at("10:00")
    linked.agree()
    appointment_edits.reassign(booked.id, employee_id=linked.ben.id, by=OWNER, now=linked.now())
    linked.agree()
    assert linked.there() == []
    appointment_edits.reassign(booked.id, employee_id=linked.anna.id, by=OWNER, now=linked.now())
    linked.agree()
    assert len(linked.there()) == 1


def test_a_fault_in_one_calendar_holds_up_no_other(linked, ben):
    linked.fault("POST", "status", status=503)
    linked.book_at("10:00")
    linked.book(linked.day("10:00"), employee_id=linked.ben.id, now=linked.now())
    linked.sync()
    assert (linked.there(), len(ben.there())) == ([], 1)


def test_undoing_one_date_of_a_course_still_tells_of_the_other(linked):
    plan = events.Details("Back course", linked.anna.id, whole=True)
    dates = [events.Date(linked.day(clock), 60, "Europe/Berlin") for clock in ("10:00", "14:00")]
    event = events.create(plan, dates, by=OWNER, now=linked.now())
    attendances.attend(Wish(event.id, None, linked.ines.id, 1), by=OWNER, now=linked.now())
    linked.agree()
    linked.move_there(linked.event_at("10:00"), "09:00", "10:00")
    linked.move_there(linked.event_at("14:00"), "15:00", "16:00")
    linked.agree()
    first, _ = questions.of_employees(None)
    questions.answer(first.id, "undo", by=linked.me, now=linked.now())
    linked.agree()
    (mail,) = written(kind="attendee_changed", status="waiting")
    assert "14:00–15:00" in mail.text and mail.due_at > linked.now()
