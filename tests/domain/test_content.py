"""What one copy says, and what was found of it."""

from datetime import UTC, datetime, timedelta

import pytest

from panel.domain.content import Content, Found

TEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONTENT = Content("Massage", "Lea Roth", "Room 4", TEN, TEN + HOUR)


def found(**given):
    usual = {
        "title": "Massage", "block": "Lea Roth", "location": "Room 4", "category": True,
        "starts": TEN, "ends": TEN + HOUR, "reshaped": False,
    }  # fmt: skip
    return Found(**{**usual, **given})


def with_text(block):
    return Content("Massage", block, "Room 4", TEN, TEN + HOUR)


def test_it_comes_back_from_json_as_it_was():
    assert Content.from_json(CONTENT.to_json()) == CONTENT


def test_it_knows_what_the_customer_was_promised():
    wide = Content("", "", "", TEN, TEN + HOUR, before=15, after=10)
    assert wide.without_buffers(*wide.time) == (
        TEN + timedelta(minutes=15), TEN + timedelta(minutes=50),
    )  # fmt: skip


def test_it_may_stand_at_another_time():
    assert CONTENT.at(TEN + HOUR, TEN + 2 * HOUR).time == (TEN + HOUR, TEN + 2 * HOUR)


@pytest.mark.parametrize(
    "there, same",
    [
        ({}, True),
        ({"starts": TEN - HOUR}, False),
        ({"ends": None}, False),
        ({"reshaped": True}, False),
    ],
)
def test_it_compares_the_time(there, same):
    assert found(**there).same_time(CONTENT) is same


def test_a_moved_entry_is_as_long_and_an_all_day_one_is_not():
    assert found(starts=TEN + HOUR, ends=TEN + 2 * HOUR).same_length(CONTENT)
    assert not found(starts=None, ends=None).same_length(CONTENT)


@pytest.mark.parametrize("there", [{"title": "Mine"}, {"location": "Home"}, {"category": False}])
def test_it_finds_another_field_that_differs(there):
    assert not found(**there).same_fields(CONTENT, CONTENT)


def test_a_place_that_is_not_ours_stays():
    nowhere = Content("Massage", "Lea Roth", "", TEN, TEN + HOUR)
    assert found(location="Home").same_fields(nowhere, nowhere)


@pytest.mark.parametrize(
    "block, wanted, agreed, same",
    [
        ("Lea Roth", "Lea  Roth\n", "Lea Roth", True),
        ("Lea Roth", "Ines", "Lea Roth", False),
        (None, "Ines", "Lea Roth", True),  # the employee removed it, and it stays removed
        (None, "Ines", "", False),  # there never was one
        (None, "", "", True),
        ("", "", "Lea Roth", True),
    ],
)
def test_it_compares_the_block(block, wanted, agreed, same):
    assert found(block=block).same_block(with_text(wanted), with_text(agreed)) is same
