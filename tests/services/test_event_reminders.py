"""Who has places at an event is reminded before each of its dates."""

from datetime import timedelta

import pytest

from panel.db.base import writing
from panel.db.tables import Company
from panel.services import attendances, event_dates, events, reminders
from tests.services.correspondence import kinds, written
from tests.services.studio import NOON, OWNER
from tests.services.workshop import SIX, STARTS, WEEK_LATER, hold

DAY = timedelta(days=1)


@pytest.fixture
def course(studio):
    """An event of two dates, booked as a whole."""
    return hold(studio, SIX, WEEK_LATER, whole=True)


@pytest.fixture
def workshop(studio):
    """The date to come is a week and a day away, and Lea goes there."""
    workshop = hold(studio, SIX, WEEK_LATER)
    workshop.made = workshop.attend(date=workshop.dates[1])
    return workshop


def due():
    return [one.due_at for one in written(kind="attendee_reminder", status="waiting")]


def later(start):
    return STARTS + timedelta(days=7) - DAY + start


def test_it_waits_until_the_day_before(workshop):
    assert due() == [later(timedelta(0))]


def test_a_course_is_reminded_of_date_by_date(course):
    course.attend(date=None)
    assert due() == [STARTS - DAY, later(timedelta(0))]


def test_it_moves_with_the_date(workshop):
    event_dates.move_date(
        workshop.id, workshop.dates[1], local_start="2026-12-03T20:00", by=OWNER, now=NOON
    )
    assert due() == [later(timedelta(hours=2))]


def test_it_goes_with_the_places(workshop):
    attendances.cancel(workshop.made.id, by=OWNER, now=NOON)
    assert due() == []


def test_it_goes_with_the_event(course):
    course.attend(date=None)
    events.cancel(course.id, by=OWNER, now=NOON)
    assert due() == [] and kinds() == ["attendee_booked", "attendee_cancelled"]


def test_a_date_that_is_added_is_reminded_of_too(course):
    course.attend(date=None)
    more = events.Date("2026-12-10T18:00", 90, WEEK_LATER.zone)
    event_dates.add_date(course.id, more, by=OWNER, now=NOON)
    assert due()[-1] == later(timedelta(days=7))


def test_another_lead_moves_it_and_none_drops_it(workshop):
    for minutes, wanted in ((60, [later(DAY - timedelta(hours=1))]), (0, [])):
        with writing() as session:
            session.get_one(Company, 1).reminder_minutes = minutes
            session.flush()
            reminders.settle_all(session, now=NOON)
        assert due() == wanted


def test_it_speaks_of_its_own_date(course, post):
    course.attend(date=None)
    post.now = later(timedelta(0))
    assert "Reminder: Back care workshop, Thu 3 Dec, 18:00" in post.deliver()
    assert "more" not in post.box.taken[-1].get_body(("plain",)).get_content()
