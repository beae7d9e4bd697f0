"""The power fails at any instant of a move between two accounts."""

import pytest

from tests.sync.accounts import BETWEEN, all_there, prepared
from tests.sync.mishaps import Cut, lapsed


@pytest.fixture
def between(linked, accounts):
    return prepared(linked, accounts, BETWEEN)


def test_whenever_the_power_fails_each_entry_stands_once_in_the_end(linked, between, accounts):
    """Back and forth between two accounts; each time it fails a few instants later."""
    homes, at, failed = [linked.upn, between.upn], 1, True
    while failed:
        homes.reverse()
        accounts.choose(homes[0])
        failed = Cut(linked, at).work()
        assert len(all_there(linked, between)) >= 2
        lapsed(linked, seconds=30)
        linked.agree()
        assert (len(accounts.there(homes[0])), len(accounts.there(homes[1]))) == (2, 0)
        at += 5
    assert accounts.moving() == 0
