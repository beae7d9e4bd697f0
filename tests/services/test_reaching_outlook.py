"""Every change that Outlook should show is in the outbox, with the change itself."""

import pytest
from sqlalchemy import select

from panel.db.base import db
from panel.db.tables import Mirror, Push
from panel.domain.errors import InTheWay
from panel.services import appointment_edits, appointments, customers, event_dates, events
from tests.services import outlook_rows
from tests.services.studio import NOON, OWNER

TEN, TWO = "2026-11-26T10:00", "2026-11-26T14:00"
SIX = events.Date("2026-11-26T18:00", 90, "Europe/Berlin")


@pytest.fixture
def connected(studio):
    """The studio, with Outlook switched on and Anna and Ben connected."""
    outlook_rows.integration()
    for one in (studio.anna, studio.ben):
        outlook_rows.calendar(one)
    return studio


def waiting() -> list[tuple[str, int, int]]:
    """Whose copies wait, with the revision that is wanted; then nothing waits any more."""
    rows = db.session.execute(
        select(Mirror.subject, Mirror.subject_id, Mirror.employee_id)
        .join(Push, Push.mirror_id == Mirror.id)
        .order_by(Mirror.employee_id)
    ).all()
    db.session.execute(Push.__table__.delete())
    db.session.commit()
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "change",
    [
        lambda one, studio: appointments.move(one.id, local_start=TWO, by=OWNER, now=NOON),
        lambda one, studio: appointments.act(one.id, "cancel", by=OWNER, now=NOON),
        lambda one, studio: appointments.act(one.id, "set_pending", by=OWNER, now=NOON),
        lambda one, studio: appointment_edits.edit(one.id, note="Ring", by=OWNER, now=NOON),
        lambda one, studio: customers.edit(
            studio.lea.id, name="Lea May", email="", phone="", note="", by=OWNER, now=NOON
        ),
    ],
)
def test_a_change_of_an_appointment_waits_for_outlook(connected, change):
    booked = connected.book(TEN)
    copy = [("appointment", booked.id, connected.anna.id)]
    assert waiting() == copy
    change(booked, connected)
    assert waiting() == copy


def test_a_refused_booking_leaves_nothing_waiting(connected):
    with pytest.raises(InTheWay):
        connected.book("2026-11-26T12:30")
    assert waiting() == []


def test_a_colleague_who_takes_it_over_gets_a_copy_and_the_other_loses_theirs(connected):
    booked = connected.book(TEN)
    waiting()
    appointment_edits.reassign(booked.id, employee_id=connected.ben.id, by=OWNER, now=NOON)
    assert waiting() == [
        ("appointment", booked.id, connected.anna.id),
        ("appointment", booked.id, connected.ben.id),
    ]


def test_a_date_waits_for_organizer_and_staff(connected):
    anna, ben = connected.anna.id, connected.ben.id
    plan = events.Details("Workshop", anna, frozenset({ben}))
    event = events.create(plan, [SIX], by=OWNER, now=NOON)
    ((_, date, _), _) = both = waiting()
    assert both == [("occurrence", date, anna), ("occurrence", date, ben)]
    event_dates.move_date(event.id, date, local_start="2026-11-26T19:00", by=OWNER, now=NOON)
    assert waiting() == both
    events.cancel(event.id, by=OWNER, now=NOON)
    assert waiting() == both
