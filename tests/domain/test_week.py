"""What makes sense as a week, and which period is blamed where it does not."""

import pytest

from panel.domain.errors import RuleBroken
from panel.domain.schedule import Weekly
from panel.domain.week import check_week, clock


@pytest.mark.parametrize(
    "periods, field, sentence",
    [
        ([Weekly(0, "work", 600, 540)], "0.ends", "The end must come after the start"),
        ([Weekly(0, "work", 540, 540)], "0.ends", "The end must come after the start"),
        ([Weekly(0, "work", 0, 1441)], "0.ends", "on the same day"),
        (
            [Weekly(1, "work", 540, 720), Weekly(1, "work", 700, 800)],
            "1.starts",
            "On Tuesday this overlaps with 09:00 to 12:00.",
        ),
        (
            [Weekly(2, "break", 700, 740), Weekly(2, "work", 540, 720)],
            "0.starts",
            "outside the work hours of Wednesday",
        ),
        ([Weekly(2, "break", 700, 740)], "0.starts", "outside the work hours of Wednesday"),
        ([Weekly(7, "work", 540, 720)], "0.starts", "Choose a weekday"),
        ([Weekly(0, "play", 540, 720)], "0.starts", "Choose a weekday"),
    ],
)
def test_it_blames_the_period_at_fault(periods, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        check_week(periods)
    assert refused.value.field == field


def test_periods_may_touch_and_other_days_do_not_count():
    check_week(
        [
            Weekly(0, "work", 540, 720),
            Weekly(0, "work", 720, 1440),
            Weekly(1, "work", 600, 800),
            Weekly(0, "break", 600, 620),
        ]
    )


def test_a_break_lies_within_one_period():
    with pytest.raises(RuleBroken, match="outside the work hours"):
        check_week([Weekly(0, "work", 540, 720), Weekly(0, "break", 700, 740)])


def test_midnight_ends_a_day():
    assert (clock(540), clock(1440)) == ("09:00", "24:00")
