"""One process leads; when it ends, another may."""

import pytest

from panel.services.leadership import leadership


@pytest.fixture
def rivals(house):
    both = [leadership(house.config["DATA_DIR"]) for _ in range(2)]
    yield both
    for one in both:
        one.give_up()


def test_only_one_leads(rivals):
    first, second = rivals
    assert (first.held(), second.held()) == (True, False)


def test_it_goes_on_leading(rivals):
    first, second = rivals
    assert [first.held(), first.held(), second.held(), first.held()] == [True, True, False, True]


def test_another_takes_over(rivals):
    first, second = rivals
    first.held()
    first.give_up()
    assert (second.held(), first.held()) == (True, False)
