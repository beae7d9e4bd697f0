"""Everything in a stretch of time, in few queries."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.services import calendar, event_lists, events, overview
from tests.services.studio import NOON, OWNER, Studio

FIRST = datetime(2026, 11, 22, 23, tzinfo=UTC)
END = FIRST + timedelta(days=7)


@pytest.fixture
def studio(house) -> Studio:
    return Studio()


def test_it_shows_the_week_of_everybody(studio):
    studio.book("2026-11-26T10:00")
    studio.book("2026-11-26T10:00", employee_id=studio.ben.id)
    week = calendar.read(OWNER, FIRST, END)
    assert [one.name for one in week.people] == ["Anna Berg", "Ben Ode"]
    assert [one.employee_id for one in week.visits] == [studio.anna.id, studio.ben.id]


def test_it_shows_an_employee_only_their_own(studio):
    studio.book("2026-11-26T10:00", employee_id=studio.ben.id)
    assert calendar.read(studio.actor(studio.anna), FIRST, END).visits == []


def test_it_shows_an_event_to_organizer_and_staff(studio):
    plan = events.Details("Workshop", studio.anna.id, frozenset({studio.ben.id}))
    made = events.create(
        plan, [events.Date("2026-11-26T18:00", 90, "Europe/Berlin")], by=OWNER, now=NOON
    )
    shown = calendar.read(OWNER, FIRST, END).happenings
    assert [(one.employee_id, one.organizes) for one in shown] == [
        (studio.anna.id, True),
        (studio.ben.id, False),
    ]
    assert event_lists.opened(made.id, by=OWNER).event.occurrences[0].id == shown[0].id
    assert event_lists.listed(OWNER, now=NOON).total == 1


def test_it_says_what_today_brings(studio):
    studio.book("2026-11-25T15:00", status="pending")
    day = overview.today(OWNER, zone="Europe/Berlin", now=NOON)
    assert (len(day.window.visits), day.waiting, len(day.coming)) == (1, 1, 1)
