"""The search for free times, read from the tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from panel.db.base import db, writing
from panel.db.tables import Appointment, Company, Connection, Mailbox, Service
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.open_hours import local_iso
from panel.domain.schedule import Off
from panel.services import events, free_times, schedules
from panel.services.free_times import Search
from tests import make
from tests.services import outlook_rows
from tests.services.studio import NOON, OWNER

THURSDAY = date(2026, 11, 26)
MORNING = ["09:00", "09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45", "11:00"]


@pytest.fixture
def free(studio):
    """The free starts of Anna on Thursday, as wall times in Berlin, before noon or all."""

    def search(*, until="12:00", now=NOON, **given):
        usual = {"service_id": studio.massage.id, "first": THURSDAY, "employee_id": studio.anna.id}
        found = free_times.search(Search(**usual | given), now=now)
        times = [local_iso(one, "Europe/Berlin")[11:16] for one in found.employees[0].minutes]
        return [one for one in times if one < until]

    return search


@pytest.fixture
def outlook(studio):
    """Anna's Outlook, with what blocks in it and how it answers."""

    def link(mailbox=None, connection=None, **settings):
        outlook_rows.integration(client_id="c", tenant="common", **settings)
        calendar = outlook_rows.calendar(studio.anna)
        with writing() as session:
            row = session.query(Connection).one()
            for name, value in {"importing": False, **(connection or {})}.items():
                setattr(row, name, value)
            kept = session.get(Mailbox, row.mailbox_id)
            for name, value in (mailbox or {}).items():
                setattr(kept, name, value)
        return calendar

    return link


def at(clock: str, day: int = 26) -> datetime:
    """A wall time in Berlin in that November."""
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}:00+01:00").astimezone(UTC)


def test_an_empty_day_is_free_on_the_grid(free):
    assert free() == MORNING


def test_an_appointment_takes_its_time(free, studio):
    studio.book("2026-11-26T10:00")
    assert free() == ["09:00", "11:00"]


def test_its_buffers_keep_apart(free, studio):
    one = studio.book("2026-11-26T09:00")
    studio.change(one, buffer_after=30)
    assert free() == ["10:30", "10:45", "11:00"]


def test_what_is_cancelled_is_free(free, studio):
    one = studio.book("2026-11-26T10:00")
    studio.change(one, status="cancelled")
    assert free() == MORNING


def test_an_event_takes_the_time_of_organizer_and_staff(free, studio):
    plan = events.Details("Open day", studio.ben.id, frozenset([studio.anna.id]))
    when = events.Date("2026-11-26T10:00", 60, "Europe/Berlin")
    events.create(plan, [when], by=OWNER, now=NOON)
    assert free() == ["09:00", "11:00"] == free(employee_id=studio.ben.id)


def test_both_times_of_an_open_question_are_taken(free, studio):
    one = studio.book("2026-11-26T15:00")
    mirror = outlook_rows.mirror(one)
    outlook_rows.question(mirror, holds_from=at("10:00"), holds_to=at("11:00"))
    assert free(until="18:00") == ["09:00", "11:00", "13:00", "13:15", "13:30", "13:45", "14:00",
                                   "16:00"]  # fmt: skip


def test_busy_time_in_outlook_is_taken(free, studio, outlook):
    outlook_rows.block(outlook(), studio.anna, starts=at("10:00"), ends=at("11:00"))
    assert free() == ["09:00", "11:00"]


def test_what_reaches_into_a_minute_takes_all_of_it(free, studio, outlook):
    second = timedelta(seconds=1)
    outlook_rows.block(
        outlook(), studio.anna, starts=at("10:00") - second, ends=at("10:15") + second
    )
    assert free() == ["10:30", "10:45", "11:00"]


def test_a_stay_of_weeks_in_outlook_is_taken(free, studio, outlook):
    outlook_rows.block(outlook(), studio.anna, starts=at("08:00", 2), ends=at("10:00"))
    assert free() == ["10:00", "10:15", "10:30", "10:45", "11:00"]


@pytest.mark.parametrize("block", [{"show_as": "free"}, {"counts": False}])
def test_a_stay_of_weeks_that_does_not_block_takes_nothing(free, studio, outlook, block):
    when = {"starts": at("08:00", 2), "ends": at("10:00")}
    outlook_rows.block(outlook(), studio.anna, **when | block)
    assert free() == MORNING


def test_weeks_in_a_calendar_that_does_not_block_take_nothing(free, studio, outlook):
    calendar = outlook()
    studio.change(calendar, is_blocking=False)
    outlook_rows.block(calendar, studio.anna, starts=at("08:00", 2), ends=at("10:00"))
    assert free() == MORNING


def test_the_holiday_of_somebody_else_takes_nothing(free, studio, outlook):
    outlook()
    theirs = outlook_rows.calendar(studio.ben)
    when = {"starts": at("00:00", 20), "ends": at("00:00", 29)}
    dates = {"first_date": "2026-11-21", "end_date": "2026-11-28"}
    outlook_rows.block(theirs, studio.ben, **when, **dates)
    assert free() == MORNING


