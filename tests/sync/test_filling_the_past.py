"""Whoever connects may have the last 30 days in Outlook too."""

from datetime import timedelta

import pytest


@pytest.fixture
def past(office):
    """An appointment that is over since more than a month, one since a week or two, one to come."""
    early = office.now() - timedelta(days=60)
    for days in (-49, -14, 14):
        office.book(office.day("10:00", days), now=early, by=office.me)
    return office


@pytest.mark.parametrize(("backfill", "count"), [(False, 1), (True, 2)])
def test_the_last_month_is_written_where_it_is_wanted(past, backfill, count):
    past.connect(backfill=backfill)
    past.agree()
    assert len(past.there()) == count


def test_it_is_found_again_after_a_lost_answer(past):
    past.connect(backfill=True)
    past.fault("POST", "drop_after", times=1)
    past.agree()
    assert len(past.there()) == 2


def test_what_is_over_is_not_written_again_once_it_was_deleted_there(past):
    past.connect(backfill=True)
    past.agree()
    for one in past.there():
        past.sandbox.delete_event(past.upn, one["id"])
    past.settle()
    assert (past.there(), past.open_questions()) == ([], 1)
