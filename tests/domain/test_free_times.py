"""Free times are what a slow and simple search finds too: every slot against every conflict."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from panel.domain.conflicts import Taken, Voice, conflicts
from panel.domain.free_times import Wanted, free_starts
from panel.domain.moments import at_wall
from panel.domain.open_hours import instant_of, midnight_of, minute_of, pieces
from panel.domain.schedule import Off, Plan, Span, Special, Weekly

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
# Each changes its clocks in its own way: at midnight, by half an hour, on a Friday, not at all.
CHANGES = {
    "Europe/London": "2026-03-29", "Europe/Berlin": "2026-10-25", "America/New_York": "2026-03-08",
    "America/Los_Angeles": "2026-11-01", "America/Havana": "2026-03-08",
    "America/Santiago": "2026-09-06", "America/Asuncion": "2026-03-22",
    "America/St_Johns": "2026-11-01", "America/Nuuk": "2026-03-28",
    "America/Sao_Paulo": "2026-02-15",
    "Africa/Cairo": "2026-04-24", "Africa/Casablanca": "2026-03-22", "Asia/Beirut": "2026-03-29",
    "Asia/Jerusalem": "2026-03-27", "Asia/Kathmandu": "2026-05-01", "Asia/Tehran": "2026-03-22",
    "Australia/Lord_Howe": "2026-04-05", "Australia/Adelaide": "2026-10-04",
    "Pacific/Auckland": "2026-09-27", "Pacific/Chatham": "2026-04-05",
    "Pacific/Easter": "2026-04-04",
    "Atlantic/Azores": "2026-10-25", "Antarctica/Troll": "2026-03-29", "UTC": "2026-06-01",
}  # fmt: skip


# Which services a period is for: all, the one that is sought with another, or only others.
LIMITS = st.sampled_from([None, None, frozenset([1, 2]), frozenset([2])])


@st.composite
def periods(draw, most=1440):
    start = draw(st.integers(0, most // 15 - 1)) * 15
    return start, draw(st.integers(start // 15 + 1, most // 15)) * 15


@st.composite
def plans(draw, zone, day):
    """A week of work hours with breaks, days off and special days near a date."""
    weekdays = st.integers(0, 6)
    weekly = [
        Weekly(draw(weekdays), kind, *draw(periods()), None if kind == "break" else draw(LIMITS))
        for kind in draw(st.lists(st.sampled_from(["work", "work", "break"]), max_size=12))
    ]
    near = st.integers(-2, 3).map(lambda n: day + timedelta(days=n))
    off = [Off(one, one + timedelta(days=draw(st.integers(0, 1))), draw(st.booleans()))
           for one in draw(st.lists(near, max_size=1))]  # fmt: skip
    special = [Special(one, one, *draw(periods()), draw(LIMITS))
               for one in draw(st.lists(near, max_size=2))]  # fmt: skip
    return Plan(zone, tuple(weekly), tuple(off), tuple(special)).only(1)


@st.composite
def searches(draw):
    """A plan around a change of the clocks, what is taken then, and what is looked for."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    day = date.fromisoformat(CHANGES[zone])
    first = minute_of(at_wall(day, 0, zone)) - 1440
    wanted = Wanted(
        duration=draw(st.sampled_from([5, 15, 45, 60, 90, 600])),
        step=draw(st.sampled_from([5, 15, 20, 60])),
        earliest=first + draw(st.integers(0, 1500)),
        latest=first + draw(st.integers(1500, 3 * 1440)),
        before=draw(st.sampled_from([0, 0, 10, 45])),
        after=draw(st.sampled_from([0, 0, 15, 120])),
    )
    starts = st.integers(first - 300, first + 3 * 1440)
    lengths = st.sampled_from([0, 1, 15, 60, 61, 1440, 2 * 1440])
    taken = [(a, a + n) for a, n in draw(st.lists(st.tuples(starts, lengths), max_size=8))]
    return draw(plans(zone, day)), taken, wanted


