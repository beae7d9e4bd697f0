"""Appointments booked in a sequence."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.db.base import db, fresh
from panel.db.tables import Appointment, Service
from panel.domain.errors import InTheWay, NotAllowed, RuleBroken
from panel.services import appointment_edits, appointment_rows, appointments, journal, series
from panel.services.appointments import Wish
from panel.services.series import Take
from tests.services.studio import NOON, OWNER

THURSDAYS = ["2026-11-26T10:00", "2026-12-03T10:00", "2026-12-10T10:00"]


@pytest.fixture
def wish(studio):
    return Wish(studio.massage.id, studio.anna.id, studio.lea.id, "", form_key="form")


def look(wish, *starts):
    return series.look(wish, starts or THURSDAYS, by=OWNER, now=NOON)


def book(wish, *takes):
    takes = takes or [Take(one) for one in THURSDAYS]
    return series.book(wish, takes, by=OWNER, now=NOON)


def statuses() -> list[str]:
    fresh()
    return list(db.session.scalars(db.select(Appointment.status).order_by(Appointment.starts)))


def test_it_says_what_stands_in_the_way_of_each_date(studio, wish):
    studio.book(THURSDAYS[1], customer_id=studio.ines.id)
    free, taken, _ = look(wish)
    assert (free.in_the_way, free.instead) == ((), None)
    assert taken.in_the_way == ("Anna Berg is with Ines Carvalho from 10:00 to 11:00.",)
    assert taken.instead == datetime(2026, 12, 3, 10, tzinfo=UTC)


def test_if_nothing_is_free_later_it_names_a_time_before(studio, wish):
    (found,) = look(wish, "2026-11-26T16:30")
    assert found.instead == datetime(2026, 11, 26, 15, tzinfo=UTC)


def test_a_day_without_a_free_time_has_none_instead(wish):
    (saturday,) = look(wish, "2026-11-28T10:00")
    assert saturday.in_the_way == ("Anna Berg does not work on Saturday 28 November.",)
    assert saturday.instead is None


def test_a_wall_time_that_the_clocks_skip_is_impossible(wish):
    (found,) = look(wish, "2027-03-28T02:30")
    assert (found.span, "the clocks go forward" in found.impossible) == (None, True)


def test_all_dates_are_booked_as_appointments_of_their_own(wish):
    booked = book(wish)
    assert [one.local_start for one in booked] == THURSDAYS
    assert len({one.series for one in booked}) == 1 and len({one.reference for one in booked}) == 3


def test_one_that_cannot_be_had_keeps_all_from_being_booked(studio, wish):
    studio.book(THURSDAYS[2], customer_id=studio.ines.id)
    with pytest.raises(InTheWay, match="Ines Carvalho"):
        book(wish)
    assert statuses() == ["approved"]


def test_one_may_be_taken_anyway_and_the_journal_says_so(studio, wish):
    studio.book(THURSDAYS[0], customer_id=studio.ines.id)
    first, second = book(wish, Take(THURSDAYS[0], anyway=True), Take(THURSDAYS[1]))
    assert "Ines Carvalho" in journal.about("appointment", first.id)[0].note
    assert journal.about("appointment", second.id)[0].note == ""


def test_a_form_that_is_sent_twice_books_once(wish):
    first = [one.id for one in book(wish)]
    assert [one.id for one in book(wish)] == first
    assert len(statuses()) == 3


@pytest.mark.parametrize("count, said", [(0, "at least one date"), (101, "at most 100 dates")])
def test_it_books_from_one_to_a_hundred(wish, count, said):
    with pytest.raises(RuleBroken, match=said):
        series.book(wish, [Take(THURSDAYS[0])] * count, by=OWNER, now=NOON)


def test_this_and_later_ones_are_cancelled(wish):
    booked = book(wish)
    assert series.cancel_from(booked[1].id, by=OWNER, now=NOON) == 2
    assert statuses() == ["approved", "cancelled", "cancelled"]


def test_one_that_was_moved_away_still_belongs_to_it(wish):
    booked = book(wish)
    appointments.move(booked[2].id, local_start="2026-12-11T14:00", by=OWNER, now=NOON)
    assert series.cancel_from(booked[1].id, by=OWNER, now=NOON) == 2


def test_cancelling_one_leaves_the_others(wish):
    booked = book(wish)
    appointments.act(booked[1].id, "cancel", by=OWNER, now=NOON)
    assert statuses() == ["approved", "cancelled", "approved"]
    assert series.cancel_from(booked[0].id, by=OWNER, now=NOON) == 2


def test_a_colleagues_part_stays_with_the_colleague(studio, wish):
    booked = book(wish)
    appointment_edits.reassign(booked[2].id, employee_id=studio.ben.id, by=OWNER, now=NOON)
    anna = studio.actor(studio.anna)
    assert len(series.members(booked[0].series, by=anna)) == 2
    assert series.cancel_from(booked[0].id, by=anna, now=NOON) == 2
    assert statuses() == ["cancelled", "cancelled", "approved"]


def test_all_who_give_a_part_are_held_at_once(studio, wish, monkeypatch):
    booked = book(wish)
    appointment_edits.reassign(booked[2].id, employee_id=studio.ben.id, by=OWNER, now=NOON)
    held = []
    monkeypatch.setattr(appointment_rows, "hold", lambda _, ids: held.append(set(ids)))
    series.cancel_from(booked[0].id, by=OWNER, now=NOON)
    assert held == [{studio.anna.id, studio.ben.id}]


def test_what_is_no_series_is_not_cancelled_as_one(studio):
    booked = studio.book(THURSDAYS[0])
    with pytest.raises(RuleBroken, match="belongs to no series"):
        series.cancel_from(booked.id, by=OWNER, now=NOON)
    assert series.members(None, by=OWNER) == []


def test_groups_are_joined_and_belong_to_nobodys_series(studio, wish):
    studio.change(db.session.get_one(Service, studio.massage.id), capacity=2)
    studio.book(THURSDAYS[0], customer_id=studio.ines.id)
    assert look(wish)[0].in_the_way == ()
    booked = book(wish)
    assert [(one.persons, one.series) for one in booked] == [(2, None), (1, None), (1, None)]
    (full,) = look(wish, THURSDAYS[0])
    assert full.in_the_way == ("Sports massage at 10:00 is full.",)


def test_only_who_may_book_looks_and_books(studio, wish):
    carla = studio.actor(studio.anna, "events")
    with pytest.raises(NotAllowed):
        series.look(wish, THURSDAYS, by=carla, now=NOON)
    with pytest.raises(NotAllowed):
        series.book(wish, [Take(THURSDAYS[0])], by=carla, now=NOON)


def test_what_has_passed_is_in_the_way(wish):
    (found,) = series.look(wish, THURSDAYS[:1], by=OWNER, now=NOON + timedelta(days=2))
    assert "has passed" in found.in_the_way[-1]
