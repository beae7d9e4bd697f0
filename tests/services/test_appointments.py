"""Booking, moving and deciding."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import db
from panel.db.tables import Booking
from panel.domain.errors import AlreadyChanged, InTheWay, NotAllowed, NotThere, RuleBroken
from panel.domain.schedule import Span
from panel.services import appointments, company, employees, journal, offers
from tests.services.studio import NOON, OWNER

TEN, TWO = "2026-11-26T10:00", "2026-11-26T14:00"
NINE_UTC = datetime(2026, 11, 26, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def kinds(appointment) -> list[str]:
    return [entry.kind for entry in journal.about("appointment", appointment.id)]


def test_it_books_a_free_time(studio):
    booked = studio.book(TEN, note=" Left shoulder ")
    assert (booked.starts, booked.ends) == (NINE_UTC, NINE_UTC + HOUR)
    assert (booked.local_start, booked.zone) == (TEN, "Europe/Berlin")
    booking = booked.bookings[0]
    assert (booking.customer.name, booking.note) == ("Lea Roth", "Left shoulder")
    assert (booked.status, booked.revision, booked.unwanted_at) == ("approved", 1, None)


def test_it_promises_in_the_zone_that_was_meant(studio):
    booked = studio.book("2026-11-26T09:00", zone="Europe/London")
    assert (booked.starts, booked.zone) == (NINE_UTC, "Europe/London")


def test_the_journal_knows_who_booked_and_when_for(studio):
    entry = journal.about("appointment", studio.book(TEN).id)[0]
    assert (entry.kind, entry.who, entry.side) == ("booked", "Ruth Linden", "panel")
    assert entry.after == Span(NINE_UTC, NINE_UTC + HOUR)


def test_the_company_says_whether_new_ones_wait_for_approval(studio):
    company.set_rules(company.Rules(default_status="pending"), by=OWNER, now=NOON)
    assert studio.book(TEN).bookings[0].status == "pending"
    assert studio.book(TWO, status="approved").status == "approved"


def test_it_refuses_a_second_appointment_at_the_same_time(studio):
    studio.book(TEN)
    with pytest.raises(InTheWay, match="Anna Berg is with Lea Roth from 10:00 to 11:00.") as no:
        studio.book("2026-11-26T10:30")
    assert no.value.kind == "appointment"


def test_it_tells_the_employee_themself_in_the_second_person(studio):
    with pytest.raises(InTheWay, match="^12:30 is inside your break, 12:00 to 13:00."):
        studio.book("2026-11-26T12:30", by=studio.actor(studio.anna))


def test_staff_may_book_anyway_and_the_journal_says_over_what(studio):
    booked = studio.book("2026-11-26T12:30", anyway=True)
    said = journal.about("appointment", booked.id)[0].note
    assert said == "12:30 is inside Anna Berg’s break, 12:00 to 13:00."


def test_buffers_keep_appointments_apart(studio):
    studio.massage = offers.edit(
        studio.massage.id, offers.Offer("Sports massage", 60, buffer_after=15), by=OWNER, now=NOON
    )
    studio.book(TEN)
    with pytest.raises(InTheWay, match="11:00 is too close to the appointment with Lea Roth"):
        studio.book("2026-11-26T11:00")


def test_a_cancelled_time_is_free_again(studio):
    first = studio.book(TEN)
    appointments.act(first.id, "cancel", by=OWNER, now=NOON)
    assert studio.book(TEN).id != first.id


def test_it_moves_to_another_time_and_tells_both_in_the_journal(studio):
    booked = studio.book(TEN)
    moved = appointments.move(booked.id, local_start=TWO, by=OWNER, now=NOON, revision=1)
    assert (moved.local_start, moved.starts, moved.revision) == (TWO, NINE_UTC + 4 * HOUR, 2)
    entry = journal.about("appointment", booked.id)[0]
    assert (entry.before.starts, entry.after.starts) == (NINE_UTC, NINE_UTC + 4 * HOUR)


def test_it_may_move_into_its_own_time(studio):
    booked = studio.book(TEN)
    appointments.move(booked.id, local_start="2026-11-26T10:30", by=OWNER, now=NOON)
    assert kinds(booked) == ["moved", "booked"]


def test_moving_nowhere_changes_nothing(studio):
    booked = studio.book(TEN)
    assert appointments.move(booked.id, local_start=TEN, by=OWNER, now=NOON).revision == 1
    assert kinds(booked) == ["booked"]


def test_a_promise_may_change_its_zone(studio):
    booked = studio.book(TEN)
    moved = appointments.move(
        booked.id, local_start="2026-11-26T09:00", zone="Europe/London", by=OWNER, now=NOON
    )
    assert (moved.starts, moved.local_start, moved.zone, moved.revision) == (
        NINE_UTC, "2026-11-26T09:00", "Europe/London", 2,
    )  # fmt: skip


def test_it_does_not_move_what_somebody_else_has_just_moved(studio):
    booked = studio.book(TEN)
    appointments.move(booked.id, local_start=TWO, by=OWNER, now=NOON, revision=1)
    with pytest.raises(AlreadyChanged, match="while you had it open"):
        appointments.move(booked.id, local_start=TEN, by=OWNER, now=NOON, revision=1)


def test_a_refused_move_changes_nothing(studio):
    booked = studio.book(TEN)
    with pytest.raises(InTheWay):
        appointments.move(booked.id, local_start="2026-11-26T12:30", by=OWNER, now=NOON)
    db.session.expire_all()
    assert (booked.local_start, booked.revision, kinds(booked)) == (TEN, 1, ["booked"])


@pytest.mark.parametrize(
    "first, action, status, wanted",
    [
        ("pending", "approve", "approved", True),
        ("pending", "reject", "rejected", False),
        ("approved", "cancel", "cancelled", False),
        ("approved", "set_pending", "pending", False),
    ],
)
def test_a_decision_changes_state_bookings_and_whether_outlook_wants_it(
    studio, first, action, status, wanted
):
    booked = studio.book(TEN, status=first)
    after = appointments.act(booked.id, action, by=OWNER, now=NOON, revision=1)
    assert (after.status, after.revision) == (status, 2)
    assert after.unwanted_at == (None if wanted else NOON)
    assert db.session.get(Booking, after.bookings[0].id).status == status


def test_who_stayed_away_is_marked_once_the_time_has_come(studio):
    booked = studio.book(TEN)
    after = appointments.act(booked.id, "no_show", by=OWNER, now=NINE_UTC + HOUR)
    assert (after.status, kinds(booked)[0]) == ("no-show", "no_show")


@pytest.mark.parametrize("given", [{"service_id": 99}, {"customer_id": 99}])
def test_it_refuses_what_is_not_there(studio, given):
    with pytest.raises(RuleBroken, match="^Choose a "):
        studio.book(TEN, **given)


def test_it_refuses_an_employee_who_does_not_offer_the_service(studio):
    employees.set_services(studio.ben.id, [], by=OWNER)
    with pytest.raises(RuleBroken, match="Ben Ode does not offer Sports massage.") as no:
        studio.book(TEN, employee_id=studio.ben.id)
    assert no.value.field == "service"


def test_it_refuses_an_employee_who_has_left(studio):
    employees.set_active(studio.ben.id, False, by=OWNER)
    with pytest.raises(RuleBroken, match="takes no bookings any more"):
        studio.book(TEN, employee_id=studio.ben.id)


def test_an_employee_books_only_for_themself(studio):
    with pytest.raises(NotAllowed, match="only change what is your own"):
        studio.book(TEN, by=studio.actor(studio.ben))


def test_without_the_permission_an_employee_changes_nothing(studio):
    booked = studio.book(TEN)
    with pytest.raises(NotAllowed, match="The owner can allow it"):
        appointments.act(booked.id, "cancel", by=studio.actor(studio.anna, "events"), now=NOON)


def test_a_colleagues_appointment_answers_like_a_missing_one(studio):
    booked = studio.book(TEN)
    for number in (booked.id, 999):
        with pytest.raises(NotThere, match="There is no such appointment"):
            appointments.act(number, "cancel", by=studio.actor(studio.ben), now=NOON)
