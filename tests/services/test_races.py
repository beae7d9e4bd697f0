"""Several people want the same time at the same moment."""

import threading

import pytest

from panel.db.base import db, writing
from panel.db.tables import Appointment, Booking, Customer, Service
from panel.domain.errors import InTheWay, PanelError, RuleBroken
from panel.services import appointments, erasing, merging, series
from panel.services.appointments import Wish
from panel.services.series import Take
from tests import make
from tests.services.studio import NOON, OWNER, plain
from tests.services.workshop import GUEST, hold

TEN, TWO, FOUR = "2026-11-26T10:00", "2026-11-26T14:00", "2026-11-26T16:00"

# At noon there is a break, and nobody works on Saturdays.
EVERY_DAY = [f"2026-12-{day:02}T13:00" for day in (1, 2, 3, 4, 7)]


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


@pytest.fixture
def twin(studio):
    """Somebody who is Lea, too, and has an appointment on each of five days."""
    twin = plain(make.customer(name="L. Roth", email="l.roth@example.test"))
    twin.booked = [studio.book(day, customer_id=twin.id).id for day in EVERY_DAY]
    return twin


def test_what_somebody_books_who_is_just_merged_away_is_not_lost(studio, twin, together):
    times = [TEN, TWO, FOUR]
    books = [lambda time=time: studio.book(time, customer_id=twin.id) for time in times]
    results = together(lambda: merging.merge(studio.lea.id, twin.id, by=OWNER, now=NOON), *books)
    assert all(isinstance(one, Customer | Appointment | RuleBroken) for one in results)
    booked = sum(isinstance(one, Appointment) for one in results)
    whose = db.session.scalars(db.select(Booking.customer_id)).all()
    assert whose == [studio.lea.id] * (len(EVERY_DAY) + booked)


def test_merging_and_cancelling_do_not_wait_for_each_other_in_vain(studio, twin, together):
    cancels = [
        lambda id=id: appointments.act(id, "cancel", by=OWNER, now=NOON) for id in twin.booked
    ]
    merge = [lambda: merging.merge(studio.lea.id, twin.id, by=OWNER, now=NOON)]
    results = together(*cancels, *merge)
    assert all(isinstance(one, Customer | Appointment) for one in results)
    rows = db.session.execute(db.select(Booking.customer_id, Booking.status)).all()
    assert rows == [(studio.lea.id, "cancelled")] * len(EVERY_DAY)


def sequence(studio, customer, **given) -> list[int]:
    """Book somebody with Anna on each of five days; return the appointments' ids."""
    wish = Wish(studio.massage.id, studio.anna.id, customer.id, EVERY_DAY[0], **given)
    takes = [Take(day) for day in EVERY_DAY]
    return [one.id for one in series.book(wish, takes, by=OWNER, now=NOON)]


def test_of_two_series_for_the_same_times_one_is_booked_whole(studio, together):
    both = [lambda who=who: sequence(studio, who) for who in (studio.lea, studio.ines)]
    results = together(*both)
    assert len(refused(results)) == 1
    assert [len(one) for one in results if isinstance(one, list)] == [len(EVERY_DAY)]
    rows = db.session.scalars(db.select(Appointment.series)).all()
    assert len(rows) == len(EVERY_DAY) and len(set(rows)) == 1


def test_a_series_that_is_sent_twice_at_once_is_booked_once(studio, together):
    first, second = together(*[lambda: sequence(studio, studio.lea, form_key="same")] * 2)
    assert first == second and len(first) == len(EVERY_DAY)
    assert db.session.scalar(db.select(db.func.count(Booking.id))) == len(EVERY_DAY)


def test_two_series_that_pass_each_other_are_both_booked(studio, together):
    mine = {"service_id": studio.massage.id, "employee_id": studio.anna.id, "local_start": ""}
    early = [Take(f"2026-12-{day:02}T09:00") for day in (1, 2, 3)]
    late = [Take(f"2026-12-{day:02}T14:00") for day in (3, 2, 1)]
    results = together(
        *[
            lambda takes=takes, who=who: series.book(
                Wish(customer_id=who.id, **mine), takes, by=OWNER, now=NOON
            )
            for takes, who in ((early, studio.lea), (late, studio.ines))
        ]
    )
    assert [len(one) for one in results] == [3, 3]
