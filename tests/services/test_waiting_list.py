"""The waiting list: in order, for a time, and never more than there is."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from panel.domain.errors import PanelError, RuleBroken
from panel.services import attendances, waiting_list
from panel.services.events import Date
from tests.services.studio import NOON, OWNER
from tests.services.workshop import GUEST, STARTS, hold

LAPSES = NOON + timedelta(minutes=60)


@pytest.fixture
def full(studio):
    """A workshop with both places taken, and three who wait: for one, two and one place."""
    workshop = hold(studio, waiting_list=True)
    workshop.company(offer_minutes=60)
    workshop.booked = [workshop.attend() for _ in range(2)]
    workshop.queue = [workshop.attend(places=n, by=GUEST) for n in (1, 2, 1)]
    return workshop


def give_back(workshop, number=0, now=NOON):
    attendances.cancel(workshop.booked[number].id, by=OWNER, now=now)


def test_who_finds_no_place_waits_where_there_is_a_list(full):
    assert full.statuses()[2:] == ["waiting", "waiting", "waiting"]


def test_a_place_that_gets_free_is_offered_to_the_first_for_a_time(full):
    give_back(full)
    assert full.statuses()[2:] == ["offered", "waiting", "waiting"]
    assert full.row(full.queue[0].id).offered_until == LAPSES
    assert [one.kind for one in full.journal()[:2]] == ["offered", "attendance_cancelled"]


def test_nobody_overtakes(full):
    give_back(full)
    assert full.attend().status == "waiting"


def test_a_smaller_party_takes_what_the_one_before_it_cannot(full):
    give_back(full)
    waiting_list.accept_offer(full.queue[0].reference, by=GUEST, now=NOON)
    give_back(full, 1)
    assert full.statuses()[2:] == ["booked", "waiting", "offered"]


def test_an_offer_is_taken_up_once(full):
    give_back(full)
    for _ in range(2):
        waiting_list.accept_offer(full.queue[0].reference, by=GUEST, now=NOON)
    assert full.statuses()[2:] == ["booked", "waiting", "waiting"]
    assert [one.kind for one in full.journal()].count("offer_accepted") == 1


def test_a_declined_offer_goes_on_to_the_next(full):
    give_back(full)
    for _ in range(2):
        waiting_list.decline_offer(full.queue[0].reference, by=GUEST, now=NOON)
    assert full.statuses()[2:] == ["cancelled", "waiting", "offered"]


def test_the_clock_hands_on_what_nobody_took_up(full):
    give_back(full)
    waiting_list.go_on(LAPSES - timedelta(seconds=1))
    assert full.statuses()[2] == "offered"
    waiting_list.go_on(LAPSES)
    assert full.statuses()[2:] == ["cancelled", "waiting", "offered"]
    assert full.row(full.queue[2].id).offered_until == LAPSES + timedelta(hours=1)


def test_a_lapsed_offer_is_gone_before_the_clock_has_looked(full):
    give_back(full)
    with pytest.raises(RuleBroken, match="no longer kept"):
        waiting_list.accept_offer(full.queue[0].reference, by=GUEST, now=LAPSES)
    full.attend(now=LAPSES)
    assert full.statuses()[2:] == ["cancelled", "waiting", "offered", "waiting"]


def test_who_still_waits_has_nothing_to_accept(full):
    with pytest.raises(RuleBroken, match="No place is free yet."):
        waiting_list.accept_offer(full.queue[0].reference, by=GUEST, now=NOON)
    with pytest.raises(RuleBroken, match="Cancel it instead"):
        waiting_list.decline_offer(full.booked[0].reference, by=GUEST, now=NOON)


def test_an_offer_ends_when_booking_closes_and_none_comes_after(studio):
    workshop = hold(studio, waiting_list=True, capacity=1, closes_minutes=30)
    closes = STARTS - timedelta(minutes=30)
    first = workshop.attend()
    queue = [workshop.attend(by=GUEST) for _ in range(2)]
    attendances.cancel(first.id, by=OWNER, now=closes - timedelta(minutes=5))
    assert workshop.row(queue[0].id).offered_until == closes
    waiting_list.go_on(closes)
    assert workshop.statuses() == ["cancelled", "cancelled", "waiting"]


def test_more_places_are_offered_at_once(full):
    full.edit(capacity=5, waiting_list=True)
    assert full.statuses()[2:] == ["offered", "offered", "waiting"]


def test_waiting_parties_may_change_and_are_offered_what_fits(full):
    attendances.set_places(full.queue[1].id, 1, by=OWNER, now=NOON)
    give_back(full)
    give_back(full, 1)
    assert full.statuses()[2:] == ["offered", "offered", "waiting"]


DEEDS = st.tuples(
    st.sampled_from(
        ["attend"] * 5 + ["cancel"] * 3 + ["accept", "decline", "places", "wait", "clock"]
    ),
    st.integers(0, 7),
    st.integers(1, 3),
)


class Story:
    """Any order of deeds, with what must be true after each of them."""

    def __init__(self, workshop):
        self.workshop, self.now, self.ids = workshop, NOON, []

    def do(self, deed, which, places):
        try:
            if deed == "attend":
                made = self.workshop.attend(places=places, by=GUEST, now=self.now)
                self.ids.append((made.id, made.reference))
            elif deed == "wait":
                self.now += timedelta(minutes=25 * places)
            elif deed == "clock":
                waiting_list.go_on(self.now)
            elif self.ids:
                self.change(deed, *self.ids[which % len(self.ids)], places)
        except PanelError:
            pass

    def change(self, deed, id_, reference, places):
        how = {"by": OWNER, "now": self.now}
        {
            "cancel": lambda: attendances.cancel(id_, **how),
            "accept": lambda: waiting_list.accept_offer(reference, **how),
            "decline": lambda: waiting_list.decline_offer(reference, **how),
            "places": lambda: attendances.set_places(id_, places, **how),
        }[deed]()

    def must_hold(self, before, deed):
        """Return who has what; never more than four places, and nobody passed over."""
        rows = [self.workshop.row(id_) for id_, _ in self.ids]
        held = [one for one in rows if one.status in ("booked", "offered")]
        free = 4 - sum(one.places for one in held)
        assert free >= 0
        came = [one for one in held if before.get(one.id) not in ("booked", "offered")]
        # Fewer places of somebody free some only after the others have been offered theirs.
        for row in rows if deed != "places" else ():
            later = sum(one.places for one in came if one.id > row.id)
            assert row.status != "waiting" or not later or row.places > free + later
        return {one.id: one.status for one in rows}


@pytest.fixture
def begin(studio):
    """Make a workshop of its own for each story, with four places and short offers."""
    hold(studio).company(offer_minutes=60)
    days = count(1)

    def begun():
        day = date(2027, 1, 1) + timedelta(days=next(days))
        when = Date(f"{day}T18:00", 90, "Europe/Berlin")
        return Story(hold(studio, when, capacity=4, most_places=3, waiting_list=True))

    return begun


@settings(
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=st.lists(DEEDS, min_size=12, max_size=30))
def test_whatever_happens_places_and_order_hold(begin, deeds):
    story, before = begin(), {}
    for deed in deeds:
        story.do(*deed)
        before = story.must_hold(before, deed[0])
