"""Places at events: booked, changed, given back."""

from datetime import timedelta

import pytest

from panel.domain.errors import InTheWay, NotAllowed, NotThere, RuleBroken
from panel.services import attendances
from tests.services.studio import NOON, OWNER
from tests.services.workshop import GUEST, SIX, STARTS, WEEK_LATER, hold

AFTER = STARTS + timedelta(hours=2)


@pytest.fixture
def workshop(studio):
    return hold(studio)


def test_a_customer_gets_places_with_a_reference_and_a_price(studio):
    booked = hold(studio, price=4500).attend(places=2, by=GUEST, zone="Asia/Tokyo")
    assert (booked.status, booked.price, len(booked.reference)) == ("booked", 9000, 8)
    assert (booked.created_by, booked.customer.zone) == ("Lea Roth", "Asia/Tokyo")


def test_the_price_of_all_places_may_pass_what_one_can_be(studio):
    dear = hold(studio, price=100_000_000, capacity=30, most_places=30)
    assert dear.attend(places=30, by=GUEST).price == 3_000_000_000


def test_the_places_are_counted_date_by_date(studio):
    workshop = hold(studio, SIX, WEEK_LATER)
    workshop.attend(places=2)
    workshop.attend(places=2, date=workshop.dates[1])
    with pytest.raises(RuleBroken, match="All places are taken."):
        workshop.attend()


def test_a_whole_event_has_its_places_once(studio):
    workshop = hold(studio, SIX, WEEK_LATER, whole=True)
    with pytest.raises(RuleBroken, match="with all its dates"):
        workshop.attend()
    workshop.attend(places=2, date=None)
    with pytest.raises(RuleBroken, match="All places are taken."):
        workshop.attend(date=None)


def test_a_date_by_date_event_wants_a_date(workshop):
    with pytest.raises(RuleBroken, match="Choose a date."):
        workshop.attend(date=None)
    with pytest.raises(NotThere, match="no such date"):
        workshop.attend(date=99)


def test_a_form_sent_twice_books_once(workshop):
    first, second = (workshop.attend(places=2, form_key="k") for _ in range(2))
    assert first.id == second.id and workshop.statuses() == ["booked"]


def test_it_says_how_many_are_left(workshop):
    workshop.attend()
    with pytest.raises(RuleBroken, match="Only 1 place left."):
        workshop.attend(places=2)


@pytest.mark.parametrize(
    "rule, now, said",
    [
        ({"opens_at": STARTS - timedelta(hours=2)}, NOON,
         "Booking opens on Thursday 26 November at 16:00."),
        ({"closes_minutes": 90}, STARTS - timedelta(minutes=90),
         "Booking closed on Thursday 26 November at 16:30."),
        ({}, STARTS, "This has begun already."),
        ({"most_places": 1}, NOON, "One booking takes at most 1 place."),
    ],
)  # fmt: skip
def test_customers_obey_and_staff_may_go_past_it_knowingly(studio, rule, now, said):
    workshop = hold(studio, **rule)
    with pytest.raises(RuleBroken, match=said):
        workshop.attend(places=2, by=GUEST, now=now, anyway=True)
    with pytest.raises(InTheWay, match=said):
        workshop.attend(places=2, now=now)
    workshop.attend(places=2, now=now, anyway=True)
    assert workshop.journal()[0].note == said


def test_not_even_staff_go_past_the_capacity(workshop):
    with pytest.raises(RuleBroken, match="Only 2 places left."):
        workshop.attend(places=3, anyway=True)


def test_customers_do_not_book_what_is_hidden(studio):
    workshop = hold(studio, shown=False)
    with pytest.raises(RuleBroken, match="cannot be booked here"):
        workshop.attend(by=GUEST)
    assert workshop.attend().status == "booked"


def test_places_that_are_given_back_can_be_had_again(workshop):
    first = workshop.attend(places=2)
    attendances.cancel(first.id, by=OWNER, now=NOON)
    workshop.attend(places=2)
    assert workshop.statuses() == ["cancelled", "booked"]
    with pytest.raises(RuleBroken, match="This is cancelled"):
        attendances.cancel(first.id, by=OWNER, now=NOON)


