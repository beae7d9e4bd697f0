"""The calendar: day, week and month of one's own time."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import writing
from panel.db.tables import (
    BusyBlock,
    DayOff,
    Mailbox,
    OutlookSettings,
    RemoteCalendarRow,
)
from tests import make
from tests.web.studio import Studio


@pytest.fixture
def anna(clock, house, visitor):
    studio = Studio()
    studio.booked(studio.anna, "Ines Carvalho", days=1, hour=9)
    studio.booked(studio.ben, "Oliver Penn", days=1, hour=9)
    visitor.enter("anna@panel.test")
    visitor.studio = studio
    return visitor


def test_it_shows_the_week_of_today(anna):
    page = anna.get("/panel/calendar")
    assert page.heading == "23 to 29 November"
    assert "Ines Carvalho" in page.text and "Oliver Penn" not in page.text


@pytest.mark.parametrize(
    "view, heading",
    [("day", "Wednesday 25 November"), ("week", "23 to 29 November"), ("month", "November 2026")],
)
def test_it_has_three_views(anna, view, heading):
    assert anna.get("/panel/calendar", view=view, on="2026-11-25").heading == heading


@pytest.mark.parametrize("wrong", [{"view": "year"}, {"on": "yesterday"}, {"on": "9999-01-01"}])
def test_it_shows_this_week_where_the_address_means_nothing(anna, wrong):
    assert anna.get("/panel/calendar", **wrong).heading == "23 to 29 November"


def test_it_says_where_a_week_reaches_into_another_month(anna):
    page = anna.get("/panel/calendar", on="2026-12-01")
    assert page.heading == "30 November to 6 December"


def test_it_shows_a_day_off(anna):
    first = datetime(2026, 11, 27, tzinfo=UTC).date()
    row = DayOff(employee_id=anna.studio.anna.id, first=first, last=first, note="Course in Bath")
    make.save(row)
    assert "Course in Bath" in anna.get("/panel/calendar").text


def test_it_shows_when_one_is_busy_in_outlook(anna):
    busy(anna.studio.anna)
    page = anna.get("/panel/calendar")
    assert "Busy in Outlook 14:00–15:00" in page.text
    assert "Dentist" not in page.html


def test_the_same_stands_in_a_table(anna):
    rows = [row.text for row in anna.get("/panel/calendar").all("tr")]
    assert any("Thursday 26 November" in row and "Ines Carvalho" in row for row in rows)


def movable(page) -> list[str]:
    return [one.attrs["data-move"] for one in page.all("a") if "data-move" in one.attrs]


def test_what_is_to_come_can_be_dragged_by_whoever_may_move_it(anna):
    one = anna.studio.booked(anna.studio.anna, "Lea Roth", days=2)
    anna.studio.booked(anna.studio.anna, "Rosa Pike", days=-1, status="completed")
    found = movable(anna.get("/panel/calendar"))
    assert len(found) == 2 and f"/panel/appointments/{one.id}/move" in found
    anna.studio.booked(anna.studio.carla, "Tom Hale", days=1)
    anna.forget("panel_session")
    anna.enter("carla@panel.test")
    page = anna.get("/panel/calendar")
    assert "Tom Hale" in page.text and movable(page) == []


def test_over_midnight_it_can_be_dragged_by_its_beginning_only(anna):
    row = anna.studio.booked(anna.studio.anna, "Lea Roth", days=2, hour=22)
    with writing() as session:
        session.merge(row).ends = row.ends + timedelta(hours=1)
    page = anna.get("/panel/calendar")
    hers = [one for one in page.all("a") if one.attrs.get("href", "").endswith(f"/{row.id}")]
    assert len([one for one in hers if "entry" in one.attrs["class"]]) == 2
    assert movable(page).count(f"/panel/appointments/{row.id}/move") == 1


def busy(employee):
    """Let the employee be busy in Outlook from 13:00 to 14:00 UTC."""
    make.save(OutlookSettings(id=1, enabled=True))
    mailbox = make.save(Mailbox(tenant_id="t", object_id="o"))
    calendar = make.save(
        RemoteCalendarRow(
            mailbox_id=mailbox.id, remote_id="c", name="Calendar", can_edit=True,
            is_default=True, is_blocking=True,
        )
    )  # fmt: skip
    starts = datetime(2026, 11, 25, 13, tzinfo=UTC)
    make.save(
        BusyBlock(
            employee_id=employee.id, calendar_id=calendar.id, remote_id="b", starts=starts,
            ends=starts.replace(hour=14), show_as="busy", title="Dentist",
        )
    )  # fmt: skip
