"""When somebody is told, and what."""

from datetime import UTC, date, datetime, timedelta

import pytest

from panel.domain.alerts import EXPIRY, due, expiry_step, troubled, well, words
from panel.domain.health import Health, State, Why

BEGAN = datetime(2026, 11, 26, 9, tzinfo=UTC)
TODAY = date(2026, 11, 26)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "after, told, wanted",
    [
        (timedelta(minutes=4), 0, 0),
        (timedelta(minutes=5), 0, 1),
        (23 * HOUR, 1, 1),
        (24 * HOUR, 1, 2),
        (167 * HOUR, 2, 2),
        (168 * HOUR, 2, 3),
        (9000 * HOUR, 3, 3),
        (30 * HOUR, 0, 2),
    ],
)
def test_it_is_told_at_once_after_a_day_and_after_a_week(after, told, wanted):
    assert due(BEGAN, told, BEGAN + after) == wanted


@pytest.mark.parametrize(
    "left, step",
    [(31, None), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_an_expiry_is_said_thirty_seven_and_one_days_before(left, step):
    assert expiry_step(TODAY + timedelta(days=left), TODAY) == step and 1 in EXPIRY


@pytest.mark.parametrize("state", State)
def test_only_a_duty_is_a_trouble(state):
    assert troubled(Health(state)) is (state is State.ACTION_NEEDED)


@pytest.mark.parametrize("why", [Why.SIGN_IN, Why.REGISTRATION, Why.CALENDAR, Why.PARKED])
def test_whoever_reads_it_is_spoken_to_or_about(why):
    assert "Carla Ruiz" in " ".join(words(why, "Carla Ruiz"))
    assert "Carla" not in " ".join(words(why)) and "{" not in " ".join(words(why))


def test_what_is_held_is_not_known_to_be_well():
    assert well(Health(State.UP_TO_DATE))
    assert not well(Health(State.DECISION_NEEDED, Why.INSTALLATION))
