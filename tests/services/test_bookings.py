"""Several customers in one appointment."""

from datetime import timedelta

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment, Booking, Service, employee_services
from panel.domain.errors import InTheWay, NotThere, RuleBroken
from panel.domain.schedule import Span
from panel.services import appointment_lists, appointments, bookings, calendar, journal
from panel.services.appointment_lists import Filter
from tests.services.studio import NOON, OWNER

TEN = "2026-11-26T10:00"


@pytest.fixture
def yoga(studio):
    """The studio's service takes four from now on, and at least two."""
    return terms(studio, capacity=4, least=2, price=1500)


def terms(studio, **given):
    studio.change(db.session.get_one(Service, studio.massage.id), **given)
    return studio


def own(studio, **given):
    """Anna's own price and capacity."""
    of_anna = employee_services.c.employee_id == studio.anna.id
    with db.session.begin_nested():
        db.session.execute(employee_services.update().where(of_anna).values(**given))
    db.session.commit()


def join(studio, **given):
    return studio.book(TEN, customer_id=studio.ines.id, **given)


def kinds(appointment) -> list[str]:
    return [entry.kind for entry in journal.about("appointment", appointment.id)]


def standing(appointment):
    fresh()
    row = db.session.get_one(Appointment, appointment.id)
    return row.status, row.persons


def test_a_second_customer_joins_the_group_that_starts_then(yoga):
    first, second = yoga.book(TEN), join(yoga, persons=2)
    assert first.id == second.id
    assert [one.persons for one in second.bookings] == [1, 2]
    assert (second.places, second.persons) == (4, 3)


def test_it_is_pending_until_enough_have_booked(yoga):
    first = yoga.book(TEN)
    assert (first.status, first.bookings[0].status) == ("pending", "approved")
    assert join(yoga).status == "approved"
    assert kinds(first) == ["approved", "joined", "booked"]


def test_bookings_that_wait_for_approval_make_nothing_sure(yoga):
    yoga.book(TEN, status="pending")
    group = join(yoga, status="pending")
    assert group.status == "pending"
    for one in list(group.bookings):
        group = bookings.act(one.id, "approve", by=OWNER, now=NOON)
    assert group.status == "approved"


def test_another_start_is_another_group_and_must_be_free(yoga):
    first = yoga.book(TEN)
    with pytest.raises(InTheWay, match="Anna Berg is with Lea Roth from 10:00 to 11:00"):
        yoga.book("2026-11-26T10:30")
    assert yoga.book("2026-11-26T14:00").id != first.id


def test_a_colleagues_group_is_another(yoga):
    assert yoga.book(TEN).id != yoga.book(TEN, employee_id=yoga.ben.id).id


@pytest.mark.parametrize(
    "taken, sentence", [(3, "at 10:00 has only 1 place left."), (4, "at 10:00 is full.")]
)
def test_it_says_how_many_places_are_left(yoga, taken, sentence):
    yoga.book(TEN, persons=taken)
    with pytest.raises(InTheWay, match=sentence) as no:
        join(yoga, persons=2)
    assert no.value.kind == "full"


def test_staff_may_take_one_more_knowingly(yoga):
    group = yoga.book(TEN, persons=4)
    assert join(yoga, anyway=True).persons == 5
    assert journal.about("appointment", group.id)[0].note == "Sports massage at 10:00 is full."


def test_nobody_joins_what_has_begun(yoga):
    yoga.book(TEN)
    with pytest.raises(InTheWay, match="has passed"):
        join(yoga, now=NOON + timedelta(days=2))


@pytest.mark.parametrize(
    "capacity, sentence", [(1, "takes one person at a time"), (4, "takes at most 4 persons")]
)
def test_more_than_fit_are_refused(studio, capacity, sentence):
    terms(studio, capacity=capacity)
    with pytest.raises(RuleBroken, match=sentence) as no:
        studio.book(TEN, persons=5)
    assert no.value.field == "persons"


def test_a_price_is_for_each_person(yoga):
    assert yoga.book(TEN, persons=3).bookings[0].price == 4500


def test_an_employee_has_their_own_price_and_capacity(yoga):
    own(yoga, price=2000, capacity=6)
    group = yoga.book(TEN, persons=6)
    assert (group.places, group.bookings[0].price) == (6, 12000)


