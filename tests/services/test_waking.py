"""Whoever was changed is woken after the commit, and only then."""

import pytest

from panel.db.base import writing
from panel.services import outbox
from panel.services.waking import after_commit


@pytest.fixture
def woken(house):
    found = []
    leave = after_commit(found.append)
    yield found
    leave()


def test_it_wakes_after_the_commit(woken):
    with writing() as session:
        outbox.wake(session, 7)
        outbox.wake(session, 7)
        assert woken == []
    assert woken == [7]


def test_it_wakes_nobody_after_a_failure(woken):
    with pytest.raises(RuntimeError), writing() as session:
        outbox.wake(session, 7)
        raise RuntimeError("a change of mind")
    with writing():
        pass
    assert woken == []


def test_it_wakes_once(woken):
    with writing() as session:
        outbox.wake(session, 7)
    with writing():
        pass
    assert woken == [7]
