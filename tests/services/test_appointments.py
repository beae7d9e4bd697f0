"""Booking, moving and deciding."""

from datetime import UTC, datetime

import pytest

from panel.domain.errors import AlreadyChanged, InTheWay, NotAllowed, NotThere, RuleBroken
from panel.services import appointments, journal
from tests.services.studio import NOON, OWNER, Studio

TEN = "2026-11-26T10:00"


@pytest.fixture
def studio(house) -> Studio:
    return Studio()


def test_it_books_a_free_time(studio):
    booked = studio.book(TEN)
    assert booked.starts == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert (booked.local_start, booked.zone) == (TEN, "Europe/Berlin")
    assert booked.bookings[0].customer.name == "Lea Roth"


def test_it_writes_into_the_journal_who_booked(studio):
    entry = journal.about("appointment", studio.book(TEN).id)[0]
    assert (entry.kind, entry.who, entry.side) == ("booked", "Ruth Linden", "panel")


def test_it_refuses_a_second_appointment_at_the_same_time(studio):
    studio.book(TEN)
    with pytest.raises(InTheWay, match="Anna Berg is with Lea Roth from 10:00 to 11:00.") as no:
        studio.book("2026-11-26T10:30")
    assert no.value.kind == "appointment"
