"""The days of a series, against python-dateutil's reading of the same rule."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekdays
from hypothesis import given
from hypothesis import strategies as st

from sandbox.recurrence import INDEXES, Recurrence

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
WEEK = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
FREQUENCIES = {
    "daily": DAILY,
    "weekly": WEEKLY,
    "absoluteMonthly": MONTHLY,
    "relativeMonthly": MONTHLY,
    "absoluteYearly": YEARLY,
    "relativeYearly": YEARLY,
}


def series(kind, starts, **more):
    usual = {
        "type": kind, "interval": 1, "days": (), "day_of_month": 1, "month": 1, "index": "first",
        "first_day": 6, "range_type": "noEnd", "starts": starts, "until": None, "number": 0,
        "zone": "UTC",
    }  # fmt: skip
    return Recurrence(**{**usual, **more})


def by_dateutil(own, count):
    rule = {"interval": own.interval, "wkst": own.first_day}
    if own.type == "weekly":
        rule["byweekday"] = own.days
    if own.type.startswith("relative"):
        place = -1 if own.index == "last" else INDEXES.index(own.index) + 1
        rule |= {"byweekday": [weekdays[day] for day in own.days], "bysetpos": place}
    if own.type.startswith("absolute"):
        rule["bymonthday"] = own.day_of_month
    if own.type.endswith("Yearly"):
        rule["bymonth"] = own.month
    start = datetime.combine(own.starts, datetime.min.time(), UTC)
    return [one.date() for one in islice(rrule(FREQUENCIES[own.type], start, **rule), count)]


@given(
    kind=st.sampled_from(sorted(FREQUENCIES)),
    starts=DAYS,
    interval=st.integers(1, 5),
    days=WEEK,
    day=st.integers(1, 28),
    month=st.integers(1, 12),
    index=st.sampled_from(INDEXES),
    first=st.integers(0, 6),
    skip=st.integers(0, 9),
)
def test_it_finds_the_same_days(kind, starts, interval, days, day, month, index, first, skip):
    own = series(
        kind, starts, interval=interval, days=days, day_of_month=day, month=month, index=index,
        first_day=first,
    )  # fmt: skip
    expected = by_dateutil(own, 10)
    assert list(own.dates(expected[skip], expected[-1])) == expected[skip:]


@given(starts=DAYS, number=st.integers(1, 30), skip=st.integers(0, 40))
def test_a_numbered_series_ends_after_its_number_wherever_one_looks(starts, number, skip):
    own = series("daily", starts, range_type="numbered", number=number)
    seen = list(own.dates(starts + timedelta(days=skip), starts + timedelta(days=99)))
    assert len(seen) == max(0, number - skip)
    assert own.last() == starts + timedelta(days=number - 1)


def test_the_31st_is_the_last_day_of_a_shorter_month():
    own = series("absoluteMonthly", date(2026, 1, 31), day_of_month=31)
    assert list(own.dates(date(2026, 2, 1), date(2026, 4, 30))) == [
        date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
    leap = series("absoluteYearly", date(2024, 2, 29), day_of_month=29, month=2)
    assert date(2025, 2, 28) in leap.dates(date(2025, 1, 1), date(2025, 12, 31))


@given(starts=DAYS, days=WEEK)
def test_it_survives_being_kept(starts, days):
    own = series("weekly", starts, days=days, until=starts, range_type="endDate")
    assert Recurrence.from_dict(own.to_dict()) == own
