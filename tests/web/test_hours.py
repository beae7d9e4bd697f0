"""Hours of a day as people write them, up to 24 or up to 12."""

import pytest
from flask import g

from panel.services.standing import Standing
from panel.web import hours


@pytest.fixture
def twelve(house):
    g.standing = Standing("Studio", "UTC", 0, hour_format=12)
    yield
    del g.standing


@pytest.mark.parametrize(
    ("typed", "read"),
    [("09:00–17:00", [(540, 1020)]), ("9:00 am - 5:00 pm", [(540, 1020)]),
     ("9:00–11:30 AM", [(540, 690)]), ("11:00–1:30 pm", None), ("12:00 am–12:00 pm", [(0, 720)]),
     ("10:00 pm–12:00 am", [(1320, 1440)]), ("00:00–24:00", [(0, 1440)]), ("13:00 pm–14:00", None),
     ("9–17", None), ("17:00–09:00", None),
     ("09:00–12:00, 13:00–17:00", [(540, 720), (780, 1020)])],
)  # fmt: skip
def test_it_reads_both_ways_of_writing(typed, read):
    if read is None:
        with pytest.raises(ValueError, match="Write times like"):
            hours.read(typed)
    else:
        assert hours.read(typed) == read


@pytest.mark.parametrize(
    ("span", "written"),
    [
        ((540, 600), "9:00–10:00 am"),
        ((660, 780), "11:00 am–1:00 pm"),
        ((0, 1440), "12:00 am–12:00 am"),
    ],
)
def test_it_says_am_and_pm_once_where_both_are_the_same(twelve, span, written):
    assert hours.written([span]).replace("\u00a0", " ") == written


@pytest.mark.parametrize("span", [(540, 600), (0, 30), (660, 780), (720, 725), (1320, 1440)])
def test_what_it_writes_it_reads(twelve, span):
    assert hours.read(hours.written([span])) == [span]


def test_the_edge_of_a_calendar_is_short(twelve):
    assert [hours.on_the_hour(hour) for hour in (9, 12, 23)] == [
        "9\u00a0am",
        "12\u00a0pm",
        "11\u00a0pm",
    ]
