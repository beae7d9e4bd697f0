"""Two customers who are one, compared and merged."""

import pytest

from tests import make
from tests.web.studio import Studio


@pytest.fixture
def owner(visitor, house):
    studio = Studio()
    studio.booked(studio.anna, "Lea Roth", days=1)
    studio.booked(studio.anna, "Lea May", days=2)
    visitor.enter("owner@panel.test")
    return visitor


def test_whoever_has_the_same_address_is_suggested(owner):
    page = owner.get("/admin/customers/merge")
    assert "1 pair with the same address" in page.text
    assert "Lea Roth and Lea May" in page.text


def test_values_are_chosen_and_all_that_was_booked_stays(owner):
    owner.get("/admin/customers/merge/1/2")
    page = owner.submit("Merge", {"name": "2"})
    assert (page.path, page.heading) == ("/admin/customers/1", "Lea May")
    assert "2 bookings" in page.text
    assert owner.get("/admin/customers/2").status == 404


def test_another_is_found_by_search(owner):
    make.customer(name="L. Roth", email="other@example.test")
    page = owner.get("/admin/customers/merge/1", q="L. Roth")
    assert "other@example.test" in page.text and "Lea May" not in page.text


def test_nobody_is_merged_with_themselves(owner):
    owner.get("/admin/customers/merge/1/1")
    assert "Choose two different customers." in owner.submit("Merge").text


def test_nothing_to_merge_says_so(visitor, house):
    Studio()
    visitor.enter("owner@panel.test")
    assert "No doubles found" in visitor.get("/admin/customers/merge").text
