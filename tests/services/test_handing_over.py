"""What becomes of upcoming appointments when somebody stops taking bookings."""

from datetime import timedelta

import pytest

from panel.db.base import db, fresh, writing
from panel.db.tables import Appointment, JournalEntry, User, WorkPeriod, employee_services
from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.people import Actor
from panel.services import employees, handing_over, offers
from panel.services.handing_over import Outcome
from tests import make
from tests.services.studio import NOON, OWNER, plain, week

MANAGER = Actor(None, "Mia Holt", "manager")


@pytest.fixture
def two(studio):
    """Two appointments of Anna's; Ben is free for the first and not for the second."""
    studio.book("2026-11-26T10:00", employee_id=studio.ben.id, customer_id=studio.ines.id)
    busy = studio.book("2026-11-26T09:30", anyway=True)
    free = studio.book("2026-11-27T14:00")
    return free, busy


def colleague(studio, name, *services):
    """Somebody who works as the others do, and offers these services."""
    row = plain(make.employee(name=name))
    with writing() as session:
        session.add_all(WorkPeriod(employee_id=row.id, **period) for period in week())
        for one in services:
            offer = {"employee_id": row.id, "service_id": one.id}
            session.execute(employee_services.insert(), offer)
    return row


def stop(studio, upcoming="give", **more):
    return handing_over.stop(
        studio.anna.id, **{"upcoming": upcoming, "by": MANAGER, "now": NOON, **more}
    )


def seen(*rows):
    """Who has each appointment now, and how it stands."""
    fresh()
    found = [db.session.get_one(Appointment, one.id) for one in rows]
    return [(one.employee_id, one.status) for one in found]


def test_it_says_before_who_would_take_what_and_why_not(studio, two):
    later, sooner = handing_over.preview(studio.anna.id, by=MANAGER, now=NOON)[::-1]
    assert (later.colleague.name, later.why) == ("Ben Ode", "")
    assert sooner.colleague is None
    assert "Ben Ode is with Ines Carvalho from 10:00 to 11:00." in sooner.why


def test_it_gives_what_a_colleague_can_take_and_keeps_the_rest(studio, two):
    assert stop(studio) == Outcome(given=1, kept=1)
    assert seen(*two) == [(studio.ben.id, "approved"), (studio.anna.id, "approved")]
    assert not employees.one(studio.anna.id, by=OWNER).active


def test_what_nobody_can_take_is_cancelled_where_that_was_chosen(studio, two):
    assert stop(studio, rest="cancel") == Outcome(given=1, cancelled=1)
    assert seen(*two) == [(studio.ben.id, "approved"), (studio.anna.id, "cancelled")]


def test_it_cancels_all(studio, two):
    assert stop(studio, "cancel") == Outcome(cancelled=2)
    assert {status for _, status in seen(*two)} == {"cancelled"}


def test_it_keeps_all(studio, two):
    assert stop(studio, "keep") == Outcome(kept=2)
    assert seen(*two) == [(studio.anna.id, "approved")] * 2


def test_what_was_stays_as_it_was(studio):
    past, later = studio.book("2026-11-26T10:00"), NOON + timedelta(days=3)
    assert stop(studio, "cancel", now=later) == Outcome()
    assert seen(past) == [(studio.anna.id, "approved")]


def test_the_journal_tells_of_each(studio, two):
    stop(studio, rest="cancel")
    lines = db.session.execute(db.select(JournalEntry.kind, JournalEntry.who)).all()
    assert {("reassigned", "Mia Holt"), ("cancelled", "Mia Holt")} <= {tuple(one) for one in lines}


def test_it_names_what_nobody_else_offers(studio):
    facial = plain(make.service(name="Facial"))
    employees.set_services(studio.anna.id, [facial.id], by=OWNER)
    studio.book("2026-11-26T10:00", service_id=facial.id)
    (only,) = handing_over.preview(studio.anna.id, by=OWNER, now=NOON)
    assert only.why == "Nobody else offers Facial."


def test_it_gives_one_colleague_no_two_at_the_same_time(studio):
    rows = [studio.book("2026-11-27T14:00", anyway=bool(n)) for n in range(2)]
    assert stop(studio) == Outcome(given=1, kept=1)
    assert seen(*rows) == [(studio.ben.id, "approved"), (studio.anna.id, "approved")]


def test_it_spreads_them_among_colleagues(studio):
    carla = colleague(studio, "Carla Ruiz", studio.massage)
    for hour in (9, 10, 14, 15):
        studio.book(f"2026-11-27T{hour:02}:00")
    found = handing_over.preview(studio.anna.id, by=OWNER, now=NOON)
    assert [one.colleague.id for one in found] == [studio.ben.id, carla.id] * 2


def test_who_takes_no_bookings_takes_over_nothing(studio, two):
    employees.set_active(studio.ben.id, False, by=OWNER)
    found = handing_over.preview(studio.anna.id, by=OWNER, now=NOON)
    assert {one.why for one in found} == {"Nobody else offers Sports massage."}


def test_the_login_is_ended_by_choice(studio):
    user = make.user(role="employee")
    employees.link_login(studio.anna.id, user.id, by=OWNER)
    stop(studio, "keep")
    assert db.session.get_one(User, user.id).active
    stop(studio, "keep", login_off=True)
    fresh()
    assert not db.session.get_one(User, user.id).active


def test_it_is_all_or_nothing(studio, two):
    """A manager may not end an owner's login, so nothing else has happened either."""
    boss = make.user(role="owner")
    employees.link_login(studio.anna.id, boss.id, by=OWNER)
    with pytest.raises(NotAllowed):
        stop(studio, login_off=True)
    assert seen(*two) == [(studio.anna.id, "approved")] * 2
    assert employees.one(studio.anna.id, by=OWNER).active


def test_it_is_refused_in_words(studio):
    with pytest.raises(RuleBroken) as refused:
        stop(studio, "burn")
    assert refused.value.field == "upcoming"
    with pytest.raises(NotAllowed):
        stop(studio, by=studio.actor(studio.anna))
    with pytest.raises(NotThere):
        handing_over.stop(99, upcoming="keep", by=OWNER, now=NOON)


def test_whoever_comes_back_takes_bookings_again(studio):
    stop(studio, "keep")
    employees.set_active(studio.anna.id, True, by=MANAGER)
    assert studio.book("2026-11-27T14:00").status == "approved"


def test_a_colleague_is_given_no_more_than_they_take_a_day(studio):
    studio.change(studio.ben, most_a_day=1)
    rows = [studio.book(f"2026-11-27T{hour}:00") for hour in (10, 14)]
    last = handing_over.preview(studio.anna.id, by=OWNER, now=NOON)[1]
    assert "at most 1 appointment a day" in last.why
    assert stop(studio) == Outcome(given=1, kept=1)
    assert seen(*rows) == [(studio.ben.id, "approved"), (studio.anna.id, "approved")]


def test_what_is_not_offered_any_more_stays_where_it_is(studio):
    row = studio.book("2026-11-27T10:00")
    offers.set_active(studio.massage.id, False, by=OWNER)
    assert stop(studio) == Outcome(kept=1)
    assert seen(row) == [(studio.anna.id, "approved")]
