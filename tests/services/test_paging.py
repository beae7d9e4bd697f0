"""A long list, one page at a time."""

import pytest
from sqlalchemy import select

from panel.db.tables import Customer
from panel.services.paging import listing, turned
from tests import make

NAME = Customer.__table__.c.name
NAMES = listing(select(NAME).order_by(NAME))


@pytest.fixture
def five(house):
    for number in range(5):
        make.customer(name=f"Customer {number}")


@pytest.mark.parametrize(
    "number, shown", [(1, (1, 2, None, 2)), (2, (3, 4, 1, 3)), (3, (5, 5, 2, None)),
                      (9, (5, 5, 2, None)), (0, (1, 2, None, 2))]
)  # fmt: skip
def test_it_says_where_one_is(five, number, shown):
    page = turned(NAMES, str, number, 2)
    assert (page.first, page.last, page.before, page.after) == shown
    assert (page.total, page.pages) == (5, 3)
    assert page.rows == [f"Customer {one - 1}" for one in range(page.first, page.last + 1)]


@pytest.mark.parametrize("size, pages", [(4, 2), (5, 1), (6, 1)])
def test_it_counts_what_the_first_page_holds(five, size, pages):
    page = turned(NAMES, str, 1, size)
    assert (page.total, page.pages, len(page.rows)) == (5, pages, min(size, 5))


@pytest.mark.parametrize("number", [1, 2])
def test_an_empty_list_is_one_empty_page(house, number):
    page = turned(NAMES, str, number)
    assert (page.rows, page.number, page.first, page.last) == ([], 1, 0, 0)
    assert (page.total, page.pages) == (0, 1)
