"""Customers book by themselves: the time is theirs, or they learn what is free next."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment, Booking, Company, Customer, JournalEntry, Mailbox
from panel.domain.errors import NotThere, PanelError, RuleBroken, SlotTaken, TooOften
from panel.services import visitors
from panel.services.choosing import Slot
from panel.services.visitors import Request
from tests.services import outlook_rows
from tests.services.studio import NOON

TEN = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def outside(house):
    """The world outside, at noon; nobody has connected, so that it is not asked."""
    return replace(house.extensions["panel"].outside, now=lambda: NOON)


@pytest.fixture
def book(studio, outside):
    """Book ten o'clock in Berlin with whoever is free, as somebody new, or as given."""

    def send(starts=TEN, employee=None, **given):
        slot = {"service_id": studio.massage.id, "starts": starts, "zone": "Europe/Berlin"}
        slot |= {"employee_id": employee and employee.id, **given.pop("slot", {})}
        usual = {"name": "Nora Lund", "email": "nora@example.test"}
        return visitors.book(Request(Slot(**slot), **usual | given), outside=outside)

    return send


def test_it_is_booked_with_a_new_customer(book):
    made = book(phone="0117 4", note="By the window")
    booking = db.session.query(Booking).one()
    customer = db.session.get(Customer, booking.customer_id)
    assert (made.starts, made.status, made.created_by) == (TEN, "approved", "Nora Lund")
    assert (customer.email, customer.phone, booking.note) == (
        "nora@example.test", "0117 4", "By the window",
    )  # fmt: skip


def test_the_promise_is_the_wall_time_where_the_employee_is(book):
    made = book(slot={"zone": "America/New_York"})
    assert (made.local_start, made.zone) == ("2026-11-26T10:00", "Europe/Berlin")
    assert db.session.query(Booking).one().zone == "America/New_York"


def test_who_is_known_stays_as_they_are(book, studio):
    book(email="LEA@example.test", name="Lea R.", phone="1")
    booking = db.session.query(Booking).one()
    assert booking.customer_id == studio.lea.id
    assert db.session.get(Customer, studio.lea.id).name == "Lea Roth"
    assert booking.answers == [["Name", "Lea R."], ["Phone", "1"]]


def test_of_two_who_are_free_the_one_with_less_to_do_takes_it(book, studio):
    studio.book("2026-11-26T15:00", employee_id=studio.anna.id)
    assert book().employee_id == studio.ben.id


def test_a_taken_time_names_what_is_free_next(book, studio):
    studio.book("2026-11-26T10:00")
    with pytest.raises(SlotTaken, match="booked 10:00. Free next: 11:00 and 13:00.") as refused:
        book(employee=studio.anna)
    assert refused.value.following == (TEN + timedelta(hours=1), TEN + timedelta(hours=3))


def test_a_time_off_the_grid_is_no_time(book):
    with pytest.raises(SlotTaken, match="10:07 cannot be booked. Free next: 10:15 and 10:30."):
        book(TEN + timedelta(minutes=7))


def test_short_notice_is_refused(book):
    with pytest.raises(SlotTaken, match="cannot be booked"):
        book(NOON + timedelta(hours=1))


def test_a_busy_time_in_outlook_is_refused(book, studio):
    outlook_rows.integration(client_id="c", tenant="common")
    calendar = outlook_rows.calendar(studio.anna)
    outlook_rows.block(calendar, studio.anna, starts=TEN, ends=TEN + timedelta(hours=1))
    with pytest.raises(SlotTaken):
        book(employee=studio.anna)


def test_a_form_sent_twice_books_once(book):
    first, second = book(form_key="k" * 43), book(form_key="k" * 43)
    assert first.id == second.id
    assert db.session.query(Appointment).count() == 1


@pytest.mark.parametrize("given", [{"email": "nora"}, {"name": " "}])
def test_it_says_what_is_missing(book, given):
    with pytest.raises(RuleBroken):
        book(**given)
    assert db.session.query(Customer).count() == 2


def test_who_is_hidden_takes_no_visitors(book, studio):
    studio.change(studio.anna, shown=False)
    with pytest.raises(NotThere):
        book(employee=studio.anna)


def test_it_waits_for_approval_where_the_business_wants_that(book, studio):
    studio.change(db.session.get_one(Company, 1), default_status="pending")
    assert book().status == "pending"


def test_while_outlook_is_silent_it_is_accepted_and_flagged(book, studio):
    outlook_rows.integration(client_id="c", tenant="common")
    calendar = outlook_rows.calendar(studio.anna)
    mailbox = db.session.get(Mailbox, calendar.mailbox_id)
    studio.change(mailbox, silent_since=NOON - timedelta(minutes=5))
    assert book(employee=studio.anna).unchecked


@pytest.fixture
def crowd(house, book, studio):
    """So many visitors who want the same time at the same moment; what each was told."""

    def all_at_once(size):
        gate, results = threading.Barrier(size), []

        def visit(number):
            with house.app_context():
                gate.wait()
                try:
                    made = book(employee=studio.anna, email=f"v{number}@example.test")
                    results.append(f"booked {made.id}")
                except PanelError as refused:
                    results.append(str(refused))
                db.session.remove()

        threads = [threading.Thread(target=visit, args=[n]) for n in range(size)]
        [one.start() for one in threads]
        [one.join() for one in threads]
        return results

    return all_at_once


def test_of_a_hundred_visitors_one_gets_it(crowd):
    results = crowd(100)
    fresh()
    booked = [one for one in results if one.startswith("booked")]
    assert booked == [f"booked {db.session.query(Appointment).one().id}"]
    assert len([one for one in results if one.startswith("Somebody else")]) == 99


def test_the_journal_says_who_booked(book):
    made = book()
    entry = db.session.query(JournalEntry).filter_by(subject_id=made.id).one()
    assert (entry.kind, entry.who) == ("booked", "Nora Lund")


def test_neighbours_in_a_network_book_as_one(studio):
    studio.change(db.session.get_one(Company, 1), bookings_per_hour=1)
    visitors.count_attempt("2001:db8:1:2::1", now=NOON)
    visitors.count_attempt("2001:db8:1:3::1", now=NOON)
    with pytest.raises(TooOften):
        visitors.count_attempt("2001:db8:1:2:ffff::9", now=NOON)


def test_a_refusal_names_times_as_the_company_does(book):
    with pytest.raises(SlotTaken, match="10:07 cannot be booked. Free next: 10:15 and 10:30."):
        book(TEN + timedelta(minutes=7), slot={"zone": ""})
