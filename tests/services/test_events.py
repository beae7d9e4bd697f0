"""Events with their dates, organizer and staff."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import db, writing
from panel.db.tables import Occurrence
from panel.domain.errors import AlreadyChanged, InTheWay, NotAllowed, NotThere, RuleBroken
from panel.services import event_dates, event_lists, events, journal
from tests.services.studio import NOON, OWNER

SIX = events.Date("2026-11-26T18:00", 90, "Europe/Berlin")
WEEK_LATER = events.Date("2026-12-03T18:00", 90, "Europe/Berlin")
FIVE_UTC = datetime(2026, 11, 26, 17, tzinfo=UTC)


@pytest.fixture
def workshop(studio):
    """Make Anna's workshop, with what a test gives; return it as its page shows it."""

    def make(*dates, **given):
        usual = {"name": "Back care workshop", "organizer_id": studio.anna.id, "capacity": 12}
        plan = events.Details(**usual | given)
        made = events.create(plan, dates or [SIX], by=OWNER, now=NOON)
        return event_lists.one(made.id, by=OWNER)

    return make


def dates(event) -> list[tuple[str, str]]:
    db.session.expire_all()
    shown = event_lists.one(event.id, by=OWNER)
    return [(one.local_start, one.status) for one in shown.occurrences]


def kinds(event) -> list[str]:
    return [one.kind for one in event_lists.opened(event.id, by=OWNER).journal]


def test_it_has_one_or_many_dates(workshop):
    event = workshop(SIX, WEEK_LATER)
    assert [one.starts for one in event.occurrences] == [FIVE_UTC, FIVE_UTC + timedelta(days=7)]
    assert event.occurrences[0].ends - FIVE_UTC == timedelta(minutes=90)


def test_it_may_lie_in_the_evening_but_not_on_somebodys_time(workshop, studio):
    studio.book("2026-11-26T18:30", anyway=True)
    with pytest.raises(InTheWay, match="Anna Berg is with Lea Roth"):
        workshop()


def test_its_staff_must_be_free_too(workshop, studio):
    studio.book("2026-11-26T18:30", employee_id=studio.ben.id, anyway=True)
    with pytest.raises(InTheWay, match="Ben Ode is with Lea Roth"):
        workshop(staff=frozenset({studio.ben.id}))
    workshop()


def test_a_refused_event_leaves_nothing_behind(workshop, studio):
    studio.book("2026-11-26T18:30", anyway=True)
    with pytest.raises(InTheWay):
        workshop(WEEK_LATER, SIX)
    assert event_lists.listed(OWNER, now=NOON, when="").total == 0


def test_it_needs_a_date_a_name_and_an_organizer(workshop, studio):
    with pytest.raises(RuleBroken, match="at least one date"):
        events.create(events.Details("A", studio.anna.id), [], by=OWNER, now=NOON)
    with pytest.raises(RuleBroken, match="Give the event a name"):
        workshop(name=" ")
    with pytest.raises(RuleBroken, match="Choose an organizer"):
        workshop(organizer_id=99)


def test_the_organizer_is_not_their_own_staff(workshop, studio):
    both = frozenset({studio.anna.id, studio.ben.id})
    assert [one.name for one in workshop(staff=both).staff] == ["Ben Ode"]


def test_new_people_must_be_free_at_its_coming_dates(workshop, studio):
    event = workshop()
    studio.book("2026-11-26T18:30", employee_id=studio.ben.id, anyway=True)
    plan = events.Details("Renamed", studio.anna.id, frozenset({studio.ben.id}))
    with pytest.raises(InTheWay, match="Ben Ode is with"):
        events.edit(event.id, plan, by=OWNER, now=NOON)
    edited = events.edit(event.id, plan, by=OWNER, now=NOON, anyway=True)
    assert (edited.name, edited.revision, kinds(event)[0]) == ("Renamed", 2, "edited")


