"""What stands in the way, read from the tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from panel.db.base import reading, writing
from panel.db.tables import SpecialDay, WorkPeriod
from panel.domain.schedule import Off, Special
from panel.services import appointments, availability, events, schedules
from tests import make
from tests.services import outlook_rows
from tests.services.studio import NOON, OWNER

DAY = date(2026, 11, 26)
TWO = datetime(2026, 11, 26, 13, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ask(studio):
    """Ask for the hour from 14:00 in Berlin, or another one; return the kind of conflict."""

    def conflict(starts=TWO, ends=None, **given):
        found = availability.conflict(
            reading(), studio.anna.id, starts, ends or starts + HOUR, now=NOON, **given
        )
        return found and found.kind

    return conflict


@pytest.fixture
def outside(studio):
    """A busy hour in Outlook from 14:00, under the settings a test gives."""

    def make(block=None, **settings):
        outlook_rows.integration(**settings)
        kept = outlook_rows.calendar(studio.anna)
        when = {"starts": TWO, "ends": TWO + HOUR}
        return outlook_rows.block(kept, studio.anna, **when | (block or {}))

    return make


def test_a_work_hour_is_free(ask):
    assert ask() is None


def test_a_busy_hour_in_outlook_blocks(ask, outside):
    outside()
    assert ask() == "busy"


def test_the_move_rule_may_leave_outlook_out(ask, outside):
    outside()
    assert ask(busy=False) is None


@pytest.mark.parametrize(
    "block, settings, kind",
    [
        ({}, {"enabled": False}, None),
        ({}, {"block_busy": False}, None),
        ({"show_as": "tentative"}, {}, None),
        ({"show_as": "tentative"}, {"blocking_kinds": ["tentative"]}, "busy"),
        ({"show_as": "oof"}, {}, "busy"),
        ({"counts": False}, {}, None),
    ],
)
def test_the_settings_say_what_blocks(ask, outside, block, settings, kind):
    outside(block, **settings)
    assert ask() == kind


@pytest.mark.parametrize("wanted, kind", [(True, "busy"), (False, None)])
def test_an_employee_may_differ_from_the_company(ask, outside, studio, wanted, kind):
    outside(block_busy=not wanted)
    studio.change(studio.anna, block_busy=wanted)
    assert ask() == kind


def test_all_day_is_a_day_of_the_employees_zone(ask, outside, studio):
    wide = {"first_date": "2026-11-26", "end_date": "2026-11-27",
            "starts": TWO - 26 * HOUR, "ends": TWO + 26 * HOUR}  # fmt: skip
    outside(wide)
    assert ask() == "busy"
    assert ask(TWO - 24 * HOUR) is None
    assert ask(TWO + 24 * HOUR) is None


def test_all_day_may_be_left_out(ask, outside):
    outside({"first_date": "2026-11-26", "end_date": "2026-11-27"}, block_all_day=False)
    assert ask() is None


def test_a_calendar_that_does_not_block_does_not_block(ask, studio):
    outlook_rows.integration()
    kept = outlook_rows.calendar(studio.anna, is_blocking=False)
    outlook_rows.block(kept, studio.anna, starts=TWO, ends=TWO + HOUR)
    assert ask() is None


def test_both_times_of_an_open_question_are_taken(ask, studio):
    booked = studio.book("2026-11-26T10:00")
    asked = outlook_rows.question(outlook_rows.mirror(booked), holds_from=TWO, holds_to=TWO + HOUR)
    assert ask() == "question"
    assert ask(ignoring=("appointment", booked.id)) is None
    studio.change(asked, closed_at=NOON)
    assert ask() is None


@pytest.mark.parametrize("role", ["organizer", "staff"])
def test_an_event_takes_the_time_of_organizer_and_staff(ask, studio, role):
    leader, helper = studio.anna.id, studio.ben.id
    if role == "staff":
        leader, helper = helper, leader
    plan = events.Details("Workshop", leader, frozenset({helper}))
    events.create(plan, [events.Date("2026-11-26T13:30", 60, "Europe/Berlin")], by=OWNER, now=NOON)
    assert ask() == "event"


def test_a_day_off_of_the_company_is_everybodys(ask):
    schedules.add_day_off(None, Off(DAY, DAY), by=OWNER)
    assert ask() == "day_off"


def test_a_special_day_has_its_own_hours(ask, studio):
    schedules.add_special_days(studio.anna.id, [Special(DAY, DAY, 480, 720)], by=OWNER)
    assert ask() == "outside_hours"
    assert ask(TWO - 6 * HOUR) is None


def test_what_has_passed_is_not_free(ask):
    assert ask(NOON - timedelta(hours=4)) == "past"


def test_an_appointment_of_yesterday_night_that_reaches_over_is_seen(ask, studio):
    studio.book("2026-11-26T13:45", anyway=True)
    assert ask(TWO + timedelta(minutes=30)) == "appointment"


def limit(studio, table, **only):
    with writing() as session:
        session.execute(update(table).where(table.employee_id == studio.anna.id).values(**only))


def test_work_hours_may_be_for_certain_services(ask, studio):
    other = make.service(name="Yoga").id
    limit(studio, WorkPeriod, service_ids=[other])
    assert ask(service_id=studio.massage.id) == "outside_hours"
    assert (ask(service_id=other), ask()) == (None, None)


def test_a_special_day_may_be_for_certain_services(ask, studio):
    schedules.add_special_days(studio.anna.id, [Special(DAY, DAY, 480, 1200)], by=OWNER)
    limit(studio, SpecialDay, service_ids=[studio.massage.id + 1])
    assert ask(service_id=studio.massage.id) == "outside_hours"


def test_an_employee_takes_so_many_a_day(ask, studio):
    studio.book("2026-11-26T10:00")
    studio.change(studio.anna, most_a_day=1)
    assert ask(service_id=studio.massage.id) == "day_full"
    assert ask(TWO + 24 * HOUR, service_id=studio.massage.id) is None


def test_an_event_is_none_of_the_appointments_of_a_day(ask, studio):
    studio.change(studio.anna, most_a_day=0)
    assert ask() is None


def test_what_moves_within_a_full_day_does_not_count_itself(ask, studio):
    booked = studio.book("2026-11-26T10:00")
    studio.change(studio.anna, most_a_day=1)
    assert ask(service_id=studio.massage.id, ignoring=("appointment", booked.id)) is None


def test_what_was_cancelled_leaves_the_day(ask, studio):
    booked = studio.book("2026-11-26T10:00")
    studio.change(studio.anna, most_a_day=1)
    appointments.act(booked.id, "cancel", by=OWNER, now=NOON)
    assert ask(service_id=studio.massage.id) is None
