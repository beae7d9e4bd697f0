"""Who may set work hours, and what makes sense."""

from datetime import date

import pytest

from panel.domain.errors import NotAllowed, NotThere, RuleBroken
from panel.domain.schedule import Off, Special, Weekly
from panel.services import schedules
from tests.services.studio import OWNER

DAY, NEXT = date(2026, 12, 23), date(2026, 12, 24)


def test_a_week_is_replaced_as_a_whole(studio):
    schedules.set_week(studio.anna.id, [Weekly(5, "work", 570, 750)], by=OWNER)
    week = schedules.week(studio.anna.id, by=OWNER)
    assert [(one.weekday, one.starts, one.ends) for one in week] == [(5, 570, 750)]


def test_a_week_that_makes_no_sense_is_refused_and_the_old_one_stays(studio):
    before = schedules.week(studio.anna.id, by=OWNER)
    with pytest.raises(RuleBroken) as refused:
        schedules.set_week(studio.anna.id, [Weekly(0, "work", 600, 540)], by=OWNER)
    assert refused.value.field == "0.ends"
    assert schedules.week(studio.anna.id, by=OWNER) == before


def test_work_hours_may_be_limited_to_services(studio):
    only = frozenset({studio.massage.id})
    periods = [Weekly(0, "work", 540, 720, only), Weekly(1, "work", 540, 720, frozenset())]
    schedules.set_week(studio.anna.id, periods, by=OWNER)
    kept = [one.service_ids for one in schedules.week(studio.anna.id, by=OWNER)]
    assert kept == [[studio.massage.id], None]


def test_hours_are_not_limited_to_what_is_no_service(studio):
    periods = [Weekly(0, "work", 540, 720, frozenset({99}))]
    with pytest.raises(RuleBroken, match="from the list"):
        schedules.set_week(studio.anna.id, periods, by=OWNER)
    day = [Special(DAY, DAY, 540, 720, frozenset({99}))]
    with pytest.raises(RuleBroken, match="from the list"):
        schedules.add_special_days(studio.anna.id, day, by=OWNER)


def test_the_permission_governs_an_employees_own_week(studio):
    schedules.set_week(studio.anna.id, [], by=studio.actor(studio.anna, "work_hours"))
    with pytest.raises(NotAllowed, match="your work hours"):
        schedules.set_week(studio.anna.id, [], by=studio.actor(studio.anna, "days_off"))


def test_days_off_come_with_the_companys(studio):
    schedules.add_day_off(None, Off(DAY, NEXT, note="Winter holiday"), by=OWNER)
    own = schedules.add_day_off(studio.anna.id, Off(NEXT, NEXT), by=studio.actor(studio.anna))
    shown = schedules.days_off(studio.anna.id, by=OWNER)
    assert [(one.first, one.employee_id) for one in shown] == [(DAY, None), (NEXT, studio.anna.id)]
    schedules.remove_day_off(own.id, by=studio.actor(studio.anna))
    assert len(schedules.days_off(studio.anna.id, by=OWNER)) == 1


def test_the_companys_days_off_are_the_back_ends(studio):
    row = schedules.add_day_off(None, Off(DAY, NEXT), by=OWNER)
    anna = studio.actor(studio.anna)
    with pytest.raises(NotAllowed, match="for everybody"):
        schedules.add_day_off(None, Off(DAY, NEXT), by=anna)
    with pytest.raises(NotAllowed, match="for everybody"):
        schedules.remove_day_off(row.id, by=anna)


def test_a_colleagues_day_off_is_not_there(studio):
    row = schedules.add_day_off(studio.ben.id, Off(DAY, DAY), by=OWNER)
    with pytest.raises(NotThere):
        schedules.remove_day_off(row.id, by=studio.actor(studio.anna))
    with pytest.raises(NotThere):
        schedules.days_off(studio.ben.id, by=studio.actor(studio.anna))


def test_the_last_day_is_not_before_the_first(studio):
    with pytest.raises(RuleBroken, match="The last day is before the first."):
        schedules.add_day_off(studio.anna.id, Off(NEXT, DAY), by=OWNER)


def test_special_days_have_several_periods_that_lie_apart(studio):
    morning, noon = Special(DAY, NEXT, 540, 720), Special(DAY, DAY, 700, 800)
    with pytest.raises(RuleBroken, match="overlap"):
        schedules.add_special_days(studio.anna.id, [morning, noon], by=OWNER)
    schedules.add_special_days(studio.anna.id, [morning], by=OWNER, note="Short")
    with pytest.raises(RuleBroken, match="overlap"):
        schedules.add_special_days(studio.anna.id, [noon], by=OWNER)
    row = schedules.special_days(studio.anna.id, by=OWNER)[0]
    schedules.remove_special_day(row.id, by=studio.actor(studio.anna))
    assert schedules.special_days(studio.anna.id, by=OWNER) == []


def test_a_special_day_is_removed_with_all_its_periods(studio):
    periods = [Special(DAY, DAY, 540, 720), Special(DAY, DAY, 780, 900)]
    schedules.add_special_days(studio.anna.id, periods, by=OWNER)
    schedules.add_special_days(studio.anna.id, [Special(NEXT, NEXT, 540, 720)], by=OWNER)
    row = schedules.special_days(studio.anna.id, by=OWNER)[0]
    schedules.remove_special_day(row.id, by=OWNER)
    assert [one.first for one in schedules.special_days(studio.anna.id, by=OWNER)] == [NEXT]


def test_a_special_day_may_be_limited_to_services(studio):
    only = frozenset({studio.massage.id})
    schedules.add_special_days(studio.anna.id, [Special(DAY, DAY, 540, 720, only)], by=OWNER)
    assert schedules.special_days(studio.anna.id, by=OWNER)[0].service_ids == [studio.massage.id]


@pytest.mark.parametrize("hours", [(600, 540), (0, 1441), (540, 540)])
def test_a_special_day_ends_after_it_starts(studio, hours):
    with pytest.raises(RuleBroken) as refused:
        schedules.add_special_days(studio.anna.id, [Special(DAY, DAY, *hours)], by=OWNER)
    assert refused.value.field == "hours"
