"""Who is told what by mail, in the transaction of what it tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment, Booking, MailTemplate
from panel.domain.errors import RuleBroken
from panel.services import (
    appointment_edits,
    appointment_patches,
    appointments,
    mailing,
    managing,
)
from panel.services.appointment_patches import Change
from tests import make
from tests.services.correspondence import kinds, written
from tests.services.studio import NOON, OWNER

FRIDAY = "2026-11-27T10:00"


@pytest.fixture
def anna(studio):
    """Anna has a login, and so an address."""
    studio.change(studio.anna, user_id=make.user(email="anna@panel.test", role="employee").id)
    return studio.anna


@pytest.fixture
def ben(studio):
    studio.change(studio.ben, user_id=make.user(email="ben@panel.test", role="employee").id)
    return studio.ben


def to(address, **where):
    return [one.kind for one in written(to_address=address, **where) if "reminder" not in one.kind]


def act(made, action, by=OWNER):
    appointments.act(made.id, action, by=by, now=NOON)


def move(made, to="2026-11-27T14:00", by=OWNER):
    return appointments.move(made.id, local_start=to, by=by, now=NOON)


def test_customer_and_employee_are_told_of_a_booking(studio, anna):
    studio.book(FRIDAY)
    assert to("lea@example.test") == ["customer_booked"]
    assert to("anna@panel.test") == ["employee_booked"]


def test_a_mail_says_what_when_where_and_with_whom(studio):
    studio.change(db.session.get(make.tables.Company, 1), phone="0117 496 0100", address="Room 2")
    studio.book(FRIDAY)
    (mail,) = written(kind="customer_booked")
    assert mail.title == "Booked: Sports massage, Fri 27 Nov, 10:00"
    for said in ("Hello Lea Roth,", "With: Anna Berg", "Where: Room 2", "0117 496 0100"):
        assert said in mail.text
    assert "When: Friday 27 November 2026, 10:00–11:00 (Europe/Berlin)" in mail.text


def test_a_mail_names_the_customers_own_zone(studio):
    studio.change(db.session.get(make.tables.Customer, studio.lea.id), zone="America/New_York")
    studio.book(FRIDAY)
    assert "04:00–05:00 (America/New_York)" in written(kind="customer_booked")[0].text


def test_a_refused_booking_writes_no_mail(studio):
    studio.book(FRIDAY)
    with pytest.raises(RuleBroken):
        studio.book(FRIDAY, customer_id=studio.ines.id)
    assert to("ines@example.test") == []


def test_nobody_is_told_what_they_did_themselves(studio, anna):
    studio.book(FRIDAY, by=studio.actor(anna))
    assert kinds() == ["customer_booked"]


def test_what_is_pending_is_told_as_a_request(studio, anna):
    studio.book(FRIDAY, status="pending")
    assert kinds() == ["customer_pending", "employee_pending"]


@pytest.mark.parametrize(
    "action, kind", [("approve", "approved"), ("reject", "rejected"), ("cancel", "cancelled")]
)
def test_what_is_decided_is_told(studio, anna, action, kind):
    made = studio.book(FRIDAY, status="pending")
    act(made, action)
    assert kinds()[2:] == [f"customer_{kind}", f"employee_{kind}"]


def test_of_most_deeds_there_is_nothing_to_tell(studio, anna):
    made = studio.book(FRIDAY)
    act(made, "set_pending")
    assert kinds() == ["customer_booked", "employee_booked"]


def test_a_move_is_told_with_the_new_time(studio, anna):
    move(studio.book(FRIDAY))
    assert kinds()[2:] == ["customer_changed", "employee_changed"]
    assert written(kind="customer_changed")[0].title.endswith("Fri 27 Nov, 14:00")


def test_a_move_that_nobody_heard_of_is_told_with_the_next_one(studio, anna):
    made = studio.book(FRIDAY)
    move(made)
    move(made, "2026-11-27T15:00")
    for kind in ("customer_changed", "employee_changed"):
        assert [one.status for one in written(kind=kind)] == ["dropped", "waiting"]


def test_a_cancellation_makes_the_news_of_a_move_needless(studio):
    made = studio.book(FRIDAY)
    move(made)
    act(made, "cancel")
    assert [one.status for one in written(kind="customer_changed")] == ["dropped"]


def test_a_colleague_is_told_what_they_get_and_the_other_what_they_lose(studio, anna, ben):
    made = studio.book(FRIDAY)
    appointment_edits.reassign(made.id, employee_id=ben.id, by=OWNER, now=NOON)
    assert to("ben@panel.test") == ["employee_booked"]
    assert to("anna@panel.test") == ["employee_booked", "employee_given"]
    assert "With: Ben Ode" in written(kind="customer_changed")[0].text


def test_another_customer_is_booked_and_the_first_cancelled(studio):
    made = studio.book(FRIDAY)
    appointment_edits.edit(made.id, customer_id=studio.ines.id, by=OWNER, now=NOON)
    assert to("lea@example.test") == ["customer_booked", "customer_cancelled"]
    assert to("ines@example.test") == ["customer_booked"]


def test_a_note_is_no_news(studio):
    made = studio.book(FRIDAY)
    appointment_edits.edit(made.id, note="Left shoulder", by=OWNER, now=NOON)
    assert kinds() == ["customer_booked"]


def test_the_past_is_not_told(studio, anna):
    studio.book("2026-11-25T10:00", anyway=True)
    assert kinds() == []


def test_nobody_without_an_address_is_written_to(studio):
    nobody = make.customer(name="Rosa Pike", email="")
    studio.book(FRIDAY, customer_id=nobody.id)
    assert kinds() == []


def test_what_the_owner_switched_off_is_not_told(studio):
    make.save(MailTemplate(kind="customer_booked", title="T", text="T", active=False))
    studio.book(FRIDAY)
    assert kinds() == []


def test_the_owners_words_count(studio):
    make.save(MailTemplate(kind="customer_booked", title="See you!", text="%booking_ref%"))
    made = studio.book(FRIDAY)
    (mail,) = written(kind="customer_booked")
    assert (mail.title, mail.text) == ("See you!", made.reference)


def test_the_same_is_never_told_twice(studio):
    made = studio.book(FRIDAY)
    with writing() as session:
        appointment = session.get_one(Appointment, made.id)
        mailing.tell(session, "booked", appointment, by=OWNER, now=NOON)
    assert kinds() == ["customer_booked"]


def test_only_who_it_happened_to_is_told(studio):
    made = studio.book(FRIDAY)
    second = Booking(
        appointment_id=made.id, customer_id=studio.ines.id, status="approved", created_at=NOON
    )
    make.save(second)
    with writing() as session:
        appointment = session.get_one(Appointment, made.id)
        mailing.tell(session, "booked", appointment, bookings=[second], by=OWNER, now=NOON)
    assert to("ines@example.test") == ["customer_booked"] == to("lea@example.test")


@pytest.fixture
def theirs(studio, anna, house):
    """What a customer does with the link to their own booking, at noon."""
    outside = replace(house.extensions["panel"].outside, now=lambda: NOON)
    return studio.book(FRIDAY), db.session.scalar(select(Booking.id)), outside


def test_a_customer_who_moves_gets_it_in_writing(theirs):
    made, booking, outside = theirs
    managing.move(booking, made.starts + timedelta(hours=4), outside=outside)
    assert kinds()[2:] == ["customer_changed", "employee_changed"]


def test_a_customer_who_cancels_gets_it_in_writing(theirs):
    managing.cancel(theirs[1], now=NOON)
    assert kinds()[2:] == ["customer_cancelled", "employee_cancelled"]


def test_a_move_in_outlook_waits_for_quiet(studio, anna):
    made = studio.book(FRIDAY)
    with writing() as session:
        appointment = session.get_one(Appointment, made.id)
        mailing.tell(session, "changed", appointment, by=None, now=NOON, quiet=timedelta(minutes=5))
    (mail,) = written(kind="customer_changed")
    assert mail.due_at == NOON + timedelta(minutes=5) and to("anna@panel.test") == [
        "employee_booked"
    ]


def test_the_calendar_knows_the_visit_by_one_name(studio):
    made = studio.book(FRIDAY)
    move(made)
    act(made, "cancel")
    files = [one.calendar for one in written() if one.calendar]
    uids = {line for file in files for line in file.splitlines() if line.startswith("UID:")}
    numbers = [line for file in files for line in file.splitlines() if "SEQUENCE" in line]
    assert len(uids) == 1 and numbers == [f"SEQUENCE:{n}" for n in (1, 2, 3)]
    assert "METHOD:CANCEL" in files[-1] and "STATUS:CANCELLED" in files[-1]


def test_what_is_not_certain_is_in_no_calendar(studio):
    studio.book(FRIDAY, status="pending")
    assert written(kind="customer_pending")[0].calendar is None


def test_the_database_holds_no_link(studio):
    studio.book(FRIDAY)
    fresh()
    assert "%manage_url%" in written(kind="customer_booked")[0].text


def test_a_program_that_moves_and_gives_it_away_tells_both(studio, anna, ben):
    made = studio.book(FRIDAY)
    wanted = Change(starts=made.starts + timedelta(hours=4), employee_id=ben.id)
    appointment_patches.change(made.id, wanted, by=OWNER, now=NOON)
    assert to("lea@example.test") == ["customer_booked", "customer_changed"]
    assert to("anna@panel.test")[1:] == ["employee_given"]
    assert to("ben@panel.test") == ["employee_booked"]


def test_a_program_that_cancels_tells_so(studio):
    made = studio.book(FRIDAY)
    appointment_patches.change(made.id, Change(status="cancelled"), by=OWNER, now=NOON)
    assert kinds() == ["customer_booked", "customer_cancelled"]
