"""How one state becomes another."""

import itertools

import pytest

from panel.domain import states
from panel.domain.errors import RuleBroken

EVERY = list(itertools.product(states.STATES, states.TRANSITIONS, [False, True]))


@pytest.mark.parametrize("status, action, begun", EVERY)
def test_every_action_leads_to_a_state_or_is_refused_in_a_sentence(status, action, begun):
    if action in states.possible(status, begun=begun):
        assert states.after(status, action, begun=begun) in states.STATES
        return
    with pytest.raises(RuleBroken, match=r"^This appointment .+\. Only an? .+\.$"):
        states.after(status, action, begun=begun)


@pytest.mark.parametrize(
    "status, action, target",
    [
        ("pending", "approve", "approved"),
        ("pending", "reject", "rejected"),
        ("pending", "cancel", "cancelled"),
        ("approved", "cancel", "cancelled"),
        ("approved", "set_pending", "pending"),
        ("approved", "complete", "completed"),
        ("approved", "no_show", "no-show"),
        ("completed", "no_show", "no-show"),
        ("no-show", "reopen", "approved"),
    ],
)
def test_it_goes_where_the_design_says(status, action, target):
    assert states.after(status, action, begun=True) == target


@pytest.mark.parametrize("status", ["cancelled", "rejected"])
def test_nothing_comes_back_from_the_dead(status):
    assert states.possible(status, begun=True) == frozenset()


def test_nobody_stays_away_from_what_has_not_begun():
    with pytest.raises(RuleBroken, match="has not begun yet"):
        states.after("approved", "no_show", begun=False)


def test_what_is_over_cannot_be_moved():
    with pytest.raises(RuleBroken, match="is cancelled, so it cannot be changed"):
        states.must_be_open("cancelled")


def test_every_deed_has_a_name_in_the_journal():
    assert states.KINDS.keys() == states.TRANSITIONS.keys()


@pytest.mark.parametrize(
    "status, bookings, target",
    [
        ("pending", [("approved", 1)], "pending"),
        ("pending", [("approved", 1), ("approved", 1)], "approved"),
        ("pending", [("approved", 2), ("cancelled", 1)], "approved"),
        ("pending", [("pending", 5)], "pending"),
        ("approved", [("approved", 1), ("cancelled", 1)], "approved"),
        ("approved", [("pending", 1), ("cancelled", 1)], "pending"),
        ("approved", [("cancelled", 1), ("rejected", 1)], "cancelled"),
        ("pending", [("rejected", 1)], "rejected"),
        ("completed", [("no-show", 1), ("completed", 1)], "completed"),
    ],
)
def test_a_group_of_at_least_two_stands_as_its_bookings_say(status, bookings, target):
    assert states.standing(status, bookings, 2) == target