def test_customers_cancel_within_the_companys_notice(workshop):
    workshop.company(cancel_notice_minutes=60, phone="0117")
    booked = workshop.attend(by=GUEST)
    late = STARTS - timedelta(minutes=59)
    with pytest.raises(RuleBroken, match="until Thursday 26 November at 17:00. Call 0117."):
        attendances.cancel(booked.id, by=GUEST, now=late)
    attendances.cancel(booked.id, by=OWNER, now=late)


def test_more_and_fewer_places_keep_their_price(studio):
    workshop = hold(studio, price=1000, capacity=3, most_places=3)
    booked = workshop.attend()
    workshop.edit(price=5000, capacity=3, most_places=3)
    attendances.set_places(booked.id, 3, by=OWNER, now=NOON)
    row = workshop.row(booked.id)
    assert (row.places, row.price, workshop.journal()[0].kind) == (3, 3000, "places")
    with pytest.raises(RuleBroken, match="Only 3 places left."):
        attendances.set_places(booked.id, 4, by=OWNER, now=NOON, anyway=True)


def test_who_did_not_come_is_marked_once_it_has_begun(workshop):
    booked = workshop.attend()
    with pytest.raises(RuleBroken, match="not begun"):
        attendances.set_no_show(booked.id, True, by=OWNER, now=NOON)
    attendances.set_no_show(booked.id, True, by=OWNER, now=AFTER)
    assert workshop.statuses() == ["no-show"]
    attendances.set_no_show(booked.id, False, by=OWNER, now=AFTER)
    assert workshop.statuses() == ["booked"]


def test_a_cancelled_date_takes_along_who_attends_it(studio):
    workshop = hold(studio, SIX, WEEK_LATER, waiting_list=True)
    for date in workshop.dates:
        workshop.attend(places=2, date=date)
    workshop.attend()
    workshop.cancel_date()
    assert workshop.statuses() == ["cancelled", "booked", "cancelled"]
    assert workshop.journal()[0].note == "2 customers with 3 places cancelled with it."
    with pytest.raises(RuleBroken, match="This is cancelled."):
        workshop.attend()


@pytest.mark.parametrize("whole", [True, False])
def test_a_cancelled_event_takes_along_who_attends_it(studio, whole):
    workshop = hold(studio, whole=whole)
    workshop.attend(date=None if whole else workshop.dates[0])
    workshop.cancel()
    assert workshop.statuses() == ["cancelled"]
    assert "1 customer with 1 place cancelled with it." in {e.note for e in workshop.journal()}


def test_with_its_last_date_a_whole_event_loses_who_attends_it(studio):
    workshop = hold(studio, SIX, WEEK_LATER, whole=True)
    workshop.attend(date=None)
    workshop.cancel_date(1)
    assert workshop.statuses() == ["booked"]
    workshop.cancel_date(0)
    assert workshop.statuses() == ["cancelled"]


def test_who_was_there_stays_when_the_rest_is_cancelled(studio):
    workshop = hold(studio, SIX, WEEK_LATER, whole=True)
    workshop.attend(date=None)
    workshop.cancel(now=AFTER)
    assert workshop.statuses() == ["booked"]


def test_fewer_places_than_are_taken_are_refused(workshop):
    workshop.attend(places=2)
    with pytest.raises(RuleBroken, match="2 places taken already."):
        workshop.edit(capacity=1)
    with pytest.raises(RuleBroken, match="Somebody has booked already"):
        workshop.edit(capacity=2, whole=True)


def test_organizer_and_staff_see_to_it_by_permission(studio):
    workshop = hold(studio, staff=frozenset({studio.ben.id}))
    workshop.attend(by=studio.actor(studio.ben, "events"))
    with pytest.raises(NotAllowed, match="events"):
        workshop.attend(by=studio.actor(studio.anna, "appointments"))


def test_to_others_it_is_not_there(workshop, studio):
    with pytest.raises(NotThere):
        workshop.attend(by=studio.actor(studio.ben))
    with pytest.raises(NotThere, match="no such booking"):
        attendances.cancel(99, by=OWNER, now=NOON)
