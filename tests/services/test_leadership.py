"""One process leads; when it ends, another may."""

import pytest

from panel.services.leadership import leadership


@pytest.fixture
def rivals(house):
    both = [leadership(house.config["DATA_DIR"]) for _ in range(2)]
    yield both
    for one in both:
        one.give_up()


def in_time(one):
    """Ask until it leads: a server lets go of a closed connection's lock a moment later."""
    return any(one.held() for _ in range(2000))


def test_only_one_leads(rivals):
    first, second = rivals
    assert (in_time(first), second.held()) == (True, False)


def test_it_goes_on_leading(rivals):
    first, second = rivals
    assert in_time(first)
    assert [first.held(), second.held(), first.held()] == [True, False, True]


def test_another_takes_over(rivals):
    first, second = rivals
    assert in_time(first)
    first.give_up()
    assert (in_time(second), first.held()) == (True, False)
