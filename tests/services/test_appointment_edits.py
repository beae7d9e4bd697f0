"""What an appointment is about, and who gives it."""

import pytest

from panel.db.base import db
from panel.db.tables import Mail, Push
from panel.domain.errors import AlreadyChanged, InTheWay, NotThere, RuleBroken
from panel.services import appointment_edits, appointments, employees, journal, offers
from tests.services import outlook_rows
from tests.services.studio import NOON, OWNER

TEN = "2026-11-26T10:00"


@pytest.fixture
def deep(studio):
    offer = offers.Offer("Deep tissue massage", 90, buffer_after=15)
    return offers.create(offer, by=OWNER, now=NOON, employees=[studio.anna.id])


def edit(appointment, **given):
    return appointment_edits.edit(appointment.id, **{"by": OWNER, "now": NOON, **given})


def test_another_service_brings_its_own_length_and_buffers(studio, deep):
    edited = edit(studio.book(TEN), service_id=deep.id)
    assert (edited.ends - edited.starts).seconds == 90 * 60
    assert (edited.service.name, edited.buffer_after) == ("Deep tissue massage", 15)


def test_another_service_leaves_its_traces(studio, deep):
    outlook_rows.calendar(studio.anna)
    edited = edit(studio.book(TEN), service_id=deep.id)
    entry = journal.about("appointment", edited.id)[0]
    assert (edited.revision, entry.kind) == (2, "edited")
    assert (entry.before, entry.after) == ("Sports massage", "Deep tissue massage, Lea Roth")
    assert db.session.scalars(db.select(Push.revision)).one() == 2
    assert "customer_changed" in db.session.scalars(db.select(Mail.kind)).all()


def test_a_longer_service_must_still_fit(studio, deep):
    booked = studio.book("2026-11-26T11:00")
    with pytest.raises(InTheWay, match="reaches into Anna Berg’s break"):
        edit(booked, service_id=deep.id)


def test_it_changes_customer_and_note(studio):
    edited = edit(studio.book(TEN), customer_id=studio.ines.id, note="Ring twice")
    assert (edited.bookings[0].customer.name, edited.bookings[0].note) == (
        "Ines Carvalho", "Ring twice",
    )  # fmt: skip
    entry = journal.about("appointment", edited.id)[0]
    assert (entry.kind, entry.before) == ("edited", "Lea Roth")
    assert edited.revision == 2


def test_an_edit_that_changes_nothing_leaves_no_trace(studio):
    booked = studio.book(TEN)
    edited = edit(booked, customer_id=studio.lea.id, service_id=studio.massage.id, note="")
    assert (edited.revision, len(journal.about("appointment", booked.id))) == (1, 1)


def test_an_older_form_does_not_overwrite(studio):
    booked = studio.book(TEN)
    edit(booked, note="First", revision=1)
    with pytest.raises(AlreadyChanged):
        edit(booked, note="Second", revision=1)


def test_the_note_of_what_is_over_may_still_be_written(studio):
    booked = studio.book(TEN)
    appointments.act(booked.id, "cancel", by=OWNER, now=NOON)
    assert edit(booked, staff_note="Rang at nine").note == "Rang at nine"
    with pytest.raises(RuleBroken, match="is cancelled"):
        edit(booked, customer_id=studio.ines.id)


def test_it_goes_to_a_colleague_at_the_same_time(studio):
    booked = studio.book(TEN)
    given = appointment_edits.reassign(booked.id, employee_id=studio.ben.id, by=OWNER, now=NOON)
    assert (given.employee.name, given.starts) == ("Ben Ode", booked.starts)
    entry = journal.about("appointment", booked.id)[0]
    assert (entry.kind, entry.before, entry.after) == ("reassigned", "Anna Berg", "Ben Ode")


def test_an_employee_gives_away_their_own_but_takes_nobodys(studio):
    booked = studio.book(TEN)
    with pytest.raises(NotThere):
        appointment_edits.reassign(
            booked.id, employee_id=studio.ben.id, by=studio.actor(studio.ben), now=NOON
        )
    appointment_edits.reassign(
        booked.id, employee_id=studio.ben.id, by=studio.actor(studio.anna), now=NOON
    )


def test_the_colleague_must_be_free_and_offer_it(studio):
    booked = studio.book(TEN)
    studio.book(TEN, employee_id=studio.ben.id, customer_id=studio.ines.id)
    wish = {"employee_id": studio.ben.id, "by": OWNER, "now": NOON}
    with pytest.raises(InTheWay, match="Ben Ode is with Ines Carvalho"):
        appointment_edits.reassign(booked.id, **wish)
    employees.set_services(studio.ben.id, [], by=OWNER)
    with pytest.raises(RuleBroken, match="does not offer"):
        appointment_edits.reassign(booked.id, **wish)
