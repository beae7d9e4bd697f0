"""Many dates at once."""

import pytest

from panel.domain.errors import InTheWay, NotAllowed, RuleBroken
from panel.services import event_lists, event_repeats
from panel.services.events import Date
from tests.services.studio import NOON, OWNER
from tests.services.workshop import hold

STARTS = ["2026-12-03T18:00", "2026-12-10T18:00", "2026-12-17T18:00"]
DATES = [Date(start, 90, "Europe/Berlin") for start in STARTS]


@pytest.fixture
def workshop(studio):
    """Anna's, with Ben's help; on the second date Ben is with Lea."""
    studio.book("2026-12-10T18:30", employee_id=studio.ben.id, anyway=True)
    return hold(studio, staff=frozenset({studio.ben.id}))


def starts(workshop) -> list[str]:
    shown = event_lists.one(workshop.id, by=OWNER)
    return [one.local_start for one in shown.occurrences[1:]]


def add(workshop, dates, **more):
    return event_repeats.add_dates(workshop.id, dates, by=OWNER, now=NOON, **more)


def test_it_is_said_what_stands_in_the_way_of_whom(workshop):
    found = event_repeats.foreseen(workshop.id, DATES, by=OWNER, now=NOON)
    said = "Ben Ode is with Lea Roth from 18:30 to 19:30."
    assert [one.in_the_way for one in found] == [(), (said,), ()]


def test_dates_in_the_way_are_left_out_or_taken_knowingly(workshop):
    with pytest.raises(InTheWay, match="Ben Ode is with Lea Roth"):
        add(workshop, DATES)
    assert starts(workshop) == []
    add(workshop, [DATES[0]])
    add(workshop, DATES[1:], anyway=[STARTS[1]])
    assert starts(workshop) == STARTS
    assert workshop.journal()[1].note.startswith("Ben Ode is with Lea Roth")


def test_a_time_that_the_clocks_skip_is_said(workshop):
    skipped = Date("2027-03-28T02:30", 60, "Europe/Berlin")
    (found,) = event_repeats.foreseen(workshop.id, [skipped], by=OWNER, now=NOON)
    assert "does not exist" in found.impossible
    with pytest.raises(RuleBroken, match="does not exist"):
        add(workshop, [skipped])


def test_its_own_dates_stand_in_the_way_too(workshop):
    again = Date("2026-11-26T18:00", 90, "Europe/Berlin")
    (found,) = event_repeats.foreseen(workshop.id, [again], by=OWNER, now=NOON)
    assert "Back care workshop" in found.in_the_way[0]


def test_only_who_may_change_it_is_told(workshop, studio):
    with pytest.raises(NotAllowed):
        event_repeats.foreseen(workshop.id, DATES, by=studio.actor(studio.ben), now=NOON)
    with pytest.raises(RuleBroken, match="at least one date"):
        add(workshop, [])
