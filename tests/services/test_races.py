"""Several people want the same time at the same moment."""

import threading

import pytest

from panel.db.base import db, writing
from panel.db.tables import Appointment, Booking, Service
from panel.domain.errors import InTheWay, PanelError, RuleBroken
from panel.services import appointments, erasing
from tests.services.studio import NOON, OWNER
from tests.services.workshop import GUEST, hold

TEN, TWO, FOUR = "2026-11-26T10:00", "2026-11-26T14:00", "2026-11-26T16:00"


@pytest.fixture
def together(house):
    """Run functions at the same moment, each in a thread of its own; return what came of it."""

    def run(*deeds) -> list[object]:
        gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

        def one(number: int) -> None:
            with house.app_context():
                gate.wait()
                try:
                    results[number] = deeds[number]()
                except PanelError as refused:
                    results[number] = refused
                db.session.remove()

        threads = [threading.Thread(target=one, args=[n]) for n in range(len(deeds))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run


def refused(results) -> list[object]:
    return [one for one in results if isinstance(one, InTheWay)]


def test_of_eight_who_book_the_same_time_one_gets_it(studio, together):
    results = together(*[lambda: studio.book(TEN)] * 8)
    assert len(refused(results)) == 7


def test_overlapping_times_count_as_the_same(studio, together):
    times = ["2026-11-26T10:00", "2026-11-26T10:30", "2026-11-26T09:30"]
    results = together(*[lambda time=time: studio.book(time) for time in times])
    assert len(refused(results)) in (1, 2)


def test_two_moves_to_the_same_time_are_not_both_made(studio, together):
    first, second = studio.book(TEN).id, studio.book(TWO).id
    move = {"local_start": FOUR, "by": OWNER, "now": NOON}
    results = together(
        lambda: appointments.move(first, **move), lambda: appointments.move(second, **move)
    )
    assert len(refused(results)) == 1


def test_colleagues_do_not_wait_for_each_other_in_vain(studio, together):
    deeds = [
        lambda who=who: studio.book(TEN, employee_id=who.id) for who in (studio.anna, studio.ben)
    ]
    assert refused(together(*deeds)) == []


def test_a_double_click_books_once(studio, together):
    results = together(*[lambda: studio.book(TEN, form_key="same").id] * 2)
    assert results[0] == results[1]
    assert db.session.scalar(db.select(db.func.count(Booking.id))) == 1


def test_the_second_click_may_have_wanted_a_colleague(studio, together):
    deeds = [
        lambda who=who: studio.book(TEN, employee_id=who.id, form_key="same").id
        for who in (studio.anna, studio.ben)
    ]
    first, second = together(*deeds)
    assert first == second


def test_a_group_takes_as_many_as_it_has_places(studio, together):
    with writing() as session:
        session.get_one(Service, studio.massage.id).capacity = 3
    results = together(*[lambda: studio.book(TEN)] * 6)
    assert len(refused(results)) == 3
    group = db.session.scalars(db.select(Appointment)).one()
    assert (group.places, group.persons) == (3, 3)


def test_of_fifty_who_want_the_last_place_one_gets_it(studio, together):
    workshop = hold(studio, capacity=1)
    results = together(*[lambda: workshop.attend(by=GUEST)] * 50)
    assert sum(isinstance(one, RuleBroken) for one in results) == 49
    assert workshop.statuses() == ["booked"]


def test_of_fifty_presses_on_one_form_one_counts(studio, together):
    workshop = hold(studio, capacity=50)
    results = together(*[lambda: workshop.attend(by=GUEST, form_key="k")] * 50)
    assert len({one.id for one in results}) == 1
    assert workshop.statuses() == ["booked"]


def test_changing_an_event_and_booking_it_do_not_wait_for_each_other_in_vain(studio, together):
    workshop = hold(studio, capacity=40, staff=frozenset({studio.ben.id}))
    more = [lambda n=n: workshop.edit(capacity=40 + n) for n in range(5)]
    results = together(*more, *[lambda: workshop.attend(by=GUEST)] * 20)
    assert [one for one in results if isinstance(one, Exception)] == []


def test_nothing_is_booked_for_somebody_who_is_just_erased(studio, together):
    times = [TEN, TWO, FOUR]
    books = [lambda time=time: studio.book(time) for time in times]
    together(lambda: erasing.erase(studio.lea.id, by=OWNER, now=NOON), *books)
    of_lea = db.select(Booking.status).where(Booking.customer_id == studio.lea.id)
    assert set(db.session.scalars(of_lea)) <= {"cancelled"}