@pytest.mark.parametrize("all_day, kept", [(True, []), (False, MORNING)])
def test_all_day_is_a_day_of_the_employees_zone(free, studio, outlook, all_day, kept):
    calendar = outlook(block_all_day=all_day)
    wide = {"starts": at("00:00", 25), "ends": at("00:00", 28)}
    dates = {"first_date": "2026-11-26", "end_date": "2026-11-27"}
    outlook_rows.block(calendar, studio.anna, **wide, **dates)
    assert free() == kept


@pytest.mark.parametrize(
    "block, settings",
    [
        ({"show_as": "tentative"}, {}),
        ({"counts": False}, {}),
        ({}, {"enabled": False}),
        ({}, {"block_busy": False}),
    ],
)
def test_the_settings_say_what_blocks(free, studio, outlook, block, settings):
    when = {"starts": at("10:00"), "ends": at("11:00")}
    outlook_rows.block(outlook(**settings), studio.anna, **when | block)
    assert free() == MORNING


def test_a_day_off_has_no_times(free, studio):
    schedules.add_day_off(studio.anna.id, Off(THURSDAY, THURSDAY), by=OWNER)
    assert free() == []


def test_the_notice_is_kept_by_customers_and_not_by_staff(free):
    now = at("08:30")
    assert free(now=now)[0] == "10:30"
    assert free(now=now, staff=True)[0] == "09:00"


def test_the_services_own_notice_comes_first(free, studio):
    studio.change(make_service(studio), notice_minutes=30)
    assert free(now=at("08:30"))[0] == "09:00"


def make_service(studio) -> Service:
    return db.session.get_one(Service, studio.massage.id)


def test_the_horizon_ends_what_customers_can_book(free, studio):
    studio.change(db.session.get_one(Company, 1), horizon_days=0)
    assert free() == []
    assert free(staff=True) == MORNING


def test_so_many_appointments_on_a_day_are_enough(free, studio):
    studio.change(studio.anna, most_a_day=1)
    assert free() == MORNING
    studio.book("2026-11-26T16:00")
    assert free() == []


def test_a_group_is_offered_while_places_are_left(free, studio):
    studio.change(make_service(studio), capacity=3)
    one = studio.book("2026-11-26T10:00")
    studio.change(one, places=3, persons=2)
    assert free() == ["09:00", "10:00", "11:00"]
    assert free(persons=2) == ["09:00", "11:00"]


@pytest.mark.parametrize(
    "mailbox, connection, rule, offered",
    [
        ({}, {}, "refuse", True),
        ({"silent_since": NOON - timedelta(minutes=29)}, {}, "wait", True),
        ({"silent_since": NOON - timedelta(minutes=31)}, {}, "wait", False),
        ({"silent_since": NOON - timedelta(minutes=31)}, {}, "accept", True),
        ({"silent_since": NOON}, {}, "refuse", False),
        ({}, {"importing": True, "since": NOON}, "wait", True),
        ({}, {"refused_at": NOON - timedelta(hours=1)}, "wait", False),
        ({}, {"client_id": "another"}, "refuse", False),
    ],
)
def test_silence_of_outlook_is_dealt_with_as_set(
    free, studio, outlook, mailbox, connection, rule, offered
):
    outlook(mailbox, connection, when_unknown=rule)
    everybody = {one.name for one in all_of(studio).employees}
    assert everybody == ({"Anna Berg", "Ben Ode"} if offered else {"Ben Ode"})


def all_of(studio, **given):
    return free_times.search(Search(studio.massage.id, THURSDAY, **given), now=NOON)


def test_who_is_hidden_is_not_offered_to_customers(studio):
    studio.change(studio.anna, shown=False)
    assert [one.name for one in all_of(studio).employees] == ["Ben Ode"]
    assert [one.name for one in all_of(studio, staff=True).employees] == ["Anna Berg", "Ben Ode"]


@pytest.mark.parametrize("given", [{"shown": False}, {"active": False}])
def test_what_is_not_offered_does_not_exist(studio, given):
    studio.change(make_service(studio), **given)
    with pytest.raises(NotThere):
        all_of(studio)


@pytest.mark.parametrize("days", [0, 63])
def test_it_searches_two_months_at_most(studio, days):
    with pytest.raises(RuleBroken, match="1 to 62 days"):
        all_of(studio, days=days)


def test_the_days_are_those_of_the_zone_that_is_named(studio):
    found = all_of(studio, zone="Pacific/Auckland", employee_id=studio.anna.id)
    times = [local_iso(one, "Pacific/Auckland") for one in found.employees[0].minutes]
    # Wednesday from 14:00 on in Berlin, and Thursday until noon there: midnight in Auckland.
    assert (times[0][:16], times[-1][:16]) == ("2026-11-26T03:00", "2026-11-26T23:00")
    assert found.zone == "Pacific/Auckland"


def test_years_of_history_change_nothing(free, studio):
    for year in (2024, 2025):
        make.appointment(of=studio.anna, starts=datetime(year, 11, 26, 9, tzinfo=UTC))
    assert free() == MORNING
    assert db.session.query(Appointment).count() == 2
