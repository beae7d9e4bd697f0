"""A mail leaves as soon as what it tells is committed, without waiting for the clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from panel.jobs.clockwork import Clockwork
from panel.jobs.timetable import see_to, timetable
from panel.services.waking import after_commit
from tests.services.correspondence import written
from tests.services.studio import Studio
from tests.support.mailbox import listening

PATIENCE = 90


@pytest.fixture
def box(house):
    guests = house.extensions["panel"]
    with listening() as box:
        guests.mail = replace(guests.mail, server=box.server())
        yield box


@pytest.fixture
def turning(app):
    """Starts a clockwork with these jobs; it rests in the end."""
    built = []

    def start(*jobs):
        built.append(Clockwork(app, jobs, see_to))
        built[-1].start()
        return built[-1]

    yield start
    for one in built:
        one.stop()


def book(house):
    monday = datetime.now(UTC) + timedelta(days=7 - datetime.now(UTC).weekday() + 7)
    return Studio().book(f"{monday:%Y-%m-%d}T10:00", now=datetime.now(UTC))


def test_a_booking_wakes_the_post(house, box, turning):
    leave = after_commit(turning().wake)
    book(house)
    assert box.came.acquire(timeout=PATIENCE)
    leave()
    assert box.subjects()[0].startswith("Booked: Sports massage")


def test_the_sweep_finds_what_nobody_was_woken_for(house, box, turning):
    book(house)
    turning(*timetable(house))
    assert box.came.acquire(timeout=PATIENCE)


def test_what_was_sent_is_written_down(house, box, turning):
    book(house)
    clockwork = turning(*timetable(house))
    assert box.came.acquire(timeout=PATIENCE)
    clockwork.stop()
    assert written(kind="customer_booked")[0].status == "sent"
