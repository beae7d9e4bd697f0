"""The services that can be booked."""

import pytest

from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.services import categories, employees, offers
from panel.services.givers import Terms, all_givers
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
        (Offer("A", 30, capacity=0), "capacity"),
        (Offer("A", 30, capacity=4, least=5), "least"),
        (Offer("A", 30, notice_minutes=-1), "notice"),
        (Offer("A", 30, horizon_days=326), "horizon"),
        (Offer("A", 30, category_id=99), "category"),
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
    assert (offers.listed(active=True).total, offers.counts()) == (0, (0, 1))
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


def names(**which) -> list[str]:
    return [one.name for one in offers.listed(**which).rows]


def test_services_stand_under_their_headings_in_the_order_of_both(studio):
    body, mind = (categories.create(name, by=OWNER).id for name in ("Body", "Mind"))
    for name, under in (("Yoga", mind), ("Breath", mind), ("Stretch", body)):
        offers.create(Offer(name, 30, category_id=under), by=OWNER, now=NOON)
    assert names() == ["Stretch", "Yoga", "Breath", "Sports massage"]
    categories.move(mind, up=True, by=OWNER)
    assert names() == ["Yoga", "Breath", "Stretch", "Sports massage"]


def test_a_service_moves_among_its_own(studio):
    for name in ("Yoga", "Breath"):
        last = offers.create(Offer(name, 30), by=OWNER, now=NOON)
    offers.move(last.id, up=True, by=OWNER)
    assert names() == ["Sports massage", "Breath", "Yoga"]
    offers.move(last.id, up=True, by=OWNER)
    offers.move(last.id, up=True, by=OWNER)
    assert names()[0] == "Breath"
    offers.move(last.id, up=False, by=OWNER)
    assert names()[1] == "Breath"


def test_under_another_heading_it_comes_last(studio):
    body = categories.create("Body", by=OWNER).id
    offers.create(Offer("Yoga", 30, category_id=body), by=OWNER, now=NOON)
    offers.edit(studio.massage.id, Offer("Massage", 60, category_id=body), by=OWNER, now=NOON)
    assert names() == ["Yoga", "Massage"]


def test_an_employee_may_have_their_own_terms(studio):
    own = {studio.anna.id: Terms(price=7000), studio.ben.id: Terms(capacity=3)}
    offers.edit(studio.massage.id, Offer("Massage", 60), by=OWNER, now=NOON, employees=own)
    assert {one.id: one.terms for one in all_givers(studio.massage.id)} == own


def test_who_goes_on_offering_it_keeps_their_terms(studio):
    own = {studio.anna.id: Terms(7000, 3)}
    offers.edit(studio.massage.id, Offer("Massage", 60), by=OWNER, now=NOON, employees=own)
    both = [studio.anna.id, studio.ben.id]
    offers.edit(studio.massage.id, Offer("Massage", 60), by=OWNER, now=NOON, employees=both)
    employees.set_services(studio.anna.id, [studio.massage.id], by=OWNER)
    anna, ben = all_givers(studio.massage.id)
    assert (anna.terms, ben.gives, ben.terms) == (Terms(7000, 3), True, Terms())


@pytest.mark.parametrize("terms", [Terms(price=-1), Terms(capacity=0), Terms(capacity=501)])
def test_own_terms_have_their_bounds(studio, terms):
    own = {studio.anna.id: terms}
    with pytest.raises(RuleBroken) as refused:
        offers.edit(studio.massage.id, Offer("A", 60), by=OWNER, now=NOON, employees=own)
    assert refused.value.field == "givers"


def test_who_is_away_for_now_goes_on_offering_it(studio):
    employees.set_active(studio.ben.id, False, by=OWNER)
    offers.edit(studio.massage.id, Offer("A", 60), by=OWNER, now=NOON, employees={})
    employees.set_active(studio.ben.id, True, by=OWNER)
    assert [one.name for one in offers.givers(studio.massage.id)] == ["Ben Ode"]
