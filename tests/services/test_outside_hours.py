"""Appointments that lie outside somebody's work hours."""

from datetime import date, timedelta

import pytest

from panel.domain.errors import NotThere
from panel.domain.schedule import Off, Weekly
from panel.services import schedules
from panel.services.outside_hours import outside_hours
from tests import make
from tests.services.studio import NOON, OWNER

DAY = date(2026, 11, 26)


@pytest.fixture
def booked(studio):
    """Ten to eleven on a Thursday on which Anna works from nine to five."""
    return studio.book("2026-11-26T10:00")


def outside(studio, **more):
    usual = {"by": OWNER, "now": NOON}
    return [one.id for one in outside_hours(studio.anna.id, **{**usual, **more})]


def thursday(studio, *periods):
    weekly = [Weekly(3, *one) for one in periods]
    schedules.set_week(studio.anna.id, weekly, by=OWNER)


def test_what_lies_within_is_not_listed(studio, booked):
    assert outside(studio) == []


@pytest.mark.parametrize(
    "periods",
    [
        [],
        [("work", 660, 1020)],
        [("work", 540, 630)],
        [("work", 540, 1020), ("break", 630, 645)],
    ],
)
def test_other_hours_leave_it_outside(studio, booked, periods):
    thursday(studio, *periods)
    assert outside(studio) == [booked.id]


def test_a_day_off_leaves_it_outside_and_moves_nothing(studio, booked):
    schedules.add_day_off(None, Off(DAY, DAY), by=OWNER)
    assert outside(studio) == [booked.id]
    assert booked.local_start == "2026-11-26T10:00" and booked.status == "approved"


def test_hours_for_another_service_leave_it_outside(studio, booked):
    other = make.service(name="Facial")
    thursday(studio, ("work", 540, 1020, frozenset({other.id})))
    assert outside(studio) == [booked.id]


def test_what_was_and_what_is_cancelled_does_not_count(studio, booked):
    thursday(studio)
    assert outside(studio, now=NOON + timedelta(days=2)) == []
    studio.change(booked, status="cancelled")
    assert outside(studio) == []


def test_it_is_the_employees_own_to_see(studio, booked):
    assert outside(studio, by=studio.actor(studio.anna, "events")) == []
    with pytest.raises(NotThere):
        outside(studio, by=studio.actor(studio.ben))
    with pytest.raises(NotThere):
        outside_hours(99, by=OWNER, now=NOON)