def test_an_older_form_does_not_overwrite(workshop, studio):
    event = workshop()
    plan = events.Details("Renamed", studio.anna.id)
    events.edit(event.id, plan, by=OWNER, now=NOON, revision=1)
    with pytest.raises(AlreadyChanged):
        events.edit(event.id, plan, by=OWNER, now=NOON, revision=1)


def test_a_date_is_added_moved_and_cancelled(workshop):
    event = workshop()
    event_dates.add_date(event.id, WEEK_LATER, by=OWNER, now=NOON)
    first, second = event_lists.one(event.id, by=OWNER).occurrences
    event_dates.move_date(event.id, first.id, local_start="2026-11-27T19:00", by=OWNER, now=NOON)
    event_dates.cancel_date(event.id, second.id, by=OWNER, now=NOON)
    assert dates(event) == [("2026-11-27T19:00", "open"), ("2026-12-03T18:00", "cancelled")]
    assert kinds(event) == ["cancelled", "moved", "booked", "booked"]
    assert db.session.get(Occurrence, second.id).unwanted_at == NOON


def test_a_moved_date_may_last_longer(workshop):
    event = workshop()
    one = event.occurrences[0]
    event_dates.move_date(
        event.id, one.id, local_start=SIX.local_start, minutes=120, by=OWNER, now=NOON
    )
    db.session.expire_all()
    assert one.ends - one.starts == timedelta(minutes=120)


def test_a_date_of_another_event_is_not_there(workshop):
    event, other = workshop(), workshop(WEEK_LATER)
    with pytest.raises(NotThere, match="no such date"):
        event_dates.cancel_date(event.id, other.occurrences[0].id, by=OWNER, now=NOON)


def test_cancelling_it_cancels_what_is_to_come_only(workshop):
    event = workshop(SIX, WEEK_LATER)
    events.cancel(event.id, by=OWNER, now=FIVE_UTC + timedelta(hours=2))
    assert [status for _, status in dates(event)] == ["open", "cancelled"]
    with pytest.raises(RuleBroken, match="is cancelled"):
        event_dates.add_date(event.id, SIX, by=OWNER, now=NOON)


def test_what_outlook_moved_is_written_as_such(workshop):
    event = workshop()
    one = event.occurrences[0]
    with writing() as session:
        row = session.get_one(Occurrence, one.id)
        events.set_occurrence_time(
            session, row, FIVE_UTC + timedelta(hours=1), side="outlook", who="Anna Berg", now=NOON
        )
    entry = journal.about("occurrence", one.id)[0]
    assert (entry.side, entry.kind, row.local_start) == ("outlook", "moved", "2026-11-26T19:00")


def test_staff_see_it_and_only_the_organizer_changes_it(workshop, studio):
    event = workshop(staff=frozenset({studio.ben.id}))
    ben = studio.actor(studio.ben)
    assert event_lists.opened(event.id, by=ben).may_change is False
    with pytest.raises(NotAllowed):
        events.cancel(event.id, by=ben, now=NOON)
    assert event_lists.opened(event.id, by=studio.actor(studio.anna)).may_change


def test_to_others_it_is_not_there(workshop, studio):
    with pytest.raises(NotThere, match="no such event"):
        event_lists.one(workshop().id, by=studio.actor(studio.ben))


def test_an_employee_does_not_make_a_colleague_the_organizer(studio):
    with pytest.raises(NotAllowed, match="your own"):
        events.create(
            events.Details("A", studio.ben.id), [SIX], by=studio.actor(studio.anna), now=NOON
        )


def test_lists_tell_upcoming_past_and_cancelled_apart(workshop):
    first, second = workshop(name="One"), workshop(WEEK_LATER, name="Two")
    events.cancel(second.id, by=OWNER, now=NOON)
    later = FIVE_UTC + timedelta(days=1)
    for when, now, name in [("upcoming", NOON, "One"), ("past", later, "One"),
                            ("cancelled", NOON, "Two")]:  # fmt: skip
        assert [one.name for one in event_lists.listed(OWNER, now=now, when=when).rows] == [name]
    assert event_lists.listed(OWNER, now=NOON, search="one").rows[0].id == first.id
