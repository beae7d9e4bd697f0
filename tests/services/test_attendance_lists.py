"""Who attends, and how full it is."""

from datetime import timedelta

import pytest

from panel.domain.attendance import Answer
from panel.domain.errors import NotThere
from panel.services import attendance_lists, attendances, event_lists
from panel.services.attendance_lists import Tally
from panel.services.events import Date
from tests.services.studio import NOON, OWNER
from tests.services.workshop import GUEST, SIX, WEEK_LATER, hold


@pytest.fixture
def workshop(studio):
    """Its first date is full, and two wait for it; on the second one place is taken."""
    workshop = hold(studio, SIX, WEEK_LATER, waiting_list=True)
    workshop.company(offer_minutes=60)
    workshop.first = workshop.attend(places=2)
    workshop.queue = [workshop.attend(by=GUEST) for _ in range(2)]
    workshop.attend(date=workshop.dates[1])
    return workshop


def tally(workshop, number=0, now=NOON):
    found = attendance_lists.tallies([workshop.id], now=now)
    return found[workshop.id, workshop.dates[number]]


def test_it_counts_date_by_date(workshop):
    assert (tally(workshop), tally(workshop, 1)) == (Tally(2, 2), Tally(1, 0))


def test_an_offer_counts_as_taken_until_it_lapses(workshop):
    attendances.cancel(workshop.first.id, by=OWNER, now=NOON)
    assert tally(workshop) == Tally(2, 0)
    assert tally(workshop, now=NOON + timedelta(hours=1)) == Tally(0, 0)


def test_who_has_a_place_stands_before_who_waits_and_who_cancelled(workshop):
    attendances.cancel(workshop.queue[0].id, by=OWNER, now=NOON)
    event = event_lists.one(workshop.id, by=OWNER)
    found = attendance_lists.attending(event, workshop.dates[0], by=OWNER)
    assert [one.status for one in found.rows] == ["booked", "waiting", "cancelled"]


def test_a_look_says_what_would_come_of_it_and_changes_nothing(workshop):
    first, second = workshop.dates

    def look(date, places, now=NOON):
        return attendance_lists.chance(workshop.id, date, places=places, now=now)

    assert look(first, 1) == (Answer.WAIT, 0)
    assert look(second, 1) == (Answer.BOOK, 1)
    assert look(second, 2) == (Answer.WAIT, 1)
    attendances.cancel(workshop.first.id, by=OWNER, now=NOON)
    # Both offers lapse in an hour; until the clock has looked, their places are free to all.
    assert look(first, 2, NOON + timedelta(hours=1)) == (Answer.BOOK, 2)
    assert workshop.statuses() == ["cancelled", "offered", "offered", "booked"]


def test_to_others_it_is_not_there(workshop, studio):
    with pytest.raises(NotThere):
        attendance_lists.one(workshop.id, workshop.first.id, by=studio.actor(studio.ben))
    other = hold(studio, Date("2026-12-04T18:00", 60, "Europe/Berlin"))
    with pytest.raises(NotThere, match="no such booking"):
        attendance_lists.one(other.id, workshop.first.id, by=OWNER)
    with pytest.raises(NotThere, match="no such event"):
        attendance_lists.chance(99, None, places=1, now=NOON)
