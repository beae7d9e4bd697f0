"""How often a mailbox is read, and how long it waits."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.domain.cadence import until_next_round, wait_after, window

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)


def minutes(now=NOON, *, zone="Europe/Berlin", busy_day=False, poll=0, chance=0.5, told=False):
    found = until_next_round(
        now, zone, busy_day=busy_day, poll_seconds=poll, chance=chance, told=told
    )
    return found.total_seconds() / 60


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, 15),
        ({"busy_day": True}, 5),
        ({"now": NIGHT}, 60),
        ({"now": NIGHT, "busy_day": True}, 60),
        ({"now": NIGHT, "zone": "America/New_York"}, 15),
        ({"poll": 120, "now": NIGHT}, 2),
        ({"told": True}, 30),
        ({"told": True, "busy_day": True}, 30),
        ({"told": True, "now": NIGHT}, 30),
        ({"told": True, "poll": 120}, 2),
        ({"chance": 0.0}, 12),
        ({"chance": 1.0}, 18),
    ],
)
def test_it_reads_as_often_as_the_day_asks(given, expected):
    assert minutes(**given) == pytest.approx(expected)


@pytest.mark.parametrize("failures, seconds", [(1, 10), (2, 20), (5, 160), (7, 600), (99, 600)])
def test_it_waits_longer_each_time(failures, seconds):
    assert wait_after(failures, None, 0.5) == timedelta(seconds=seconds)


@pytest.mark.parametrize("wish", [0.0, 1.5, 3600.0])
def test_microsofts_own_wish_counts_in_full(wish):
    assert wait_after(5, wish, 0.9) == timedelta(seconds=wish)


def test_the_window_reaches_beyond_the_horizon():
    start, end = window(NOON, 90, None)
    assert start <= NOON - timedelta(days=7)
    assert end >= NOON + timedelta(days=120)


def test_the_window_reaches_beyond_the_last_copy():
    last = NOON + timedelta(days=200)
    assert window(NOON, 90, last)[1] >= last + timedelta(days=30)


@pytest.mark.parametrize("horizon, last", [(9999, None), (1, NOON + timedelta(days=9999))])
def test_the_window_is_never_longer_than_microsoft_allows(horizon, last):
    start, end = window(NOON, horizon, last)
    assert end - start <= timedelta(days=360)


def test_the_window_is_whole_days_so_that_it_moves_once_a_day():
    assert window(NOON, 90, None) == window(NOON + timedelta(hours=11), 90, None)
