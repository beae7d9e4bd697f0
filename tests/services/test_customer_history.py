"""What a customer has booked."""

from datetime import timedelta

import pytest

from panel.domain.errors import NotAllowed
from panel.services import appointments, attendances
from panel.services.customer_history import history
from tests.services.studio import NOON, OWNER
from tests.services.workshop import STARTS, hold

AFTER = STARTS + timedelta(days=1)


@pytest.fixture
def lea(studio):
    """With an appointment, an evening workshop, and an appointment a week later."""
    studio.first = studio.book("2026-11-26T10:00").id
    studio.workshop = hold(studio)
    studio.there = studio.workshop.attend(places=2).id
    studio.last = studio.book("2026-12-03T10:00", employee_id=studio.ben.id).id
    return studio


def titles(studio, now, by=OWNER):
    found = history(studio.lea.id, by=by, now=now)
    return [(one.title, one.with_) for one in found.page.rows]


MASSAGE, WORKSHOP = ("Sports massage", "Anna Berg"), ("Back care workshop", "Anna Berg")
LATER = ("Sports massage", "Ben Ode")


def test_the_next_comes_first_and_the_past_after_it_backwards(lea):
    assert titles(lea, NOON) == [MASSAGE, WORKSHOP, LATER]
    assert titles(lea, AFTER) == [LATER, WORKSHOP, MASSAGE]


def test_it_counts_what_is_to_come_and_who_stayed_away(lea):
    appointments.act(lea.first, "no_show", by=OWNER, now=AFTER)
    attendances.set_no_show(lea.there, True, by=OWNER, now=AFTER)
    found = history(lea.lea.id, by=OWNER, now=AFTER)
    assert (found.page.total, found.coming, found.no_shows) == (3, 1, 2)


def test_what_is_cancelled_is_not_to_come(lea):
    attendances.cancel(lea.there, by=OWNER, now=NOON)
    assert titles(lea, NOON) == [MASSAGE, LATER, WORKSHOP]


def test_an_employee_is_told_of_their_own(lea):
    assert titles(lea, NOON, lea.actor(lea.ben)) == [LATER]
    assert titles(lea, NOON, lea.actor(lea.anna)) == [MASSAGE, WORKSHOP]
    with pytest.raises(NotAllowed):
        titles(lea, NOON, lea.actor(lea.anna, "appointments"))
