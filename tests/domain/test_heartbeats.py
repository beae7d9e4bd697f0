"""How the last day of a connection is drawn."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.domain.heartbeats import HALF_HOUR, HALF_HOURS, beats, started

NOW = datetime(2026, 11, 26, 14, 4, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=300)
HERE = started(NOW)
ALL_DAY = {HERE - HALF_HOUR * number: (2, 0) for number in range(60)}


def drawn(known, since=LONG_AGO):
    return "".join(one[0] for one in beats(known, since=since, now=NOW))


def test_a_quiet_day_is_checked_throughout():
    assert drawn(ALL_DAY) == "c" * HALF_HOURS


@pytest.mark.parametrize("rounds, failures, bar", [(2, 0, "c"), (1, 3, "l"), (0, 3, "f")])
def test_failures_are_late_where_a_round_came_all_the_same(rounds, failures, bar):
    assert drawn(ALL_DAY | {HERE: (rounds, failures)}) == "c" * 47 + bar


def test_by_night_no_round_is_due_in_every_half_hour():
    every_hour = {HERE - HALF_HOUR * 2 * number: (1, 0) for number in range(30)}
    assert drawn(every_hour) == "c" * HALF_HOURS


def test_who_is_not_read_any_more_has_failed():
    ended = {start: known for start, known in ALL_DAY.items() if HERE - start >= HALF_HOUR * 10}
    assert drawn(ended) == "c" * 39 + "c" + "f" * 8


def test_before_the_account_was_connected_there_is_nothing():
    assert drawn({HERE: (1, 0)}, since=NOW) == "n" * 47 + "c"


def test_a_new_account_is_given_the_time_of_a_round():
    assert drawn({}, since=NOW - timedelta(minutes=3)) == "n" * 47 + "c"
