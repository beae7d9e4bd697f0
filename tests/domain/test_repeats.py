"""Dates that repeat."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.errors import RuleBroken
from panel.domain.repeats import DAY, MONTH, WEEK, Repeat, repeated

WEDNESDAY = date(2026, 11, 25)


def days(how: Repeat, first: date = WEDNESDAY) -> list[str]:
    return [f"{day:%d.%m.}" for day in repeated(first, how)]


def test_it_repeats_daily():
    assert days(Repeat(DAY, times=3)) == ["25.11.", "26.11.", "27.11."]
    assert days(Repeat(DAY, step=2, until=date(2026, 11, 28))) == ["25.11.", "27.11."]


def test_it_repeats_weekly_on_the_day_of_the_first_date():
    assert days(Repeat(WEEK, times=3)) == ["25.11.", "02.12.", "09.12."]


def test_it_repeats_every_other_week_on_chosen_days():
    how = Repeat(WEEK, step=2, weekdays=frozenset({0, 4}), times=5)
    assert days(how) == ["25.11.", "27.11.", "07.12.", "11.12.", "21.12."]


def test_it_repeats_monthly_and_leaves_out_months_without_that_day():
    assert days(Repeat(MONTH, times=3)) == ["25.11.", "25.12.", "25.01."]
    assert days(Repeat(MONTH, times=3), date(2026, 12, 31)) == ["31.12.", "31.01.", "31.03."]


@pytest.mark.parametrize(
    "how, said",
    [
        (Repeat("year", times=2), "how often"),
        (Repeat(DAY, step=0, times=2), "from 1 to 52"),
        (Repeat(DAY), "until when, or how many times"),
        (Repeat(DAY, until=date(2026, 11, 24)), "before the first one"),
        (Repeat(DAY, times=0), "from 1 to 100"),
        (Repeat(DAY, until=date(2027, 11, 25)), "At most 100 dates"),
    ],
)
def test_it_says_what_it_cannot_do(how, said):
    with pytest.raises(RuleBroken, match=said):
        repeated(WEDNESDAY, how)


def test_it_comes_to_an_end_where_the_day_never_comes_again():
    assert repeated(date(2099, 12, 31), Repeat(MONTH, step=2, times=100))[-1] == date(2100, 12, 31)


@given(
    first=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    unit=st.sampled_from([DAY, WEEK, MONTH]),
    step=st.integers(1, 52),
    weekdays=st.frozensets(st.integers(0, 6)),
    times=st.integers(1, 20),
)
def test_the_dates_go_forward_from_the_first(first, unit, step, weekdays, times):
    found = repeated(first, Repeat(unit, step, weekdays, times=times))
    assert found[0] == first and found == sorted(set(found)) and len(found) <= times
    if unit == WEEK and weekdays:
        monday = first - timedelta(days=first.weekday())
        assert {day.weekday() for day in found[1:]} <= weekdays
        assert {(day - monday).days // 7 % step for day in found} == {0}
