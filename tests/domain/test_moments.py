"""Wall times, zones and the instants they promise."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain import moments
from panel.domain.errors import RuleBroken

# Half-hour and quarter-hour offsets, summer time on both halves of the globe and at midnight,
# both sides of the date line, and a summer time of thirty minutes.
ZONES = [
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Lisbon", "America/New_York",
    "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns", "America/Havana",
    "America/Santiago", "America/Phoenix", "Africa/Cairo", "Africa/Casablanca",
    "Asia/Beirut", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Tehran",
    "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
    "Pacific/Apia", "Pacific/Kiritimati", "Atlantic/Azores",
]  # fmt: skip
zones = st.sampled_from(ZONES)
instants = st.integers(0, 16 * 365 * 24 * 60).map(
    lambda number: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(instants, zones)
def test_a_promise_is_kept_or_refused_but_never_bent(wall, zone):
    text = f"{wall:%Y-%m-%dT%H:%M}"
    try:
        instant = moments.promise(text, zone)
    except RuleBroken as refused:
        assert "the clocks go forward" in str(refused)
    else:
        assert moments.local_text(instant, zone) == text


@given(instants, zones)
def test_an_instant_read_on_the_wall_leads_back_to_it_or_to_the_first_of_two(instant, zone):
    back = moments.promise(moments.local_text(instant, zone), zone)
    assert timedelta(0) <= instant - back <= timedelta(hours=1)


@given(instants, zones)
def test_an_instant_is_promised_exactly_or_refused(instant, zone):
    try:
        text = moments.promised_at(instant, zone)
    except RuleBroken as refused:
        assert "happens twice that day" in str(refused)
        assert moments.promise(moments.local_text(instant, zone), zone) != instant
    else:
        assert moments.promise(text, zone) == instant


def test_parts_of_a_minute_cannot_be_promised():
    with pytest.raises(RuleBroken, match="Give whole minutes"):
        moments.promised_at(datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC), "UTC")


@given(days, zones, st.integers(0, 1440))
def test_a_day_holds_every_minute_of_itself(day, zone, minute):
    first, end = moments.day_span(day, zone)
    assert first <= moments.at_wall(day, minute, zone) <= end
    assert timedelta(hours=22) < end - first < timedelta(hours=26)


@given(days, zones)
def test_days_follow_each_other_without_a_gap(day, zone):
    assert moments.day_span(day, zone)[1] == moments.day_span(day + timedelta(days=1), zone)[0]


@given(days, zones, st.integers(0, 1430), st.integers(5, 600))
def test_work_never_ends_before_it_starts(day, zone, starts, length):
    ends = min(starts + length, 1440)
    first = moments.at_wall(day, starts, zone)
    assert first <= moments.at_wall(day, ends, zone, ending=True)


def test_it_refuses_a_time_that_the_clocks_skip():
    with pytest.raises(RuleBroken) as refused:
        moments.promise("2026-03-29T01:30", "Europe/London")
    assert str(refused.value).startswith("01:30 does not exist on Sunday 29 March:")
    assert refused.value.field == "time"


def test_it_takes_the_first_of_two_equal_times():
    instant = moments.promise("2026-10-25T01:30", "Europe/London")
    assert instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-11-25", "2026-11-25T10:00:00", "2026-13-01T10:00",
             "2026-11-25T25:00", "2026-11-25T10:00Z", "٢٠٢٦-١١-٢٥T10:00"]
)  # fmt: skip
def test_it_refuses_what_is_not_a_wall_time(text):
    with pytest.raises(RuleBroken, match="is not a date and time"):
        moments.promise(text, "Europe/London")


@pytest.mark.parametrize(
    "name", ["Etc/GMT+2", "+02:00", "GMT", "EST", "US/Eastern", "", "Europe/Atlantis",
             "Europe/../UTC", "Europe/", "Europe", "../etc/passwd", "Europe/London/"]
)  # fmt: skip
def test_it_refuses_what_is_not_a_zone_with_a_place(name):
    with pytest.raises(RuleBroken, match="Europe/London") as refused:
        moments.zone_named(name)
    assert refused.value.field == "zone"


def test_every_zone_offered_can_be_chosen():
    assert len(moments.zone_names()) > 400
    assert [moments.zone_named(name).key for name in moments.zone_names()]


def test_it_refuses_an_instant_without_a_zone():
    with pytest.raises(ValueError, match="no time zone"):
        moments.local(datetime(2026, 11, 25, 10), "UTC")  # noqa: DTZ001


@given(instants, st.integers(0, 10_000))
def test_the_journal_gives_back_the_times_it_was_given(starts, length):
    span = starts, starts + timedelta(minutes=length)
    assert moments.read_span(moments.iso_span(*span)) == span


@pytest.mark.parametrize("text", ["", "pending", "a/b", "2026-11-25T10:00/2026-11-25T11:00"])
def test_words_in_the_journal_are_no_times(text):
    assert moments.read_span(text) is None
