"""Time taken by something in Outlook."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from panel.domain.blocks import block_of, masters_missing, occurrence_block, too_many_freed
from panel.domain.remote import RemoteEvent, SkeletonOccurrence

TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
EVENT = RemoteEvent(
    id="A", calendar_id=None, change_key="k", subject="Dentist", body_html="", start=TEN,
    end=TEN + timedelta(hours=1), is_all_day=False, start_date=None, end_date=None,
    show_as="busy", sensitivity="normal", is_cancelled=False, is_draft=False, response="none",
    type="singleInstance", series_master_id=None, i_cal_uid="u", transaction_id=None,
    marker=None, location="", categories=(), attendees=(), is_organizer=True,
    has_recurrence=False, last_modified=None, online_meeting_url=None,
)  # fmt: skip
ALL_DAY = {
    "is_all_day": True, "start": None, "end": None,
    "start_date": date(2026, 12, 1), "end_date": date(2026, 12, 2),
}  # fmt: skip
BARE = SkeletonOccurrence("A.1", "A", TEN, TEN + timedelta(hours=1), "k1")


def block(**changes):
    return block_of(replace(EVENT, **changes))


def test_an_entry_takes_its_time():
    assert (block().starts, block().ends, block().counts) == (EVENT.start, EVENT.end, True)


@pytest.mark.parametrize("show_as", ["free", "unknown"])
def test_what_is_shown_as_free_takes_none(show_as):
    assert block(show_as=show_as) is None
    assert occurrence_block(BARE, replace(EVENT, show_as=show_as)) is None


@pytest.mark.parametrize("show_as", ["busy", "tentative", "oof", "workingElsewhere"])
def test_it_keeps_how_the_time_is_shown(show_as):
    assert block(show_as=show_as).show_as == show_as


@pytest.mark.parametrize(
    "changes", [{"is_cancelled": True}, {"is_draft": True}, {"response": "declined"}]
)
def test_what_is_off_is_kept_and_does_not_count(changes):
    assert not block(**changes).counts
    assert not occurrence_block(BARE, replace(EVENT, **changes)).counts


@pytest.mark.parametrize("sensitivity", ["private", "confidential"])
def test_it_keeps_no_private_title(sensitivity):
    assert block(sensitivity=sensitivity).title == ""
    assert occurrence_block(BARE, replace(EVENT, sensitivity=sensitivity)).title == ""


def test_an_all_day_entry_keeps_its_dates_and_covers_them_in_every_zone():
    found = block(**ALL_DAY)
    assert (found.first_date, found.end_date) == ("2026-12-01", "2026-12-02")
    assert found.starts <= datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert found.ends >= datetime(2026, 12, 2, 12, tzinfo=UTC)


def test_the_master_of_a_series_takes_none_itself():
    assert block(type="seriesMaster") is None


def test_a_date_of_a_series_is_filled_from_its_master():
    found = occurrence_block(BARE, EVENT)
    assert (found.title, found.series_id, found.starts) == ("Dentist", "A", TEN)


def test_a_date_whose_master_is_unknown_is_busy():
    found = occurrence_block(BARE, None)
    assert (found.title, found.show_as, found.counts) == ("", "busy", True)


def test_a_date_of_an_all_day_series_keeps_its_date():
    midnight = datetime(2026, 12, 1, tzinfo=UTC)
    bare = replace(BARE, start=midnight, end=midnight + timedelta(days=1))
    found = occurrence_block(bare, replace(EVENT, **ALL_DAY))
    assert (found.first_date, found.end_date) == ("2026-12-01", "2026-12-02")


def test_it_names_the_masters_that_are_missing():
    other = replace(BARE, id="B.1", series_master_id="B")
    assert masters_missing({"A.1": BARE, "B.1": other}, {"A": EVENT}) == ["B"]


@pytest.mark.parametrize(
    "freed, future, many",
    [(10, 10, False), (11, 11, True), (11, 100, False), (30, 100, False), (31, 100, True)],
)
def test_it_knows_when_too_much_is_freed_at_once(freed, future, many):
    assert too_many_freed(freed, future) is many