def slowly(plan: Plan, taken: list[tuple[int, int]], wanted: Wanted) -> list[int]:
    """Ask about every slot of every piece what stands in its way."""
    others = [span_of(a, b) for a, b in taken]
    busy = [Taken("busy", one, one) for one in others]
    first, last = instant_of(wanted.earliest), instant_of(wanted.latest)
    days = plan.days(first - timedelta(days=1), last + timedelta(days=1))
    slots = {
        start
        for day in days
        for piece in day.open()
        for start in range(minute_of(piece.starts), minute_of(piece.ends), wanted.step)
    }
    found = [one for one in sorted(slots) if wanted.earliest <= one < wanted.latest]
    return [one for one in found if not in_the_way(plan, busy, wanted, one)]


def span_of(start: int, end: int) -> Span:
    return Span(instant_of(start), instant_of(end))


def in_the_way(plan: Plan, busy: list[Taken], wanted: Wanted, start: int) -> list:
    wish = span_of(start, start + wanted.duration)
    around = wish.widened(wanted.before, wanted.after)
    return conflicts(Voice(1, "Anna", plan.zone), plan, busy, wish, around, LONG_AGO)


OVERLAPPING = Plan(
    "UTC",
    (
        Weekly(0, "work", 0, 60),
        Weekly(0, "work", 15, 30),
        Weekly(0, "break", 0, 15),
        Weekly(0, "break", 30, 45),
    ),
).only(1)
# The first of June 2026, a Monday.
MONDAY = 29671200


@example((OVERLAPPING, [], Wanted(15, 5, earliest=MONDAY, latest=MONDAY + 60)))
@settings(max_examples=400)
@given(searches())
def test_it_finds_what_a_slow_search_finds(search):
    plan, taken, wanted = search
    hours = pieces(plan, wanted.earliest, wanted.latest)
    assert free_starts(hours, [(a, b, 1) for a, b in taken], wanted) == slowly(plan, taken, wanted)


@pytest.mark.parametrize("zone", sorted(CHANGES))
def test_open_hours_are_those_of_the_plan(zone):
    """On each day of a whole year, whatever the clocks do."""
    plan = Plan(zone, tuple(Weekly(day, "work", 60, 1380) for day in range(7)))
    first = minute_of(at_wall(date(2026, 1, 1), 0, zone))
    days = plan.days(instant_of(first), instant_of(first + 365 * 1440))
    asked = [(minute_of(one.starts), minute_of(one.ends)) for day in days for one in day.open()]
    assert pieces(plan, first, first + 364 * 1440)[:360] == asked[:360]


def test_most_days_are_worked_out_without_asking_the_plan():
    year = range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    changing = [day for day in year if not midnight_of(day, "Europe/Berlin")[1]]
    assert [date.fromordinal(day).isoformat() for day in changing] == ["2026-03-29", "2026-10-25"]


def search_of(pieces_, taken=(), **more):
    usual = {"duration": 60, "step": 30, "earliest": 0, "latest": 1440}
    return free_starts(pieces_, [(a, b, 1) for a, b in taken], Wanted(**usual | more))


def test_the_grid_begins_anew_after_a_break():
    assert search_of([(0, 100), (110, 200)]) == [0, 30, 110, 140]


def test_pieces_that_touch_are_worked_through():
    assert search_of([(0, 90), (90, 180)]) == [0, 30, 60, 90, 120]


def test_one_may_begin_where_another_ends_and_end_where_it_begins():
    assert search_of([(0, 300)], [(60, 120)]) == [0, 120, 150, 180, 210, 240]


def test_buffers_keep_apart():
    assert search_of([(0, 300)], [(120, 150)], before=10, after=10) == [0, 30, 180, 210, 240]


def test_the_first_start_is_the_first_on_the_grid_after_the_notice():
    assert search_of([(0, 240)], earliest=31) == [60, 90, 120, 150, 180]


def test_a_group_with_places_left_is_a_start_of_its_own():
    wanted = Wanted(60, 30, 0, 1440)
    assert free_starts([(0, 120)], [(10, 70, 1)], wanted, {10: (10, 70, 1)}) == [10]


def test_a_group_stays_full_for_whoever_is_busy_then():
    wanted = Wanted(60, 30, 0, 1440)
    assert free_starts([(0, 120)], [(10, 70, 1), (60, 65, 1)], wanted, {10: (10, 70, 1)}) == []


def test_a_group_outside_the_open_hours_takes_nobody_more():
    wanted = Wanted(60, 30, 0, 1440)
    assert free_starts([(0, 60)], [(10, 70, 1)], wanted, {10: (10, 70, 1)}) == []
