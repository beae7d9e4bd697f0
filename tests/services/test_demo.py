"""Linden Studio."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from panel import create_app
from panel.db.base import db
from panel.db.tables import Appointment, Employee, JournalEntry, Occurrence, OutlookSettings, User
from panel.domain.errors import RuleBroken
from panel.domain.moments import local
from panel.domain.people import PERMISSIONS
from panel.services import integration
from panel.services.appointment_rows import WHOLE
from panel.services.demo import dates, studio
from panel.services.sealing import unseal
from tests import make
from tests.support import databases
from tests.support.settings import KEY, settings

# A Monday, a Friday night, a day before the holiday, and one before summer time.
DAYS = [
    datetime(2026, 11, 23, 9, tzinfo=UTC),
    datetime(2026, 11, 27, 23, 30, tzinfo=UTC),
    datetime(2026, 12, 22, 9, tzinfo=UTC),
    datetime(2027, 3, 27, 9, tzinfo=UTC),
]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request, tmp_path_factory, sqlite_template) -> Iterator[datetime]:
    """The day on which the studio was made; only to be looked at."""
    folder = tmp_path_factory.mktemp("demo")
    sqlite_template.lay(folder)
    app = create_app(settings(folder))
    with app.app_context():
        studio.make(keys=[KEY], now=request.param)
        yield request.param
    databases.release(app)


def booked() -> list[Appointment]:
    rows = db.session.scalars(select(Appointment).options(*WHOLE).order_by(Appointment.starts))
    return list(rows.unique())


def test_it_has_two_weeks_of_work_from_tomorrow_on(today):
    tomorrow = local(today, "Europe/London").date() + timedelta(days=1)
    starts = [local(one.starts, "Europe/London").date() for one in booked()]
    assert tomorrow <= min(starts) <= tomorrow + timedelta(days=2)
    assert timedelta(days=9) < max(starts) - tomorrow < timedelta(days=16)


def test_everybody_has_enough_to_do_and_some_of_it_is_pending(today):
    of = Counter(one.employee.name for one in booked())
    waiting = {one.employee.name for one in booked() if one.status == "pending"}
    assert of.keys() == waiting == {"Anna Berg", "Ben Ode", "Carla Ruiz"}
    assert min(of.values()) >= 18


def test_everybody_leads_two_events(today):
    events = db.session.execute(select(Occurrence.event_id, Occurrence.starts)).all()
    assert len({id for id, _ in events}) == 6
    assert all(starts > today for _, starts in events)


def test_all_of_it_keeps_the_rules(today):
    """Nothing was booked over anything: the journal would say so."""
    notes = db.session.scalars(select(JournalEntry.note).where(JournalEntry.note != "")).all()
    assert notes == []


def test_nobody_comes_twice_a_day(today):
    visits = Counter((one.bookings[0].customer.name, one.starts.date()) for one in booked())
    assert set(visits.values()) == {1}


def test_everybody_can_sign_in_and_holds_what_they_should(today):
    roles = {user.email: user.role for user in db.session.scalars(select(User))}
    assert roles == {
        "owner@panel.test": "owner", "mia@panel.test": "manager", "anna@panel.test": "employee",
        "ben@panel.test": "employee", "carla@panel.test": "employee",
    }  # fmt: skip
    held = {one.name: one.permissions for one in db.session.scalars(select(Employee))}
    assert held == {
        "Anna Berg": list(PERMISSIONS), "Ben Ode": list(PERMISSIONS), "Carla Ruiz": [],
    }  # fmt: skip


def test_outlook_is_set_up_for_the_sandbox(today):
    kept = db.session.get(OutlookSettings, 1)
    assert (kept.enabled, kept.tenant, kept.client_id[:8]) == (True, "common", "00001111")
    assert integration.ready(kept)
    assert unseal([KEY], integration.SECRET, kept.client_secret)["secret"] == "s3cret~value+/=&"


def test_it_touches_nothing_that_is_there(house):
    make.customer()
    with pytest.raises(RuleBroken, match="something in this database already"):
        studio.make(keys=[KEY], now=DAYS[0])
    assert booked() == []


@given(st.dates())
def test_the_holiday_leaves_the_coming_weeks_alone(day):
    if day.year < 9990:
        first, last = dates.winter_holiday(day)
        assert timedelta(days=21) < first - day < timedelta(days=390)
        assert last < dates.course(day)
        assert dates.course(day).weekday() == 4
