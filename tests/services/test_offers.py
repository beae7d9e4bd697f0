"""The services that can be booked."""

import pytest

from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.services import offers
from panel.services.offers import Offer
from tests.services.studio import NOON, OWNER


def test_a_new_service_is_offered_by_whom_was_named(studio):
    made = offers.create(
        Offer("Posture check", 30, 6), by=OWNER, now=NOON, employees=[studio.ben.id]
    )
    assert [one.name for one in offers.givers(made.id)] == ["Ben Ode"]
    assert [one.name for one in offers.of_employee(studio.ben.id)] == [
        "Posture check", "Sports massage",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "offer, field",
    [
        (Offer("", 30), "name"),
        (Offer("A", 0), "duration"),
        (Offer("A", 30, tone=0), "tone"),
        (Offer("A", 30, buffer_after=-1), "buffer_after"),
        (Offer("A", 30, price=-1), "price"),
    ],
)
def test_it_says_which_field_is_wrong(studio, offer, field):
    with pytest.raises(RuleBroken) as refused:
        offers.create(offer, by=OWNER, now=NOON)
    assert refused.value.field == field


def test_another_length_leaves_what_is_booked_alone(studio):
    booked = studio.book("2026-11-26T10:00")
    offers.edit(studio.massage.id, Offer("Sports massage", 90), by=OWNER, now=NOON)
    assert (booked.ends - booked.starts).seconds == 3600
    assert len(offers.givers(studio.massage.id)) == 2


def test_who_gives_it_is_replaced_where_named(studio):
    offers.edit(
        studio.massage.id, Offer("Massage", 60), by=OWNER, now=NOON, employees=[studio.anna.id]
    )
    assert [one.name for one in offers.givers(studio.massage.id)] == ["Anna Berg"]


def test_what_is_not_offered_any_more_cannot_be_booked(studio):
    offers.set_active(studio.massage.id, False, by=OWNER)
    assert offers.listed(active=True).total == 0
    with pytest.raises(RuleBroken, match="Sports massage is not offered any more."):
        studio.book("2026-11-26T10:00")


def test_only_the_back_end_changes_what_is_offered(studio):
    with pytest.raises(NotAllowed):
        offers.create(Offer("A", 30), by=studio.actor(studio.anna), now=NOON)


def test_lists_are_searched(studio):
    offers.create(Offer("Posture check", 30, description="How you stand"), by=OWNER, now=NOON)
    assert [one.name for one in offers.listed(search="stand").rows] == ["Posture check"]


def test_a_missing_service_is_not_there(studio):
    with pytest.raises(NotThere, match="no such service"):
        offers.one(99)
