"""Headings for services."""

import pytest

from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.services import categories, offers
from tests.services.studio import NOON, OWNER


@pytest.fixture
def three(studio):
    return [categories.create(name, by=OWNER).id for name in ("Body", "Mind", "Soul")]


def names() -> list[str]:
    return [one.name for one in categories.listed()]


def test_they_stand_in_the_order_that_was_chosen(three):
    categories.move(three[2], up=True, by=OWNER)
    categories.move(three[0], up=False, by=OWNER)
    assert names() == ["Soul", "Body", "Mind"]


def test_at_the_end_it_stays(three):
    categories.move(three[0], up=True, by=OWNER)
    assert names() == ["Body", "Mind", "Soul"]


def test_it_gets_another_name(three):
    categories.rename(three[0], "  The body ", by=OWNER)
    assert names()[0] == "The body"


def test_two_are_not_called_the_same(three):
    with pytest.raises(RuleBroken, match="There is a category mind already."):
        categories.rename(three[0], "mind", by=OWNER)
    categories.rename(three[1], "MIND", by=OWNER)


def test_it_counts_its_services_and_leaves_them_behind(studio, three):
    offer = offers.Offer("Massage", 60, category_id=three[0])
    offers.edit(studio.massage.id, offer, by=OWNER, now=NOON)
    assert categories.listed()[0].services == 1
    assert categories.delete(three[0], by=OWNER) == "Body"
    assert offers.listed().rows[0].category_id is None


def test_only_the_back_end_changes_them(studio, three):
    with pytest.raises(NotAllowed):
        categories.create("Own", by=studio.actor(studio.anna))


def test_a_missing_one_is_not_there(studio):
    with pytest.raises(NotThere, match="no such category"):
        categories.delete(99, by=OWNER)
