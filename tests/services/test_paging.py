"""A long list, one page at a time."""

import pytest
from sqlalchemy import select

from panel.db.tables import Customer
from panel.services.paging import listing, paged, turned
from tests import make


@pytest.fixture
def five(house):
    for number in range(5):
        make.customer(name=f"Customer {number}")
    return select(Customer).order_by(Customer.name)


@pytest.mark.parametrize(
    "number, shown", [(1, (1, 2, None, 2)), (2, (3, 4, 1, 3)), (3, (5, 5, 2, None)),
                      (9, (5, 5, 2, None)), (0, (1, 2, None, 2))]
)  # fmt: skip
def test_it_says_where_one_is(five, number, shown):
    page = paged(five, number, 2)
    assert (page.first, page.last, page.before, page.after) == shown
    assert (page.total, page.pages) == (5, 3)


@pytest.mark.parametrize("number, size", [(0, 2), (1, 2), (1, 5), (1, 9), (2, 3), (9, 2)])
def test_plain_rows_are_turned_alike(five, number, size):
    plain = select(Customer.__table__.c.name).order_by(Customer.__table__.c.name)
    page, whole = turned(listing(plain), str, number, size), paged(five, number, size)
    assert page.rows == [one.name for one in whole.rows]
    assert (page.number, page.size, page.total) == (whole.number, whole.size, whole.total)


def test_an_empty_list_is_one_empty_page(house):
    page = paged(select(Customer), 1)
    assert (page.rows, page.first, page.last, page.total, page.pages) == ([], 0, 0, 0, 1)
