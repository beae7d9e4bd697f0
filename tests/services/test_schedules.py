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


@pytest.mark.parametrize(
    "periods, sentence",
    [
        ([Weekly(0, "work", 600, 540)], "Work on Monday must end after it starts"),
        ([Weekly(0, "work", 0, 1441)], "within the day"),
        ([Weekly(1, "work", 540, 720), Weekly(1, "work", 700, 800)], "periods on Tuesday overlap"),
        ([Weekly(2, "work", 540, 720), Weekly(2, "break", 700, 740)], "break on Wednesday lies"),
        ([Weekly(2, "break", 700, 740)], "outside the work hours"),
        ([Weekly(7, "work", 540, 720)], "Choose a weekday"),
    ],
)
def test_it_refuses_a_week_that_makes_no_sense(studio, periods, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        schedules.set_week(studio.anna.id, periods, by=OWNER)


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
