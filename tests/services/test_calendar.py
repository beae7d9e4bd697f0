"""Everything in a stretch of time, in few queries."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from panel.db.base import db
from panel.domain.errors import NotThere
from panel.services import appointments, calendar, events, overview
from tests.services import outlook_rows
from tests.services.studio import NOON, OWNER

FIRST = datetime(2026, 11, 22, 23, tzinfo=UTC)
END = FIRST + timedelta(days=7)
TEN = "2026-11-26T10:00"
NINE_UTC = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def week(by=OWNER, **given) -> calendar.Window:
    db.session.rollback()
    return calendar.read(by, FIRST, END, **given)


@pytest.fixture
def asked(house):
    """Every statement that the database was sent."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def workshop(studio):
    plan = events.Details("Workshop", studio.anna.id, frozenset({studio.ben.id}), capacity=12)
    date = events.Date("2026-11-26T18:00", 90, "Europe/Berlin")
    return events.create(plan, [date], by=OWNER, now=NOON)


def test_it_shows_the_week_of_everybody(studio):
    studio.book(TEN)
    studio.book(TEN, employee_id=studio.ben.id)
    assert [one.name for one in week().people] == ["Anna Berg", "Ben Ode"]
    assert [one.employee_id for one in week().visits] == [studio.anna.id, studio.ben.id]
    assert [one.employee_id for one in week(employee_id=studio.ben.id).visits] == [studio.ben.id]


def test_a_visit_says_what_a_block_shows(studio):
    booked = studio.book(TEN, status="pending")
    (visit,) = week().visits
    assert (visit.id, visit.service, visit.customer) == (booked.id, "Sports massage", "Lea Roth")
    assert (visit.span.starts, visit.status, visit.copy) == (NINE_UTC, "pending", "")


def test_what_is_cancelled_takes_no_place(studio):
    appointments.act(studio.book(TEN).id, "cancel", by=OWNER, now=NOON)
    assert week().visits == []


def test_it_shows_an_employee_only_their_own(studio, workshop):
    studio.book(TEN, employee_id=studio.ben.id)
    shown = week(studio.actor(studio.anna))
    assert ([one.name for one in shown.people], shown.visits) == (["Anna Berg"], [])
    assert [one.organizes for one in shown.happenings] == [True]
    with pytest.raises(NotThere):
        week(studio.actor(studio.anna), employee_id=studio.ben.id)


def test_an_event_stands_with_each_of_its_people(studio, workshop):
    shown = [(one.employee_id, one.organizes, one.capacity) for one in week().happenings]
    assert shown == [(studio.anna.id, True, 12), (studio.ben.id, False, 12)]


def test_every_day_has_its_hours(studio):
    days = week(employee_id=studio.anna.id).people[0].days
    assert [len(day.open()) for day in days] == [2, 2, 2, 2, 2, 0, 0]


@pytest.mark.parametrize("shown, title", [(True, "Dentist"), (False, "")])
def test_a_title_from_outlook_comes_only_to_whose_it_is(studio, shown, title):
    outlook_rows.integration(show_titles=shown)
    kept = outlook_rows.calendar(studio.anna)
    outlook_rows.block(kept, studio.anna, starts=NINE_UTC, ends=NINE_UTC + HOUR)
    assert [one.title for one in week().blocks] == [""]
    assert [one.title for one in week(studio.actor(studio.anna)).blocks] == [title]


@pytest.mark.parametrize(
    "mirror, copy",
    [
        ({"desired": 1, "confirmed": 1}, "in_outlook"),
        ({"desired": 2, "confirmed": 1}, "waiting"),
        ({"desired": 1, "state": "unknown"}, "waiting"),
        ({"desired": 1, "state": "parked"}, "parked"),
    ],
)
def test_it_says_how_the_copy_stands(studio, mirror, copy):
    booked = studio.book(TEN)
    mailbox = outlook_rows.calendar(studio.anna).mailbox_id
    outlook_rows.mirror(booked, mailbox, **mirror)
    assert week().visits[0].copy == copy


def test_a_question_stands_before_all_else_and_holds_its_time(studio):
    booked = studio.book(TEN)
    mirror = outlook_rows.mirror(booked)
    outlook_rows.question(mirror, holds_from=NINE_UTC + 4 * HOUR, holds_to=NINE_UTC + 5 * HOUR)
    assert week().visits[0].copy == "question"
    assert [(one.subject_id, one.span.starts) for one in week().held] == [
        (booked.id, NINE_UTC + 4 * HOUR)
    ]


def test_more_appointments_ask_no_more_questions_of_the_database(studio, workshop, asked):
    studio.book(TEN)
    asked.clear()
    week()
    few = len(asked)
    for hour in (9, 11, 14, 15, 16):
        studio.book(f"2026-11-26T{hour:02}:00")
        studio.book(f"2026-11-26T{hour:02}:00", employee_id=studio.ben.id)
    asked.clear()
    week()
    assert len(asked) == few


def test_every_range_has_a_lower_bound(studio, asked):
    week()
    ranged = [one for one in asked if "appointments.starts <" in one]
    assert ranged and all("appointments.starts >" in one for one in ranged)


def test_it_says_what_today_brings(studio):
    studio.book("2026-11-25T15:00", status="pending")
    studio.book(TEN)
    day = overview.today(OWNER, zone="Europe/Berlin", now=NOON)
    assert (len(day.window.visits), day.waiting) == (1, 1)
    assert len(overview.coming(OWNER, now=NOON)) == 2
    assert day.pending[0].customers == "Lea Roth"


def test_it_counts_the_questions_one_may_answer(studio):
    outlook_rows.question(outlook_rows.mirror(studio.book(TEN)))
    counted = [overview.question_count(studio.actor(one)) for one in (studio.anna, studio.ben)]
    assert (counted, overview.question_count(OWNER)) == ([1, 0], 1)
