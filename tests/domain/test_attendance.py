"""Who gets a place: the whole table, and the waiting list by law."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.attendance import (
    OVERRIDABLE,
    Answer,
    Door,
    Party,
    answer,
    closing,
    offered_until,
    taken,
    turn,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Opening, closing and start against now, in the order in which they must come.
MOMENTS = {
    "not yet": (NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR),
    "open": (NOW, NOW + HOUR, NOW + HOUR),
    "always open": (None, NOW + HOUR, NOW + 2 * HOUR),
    "closed": (NOW - HOUR, NOW, NOW + HOUR),
    "begun": (NOW - HOUR, NOW - HOUR, NOW),
    "no date": (None, None, None),
}
PLACES, FREE, MOST = (1, 2, 3), (-1, 0, 1, 2, 3), (1, 2)
TABLE = list(product((True, False), (True, False), MOMENTS, PLACES, FREE, MOST, (True, False)))


def expected(open_, shown, moment, places, free, most, waits) -> Answer:
    """The same rules, as a list of what must hold."""
    refusals = [
        (Answer.CANCELLED, not open_ or moment == "no date"),
        (Answer.HIDDEN, not shown),
        (Answer.BEGUN, moment == "begun"),
        (Answer.NOT_YET, moment == "not yet"),
        (Answer.CLOSED, moment == "closed"),
        (Answer.TOO_MANY, places > most),
        (Answer.FULL, places > free and not waits),
        (Answer.WAIT, places > free),
    ]
    return next((said for said, holds in refusals if holds), Answer.BOOK)


def test_every_wish_has_its_answer():
    assert len(TABLE) == 1440
    for open_, shown, moment, places, free, most, waits in TABLE:
        door = Door(open_, shown, *MOMENTS[moment], most_places=most, waiting_list=waits)
        said = answer(door, places=places, free=free, now=NOW)
        case = (open_, shown, moment, places, free, most, waits)
        assert said is expected(*case), case


def test_nothing_that_staff_may_override_gives_more_places_than_there_are():
    assert OVERRIDABLE.isdisjoint({Answer.FULL, Answer.WAIT, Answer.CANCELLED})


def test_booking_closes_before_the_start():
    assert closing(NOW, 90) == NOW - timedelta(minutes=90)


def test_an_offer_never_outlives_the_closing():
    assert offered_until(NOW, 60, NOW + 2 * HOUR) == NOW + HOUR
    assert offered_until(NOW, 60, NOW + timedelta(minutes=5)) == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    "waiting, free, offered",
    [((1, 1), 1, (1,)), ((1, 1), 2, (1, 2)), ((3, 1), 2, (2,)), ((3, 1, 2), 3, (1,))],
)
def test_the_first_whom_it_fits_is_offered(waiting, free, offered):
    parties = [Party(id, places, "waiting") for id, places in enumerate(waiting, 1)]
    assert turn(parties, free, offers=True, now=NOW).offered == offered


def test_a_lapsed_offer_goes_on_to_the_next():
    parties = [Party(1, 1, "offered", NOW), Party(2, 1, "waiting")]
    came = turn(parties, 1, offers=True, now=NOW)
    assert (came.lapsed, came.offered, came.free) == ((1,), (2,), 0)


def test_after_the_closing_nobody_is_offered_anything():
    parties = [Party(1, 1, "offered", NOW), Party(2, 1, "waiting")]
    came = turn(parties, 1, offers=False, now=NOW)
    assert (came.lapsed, came.offered, came.free) == ((1,), (), 1)


def parties():
    until = st.sampled_from([NOW - HOUR, NOW, NOW + HOUR])
    status = st.sampled_from(["booked", "cancelled", "no-show", "waiting", "offered"])
    return st.lists(st.tuples(st.integers(1, 4), status, until), max_size=12).map(
        lambda found: [Party(id, *one) for id, one in enumerate(found)]
    )


@given(parties(), st.integers(0, 20))
def test_offers_never_take_more_than_there_is(found, more):
    capacity = taken(found, NOW) + more
    came = turn(found, capacity, offers=True, now=NOW)
    offered = sum(one.places for one in found if one.id in came.offered)
    assert taken(found, NOW) + offered + came.free == capacity and came.free >= 0


@given(parties(), st.integers(0, 20))
def test_who_is_passed_over_could_not_have_had_it(found, more):
    """Nobody later on the list gets what somebody before them could have taken."""
    came = turn(found, taken(found, NOW) + more, offers=True, now=NOW)
    left = more
    for one in (one for one in found if one.status == "waiting"):
        assert (one.id in came.offered) is (one.places <= left)
        left -= one.places if one.id in came.offered else 0
