"""A link in a mail opens one booking, for nobody who made it up, and not for ever."""

from datetime import timedelta

import pytest

from panel.db.tables import Attendance, Event, Occurrence
from panel.domain.errors import NotThere
from panel.services import manage_links
from panel.services.manage_links import Managed
from tests import make
from tests.services.correspondence import SECRET, written
from tests.services.studio import NOON

FRIDAY = "2026-11-27T10:00"


def read(token, *, now=NOON, secret=SECRET):
    return manage_links.read(token, secret=secret, now=now)


@pytest.fixture
def token(studio):
    studio.book(FRIDAY)
    booking = written(kind="customer_booked")[0].booking_id
    return manage_links.sign("booking", booking, secret=SECRET)


def test_it_opens_the_booking_that_it_was_made_for(token):
    assert read(token) == Managed("booking", written()[0].booking_id)


def test_it_works_until_thirty_days_after_the_end(token):
    end = NOON + timedelta(days=1, hours=22)
    assert read(token, now=end + timedelta(days=30))
    with pytest.raises(NotThere, match="not valid any more"):
        read(token, now=end + timedelta(days=30, seconds=1))


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "é"]
)
def test_a_made_up_one_opens_nothing(token, spoil):
    with pytest.raises(NotThere):
        read(spoil(token))


def test_another_secret_opens_nothing(token):
    with pytest.raises(NotThere):
        read(token, secret="another secret altogether")


def test_a_booking_that_is_gone_is_not_there(house):
    with pytest.raises(NotThere):
        read(manage_links.sign("booking", 77, secret=SECRET))


def places_at_a_course(studio):
    """Places at an event of two dates, a week apart, booked as a whole."""
    event = make.save(Event(name="Knee school", organizer_id=studio.anna.id, created_at=NOON))
    for days in (1, 8):
        starts = NOON + timedelta(days=days)
        times = {"starts": starts, "ends": starts + timedelta(hours=1)}
        promised = {"local_start": f"{starts:%Y-%m-%dT%H:%M}", "zone": "UTC", "tzdata": "2026.6"}
        make.save(Occurrence(event_id=event.id, **times, **promised))
    who = {"event_id": event.id, "customer_id": studio.lea.id, "status": "booked"}
    return make.save(Attendance(reference="E1", created_at=NOON, **who))


def test_it_opens_places_at_an_event_until_its_last_date(studio):
    places = places_at_a_course(studio)
    token = manage_links.sign("attendance", places.id, secret=SECRET)
    assert read(token, now=NOON + timedelta(days=38)) == Managed("attendance", places.id)
    with pytest.raises(NotThere):
        read(token, now=NOON + timedelta(days=39))


def test_a_booking_and_places_of_one_number_are_not_mixed_up(token):
    with pytest.raises(NotThere):
        read(manage_links.sign("attendance", written()[0].booking_id, secret=SECRET))
