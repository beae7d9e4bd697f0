"""Customers are told of their places at events."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from panel.db.base import db, writing
from panel.db.tables import Attendance, Occurrence
from panel.services import attendances, events, mailing
from tests.services.correspondence import kinds, written
from tests.services.studio import NOON, OWNER
from tests.services.test_manage_links import places_at_a_course
from tests.services.workshop import hold


@pytest.fixture
def places(studio):
    return places_at_a_course(studio)


def tell(booked, kind, **given):
    with writing() as session:
        row = session.get_one(Attendance, booked.id)
        for name, value in given.items():
            setattr(row, name, value)
        mailing.tell_attendance(session, kind, row, now=NOON)


def test_a_course_is_booked_with_all_its_dates(places):
    tell(places, "booked", places=2)
    (mail,) = written(kind="attendee_booked")
    assert mail.title == "Booked: Knee school, Thu 26 Nov, 12:00"
    assert "12:00–13:00 (UTC), and 1 more" in mail.text and "Places: 2" in mail.text
    assert mail.calendar.count("BEGIN:VEVENT") == 2


def test_a_place_on_offer_says_until_when(places):
    tell(places, "offered", status="offered", offered_until=NOON + timedelta(hours=12))
    assert "until Thursday 26 November 2026, 00:00 (UTC)" in written()[0].text


def test_a_second_offer_is_told_too(places):
    for hours in (12, 12, 24):
        tell(places, "offered", status="offered", offered_until=NOON + timedelta(hours=hours))
    assert kinds() == ["attendee_offered"] * 2


def test_a_cancellation_is_told_once_and_taken_out_of_the_calendar(places):
    for _ in range(2):
        tell(places, "cancelled", status="cancelled")
    (mail,) = written()
    assert "METHOD:CANCEL" in mail.calendar


@pytest.fixture
def date(places):
    """The places are at one date only."""
    first = db.session.scalar(select(Occurrence).order_by(Occurrence.starts))
    tell(places, "booked", occurrence_id=first.id)
    return first.id


def test_another_time_reaches_who_booked_it(date):
    with writing() as session:
        one = session.get_one(Occurrence, date)
        starts = NOON + timedelta(days=2)
        events.set_occurrence_time(session, one, starts, side="panel", who="R", now=NOON)
    assert kinds() == ["attendee_booked", "attendee_changed"]
    assert "Fri 27 Nov, 12:00" in written()[-1].title


def test_a_course_that_loses_a_date_says_what_is_left(places):
    tell(places, "booked")
    with writing() as session:
        last = session.scalars(select(Occurrence).order_by(Occurrence.starts.desc())).first()
        events.cancel_occurrence_in(session, last, side="panel", who="R", now=NOON)
    assert kinds() == ["attendee_booked", "attendee_changed"]
    assert "and 1 more" not in written()[-1].text


@pytest.fixture
def full(studio):
    """One place, which Lea has; Ines waits for it."""
    workshop = hold(studio, capacity=1, waiting_list=True)
    workshop.attend(studio.lea)
    workshop.attend(studio.ines)
    return workshop


def to(address):
    return kinds(to_address=address)


def test_who_books_is_told_and_who_waits_is_not(full):
    assert to("lea@example.test") == ["attendee_booked"] and to("ines@example.test") == []


def test_a_place_that_becomes_free_is_offered_in_writing(full):
    first = db.session.scalar(select(Attendance.id).order_by(Attendance.id))
    attendances.cancel(first, by=OWNER, now=NOON)
    assert to("lea@example.test") == ["attendee_booked", "attendee_cancelled"]
    assert to("ines@example.test") == ["attendee_offered"]


def test_a_cancelled_date_reaches_who_booked_it(date):
    with writing() as session:
        one = session.get_one(Occurrence, date)
        events.cancel_occurrence_in(session, one, side="panel", who="R", now=NOON)
    assert kinds() == ["attendee_booked", "attendee_cancelled"]


def test_nobody_is_told_of_what_is_over(places):
    with writing() as session:
        row = session.get_one(Attendance, places.id)
        mailing.tell_attendance(session, "cancelled", row, now=NOON + timedelta(days=9))
    assert kinds() == []


def test_the_link_and_the_mail_live_as_long_as_the_last_date(places, post):
    tell(places, "booked")
    post.forward(days=2)
    assert post.deliver() == ["Booked: Knee school, Thu 26 Nov, 12:00"]
    assert "/book/manage/" in str(post.box.taken[0])
