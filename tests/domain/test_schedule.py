"""Work hours, breaks, days off and special days, worked out for a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.schedule import Day, Off, Plan, Span, Special, Weekly, joined
from tests.domain.test_moments import ZONES

MONDAY = date(2026, 11, 23)
NINE_TO_FIVE = tuple(Weekly(day, "work", 540, 1020) for day in range(5))
LUNCH = tuple(Weekly(day, "break", 720, 780) for day in range(5))

periods = st.tuples(st.integers(0, 1380), st.integers(5, 400)).map(
    lambda one: (one[0], min(1440, one[0] + one[1]))
)
instants = st.integers(0, 20_000).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n)
)
spans = st.tuples(instants, st.integers(1, 30)).map(
    lambda one: Span(one[0], one[0] + timedelta(hours=one[1]))
)


def hours(*spans: Span) -> list[str]:
    return [f"{span.starts:%H:%M}–{span.ends:%H:%M}" for span in spans]


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), UTC)


def test_a_break_parts_the_work_hours():
    day = Plan("UTC", NINE_TO_FIVE + LUNCH).day(MONDAY)
    assert hours(*day.open()) == ["09:00–12:00", "13:00–17:00"]


def test_work_hours_are_wall_times_in_the_employees_zone():
    plan = Plan("Europe/London", NINE_TO_FIVE)
    assert hours(*plan.day(date(2026, 7, 6)).work) == ["08:00–16:00"]
    assert hours(*plan.day(MONDAY).work) == ["09:00–17:00"]


def test_a_special_day_replaces_the_work_hours_and_their_break():
    special = Special(MONDAY, MONDAY, 600, 840)
    day = Plan("UTC", NINE_TO_FIVE + LUNCH, special=(special,)).day(MONDAY)
    assert hours(*day.open()) == ["10:00–14:00"]


def test_a_day_off_comes_before_a_special_day():
    plan = Plan("UTC", NINE_TO_FIVE, (Off(MONDAY, MONDAY),), (Special(MONDAY, MONDAY, 600, 840),))
    assert plan.day(MONDAY) == Day(MONDAY, (), (), Off(MONDAY, MONDAY))


def test_a_yearly_day_off_comes_back():
    christmas = Off(date(2020, 12, 25), date(2020, 12, 26), yearly=True)
    assert christmas.covers(date(2030, 12, 26))
    assert not christmas.covers(date(2030, 12, 27))


def test_a_yearly_holiday_may_reach_over_new_year():
    holiday = Off(date(2020, 12, 30), date(2021, 1, 2), yearly=True)
    shown = [holiday.covers(date(2028, *day)) for day in [(12, 29), (12, 31), (1, 2), (1, 3)]]
    assert shown == [False, True, True, False]


def test_a_leap_day_off_troubles_no_other_year():
    leap = Off(date(2024, 2, 29), date(2024, 2, 29), yearly=True)
    assert not leap.covers(date(2026, 2, 28)) and not leap.covers(date(2026, 3, 1))


def test_work_until_midnight_ends_with_the_day():
    day = Plan("Europe/Berlin", (Weekly(0, "work", 1200, 1440),)).day(MONDAY)
    assert day.work[0].ends == datetime(2026, 11, 23, 23, tzinfo=UTC)


@given(st.lists(periods, max_size=4), st.lists(periods, max_size=4), st.sampled_from(ZONES),
       st.dates(date(2024, 1, 1), date(2030, 12, 31)))  # fmt: skip
def test_open_hours_are_inside_work_and_outside_every_break(work, breaks, zone, day):
    weekly = [Weekly(day.weekday(), "work", *one) for one in work]
    weekly += [Weekly(day.weekday(), "break", *one) for one in breaks]
    shown = Plan(zone, tuple(weekly)).day(day)
    for span in shown.open():
        assert any(one.holds(span) for one in shown.work)
        assert not any(one.overlaps(span) for one in shown.breaks if one.starts < one.ends)


@given(st.lists(spans, max_size=8))
def test_joined_spans_lie_apart_and_cover_the_same(given_spans):
    result = joined(given_spans)
    assert all(one.ends < after.starts for one, after in zip(result, result[1:], strict=False))
    assert all(any(one.holds(span) for one in result) for span in given_spans)


@given(spans, spans)
def test_overlapping_is_mutual(one, other):
    assert one.overlaps(other) == other.overlaps(one)


def test_hours_may_be_for_certain_services():
    yoga, rest = Weekly(0, "work", 540, 720, frozenset({5})), Weekly(0, "work", 780, 1020)
    plan = Plan("UTC", (yoga, rest))
    assert hours(*plan.day(MONDAY).work) == ["09:00–12:00", "13:00–17:00"]
    assert plan.only(5) is plan
    assert hours(*plan.only(6).day(MONDAY).work) == ["13:00–17:00"]


def test_a_special_day_for_another_service_has_no_hours_of_a_usual_one():
    special = Special(MONDAY, MONDAY, 600, 840, frozenset({5}))
    plan = Plan("UTC", NINE_TO_FIVE, special=(special,))
    assert plan.only(6).day(MONDAY).work == ()


@pytest.mark.parametrize(
    "starts, ends, inside",
    [
        ("09:00", "10:00", True),
        ("08:30", "09:30", False),
        ("11:30", "12:30", False),
        ("13:00", "17:00", True),
        ("16:30", "17:30", False),
    ],
)
def test_a_plan_holds_what_lies_in_work_hours_and_in_no_break(starts, ends, inside):
    plan = Plan("UTC", NINE_TO_FIVE + LUNCH)
    wish = Span(at(MONDAY, starts), at(MONDAY, ends))
    assert plan.holds(wish) is inside
    assert not replace(plan, off=(Off(MONDAY, MONDAY),)).holds(wish)


def test_a_plan_holds_what_crosses_midnight():
    night = (Weekly(0, "work", 1200, 1440), Weekly(1, "work", 0, 120))
    plan = Plan("UTC", night)
    wish = Span(at(MONDAY, "23:00"), at(MONDAY + timedelta(days=1), "01:00"))
    assert plan.holds(wish)
    assert not replace(plan, weekly=night[:1]).holds(wish)