def test_what_a_group_holds_stays_as_it_was_when_it_was_made(yoga):
    yoga.book(TEN)
    own(yoga, capacity=1)
    assert join(yoga, persons=3).persons == 4


def test_one_leaves_and_the_others_stay(yoga):
    group = yoga.book(TEN)
    join(yoga)
    bookings.cancel_booking(group.bookings[0].id, by=OWNER, now=NOON)
    assert standing(group) == ("approved", 1)
    assert kinds(group)[0] == "booking_cancelled"


@pytest.mark.parametrize("capacity", [1, 4])
def test_it_is_cancelled_with_its_last_booking(studio, capacity):
    terms(studio, capacity=capacity)
    group = studio.book(TEN)
    bookings.cancel_booking(group.bookings[0].id, by=OWNER, now=NOON)
    assert standing(group) == ("cancelled", 0)
    assert kinds(group)[0] == "cancelled"


def test_places_that_were_given_back_are_free(yoga):
    group = yoga.book(TEN, persons=4)
    join(yoga, anyway=True)
    bookings.cancel_booking(group.bookings[0].id, by=OWNER, now=NOON)
    assert join(yoga, persons=3).persons == 4


def test_cancelling_the_whole_cancels_every_booking(yoga):
    group = yoga.book(TEN, status="pending")
    join(yoga)
    cancelled = appointments.act(group.id, "cancel", by=OWNER, now=NOON)
    assert {one.status for one in cancelled.bookings} == {"cancelled"}
    assert standing(group) == ("cancelled", 0)


def test_staff_may_let_a_small_group_take_place(yoga):
    group = yoga.book(TEN)
    appointments.act(group.id, "approve", by=OWNER, now=NOON)
    assert standing(group) == ("approved", 1)


def test_a_customer_is_added_on_the_page_of_the_appointment(yoga):
    group = yoga.book(TEN)
    added = bookings.add(group.id, customer_id=yoga.ines.id, persons=2, by=OWNER, now=NOON)
    assert (added.customer.name, added.price, standing(group)) == (
        "Ines Carvalho", 3000, ("approved", 3),
    )  # fmt: skip


def test_a_single_appointment_takes_nobody_else(studio):
    booked = studio.book(TEN)
    with pytest.raises(RuleBroken, match="one customer at a time"):
        bookings.add(booked.id, customer_id=studio.ines.id, by=OWNER, now=NOON)


def test_more_may_come_while_places_are_left(yoga):
    booking = yoga.book(TEN).bookings[0]
    assert bookings.edit(booking.id, 4, by=OWNER, now=NOON).price == 6000
    with pytest.raises(InTheWay, match="is full"):
        bookings.edit(booking.id, 5, by=OWNER, now=NOON)


def test_a_booking_that_is_not_there_is_not_there(yoga):
    with pytest.raises(NotThere, match="no such booking"):
        bookings.cancel_booking(404, by=OWNER, now=NOON)


def test_a_form_that_is_sent_twice_books_once(yoga):
    first = yoga.book(TEN, form_key="a")
    assert yoga.book(TEN, form_key="a").id == first.id
    assert standing(first)[1] == 1
    assert yoga.book(TEN, form_key="b").persons == 2


def test_it_keeps_what_the_customer_said_and_where_they_were(studio):
    answers = (("Which side?", "Left"),)
    studio.book(
        TEN, answers=answers, visitor_zone="Asia/Tokyo", note="Hello", staff_note="Rang twice"
    )
    fresh()
    kept = db.session.scalars(db.select(Booking)).one()
    assert (kept.answers, kept.zone) == ([["Which side?", "Left"]], "Asia/Tokyo")
    assert kept.note == "Hello"
    assert db.session.scalars(db.select(Appointment)).one().note == "Rang twice"


def test_lists_and_calendar_name_who_still_comes(yoga):
    first = yoga.book(TEN)
    join(yoga)
    bookings.cancel_booking(first.bookings[0].id, by=OWNER, now=NOON)
    (line,) = appointment_lists.listed(OWNER, Filter(), now=NOON).rows
    day = Span(NOON, NOON + timedelta(days=2))
    (visit,) = calendar.visits([yoga.anna.id], day)
    assert line.customers == visit.customer == "Ines Carvalho"
    yoga.book(TEN)
    assert calendar.visits([yoga.anna.id], day)[0].customer == "Ines Carvalho and Lea Roth"
