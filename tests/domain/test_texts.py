"""Placeholders in titles and texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain import texts
from panel.domain.errors import RuleBroken

VALUES = {"service_name": "Sports massage", "customer_phone": "", "customer_email": "a@b.test"}


def test_it_puts_values_in_place():
    assert texts.fill("%service_name% for %customer_email%", VALUES) == (
        "Sports massage for a@b.test"
    )


def test_it_leaves_out_a_line_that_would_say_nothing():
    assert texts.fill("A\nPhone: %customer_phone%\nB", VALUES) == "A\nB"


def test_it_keeps_a_line_in_which_one_value_speaks():
    assert texts.fill("%customer_phone% %customer_email%", VALUES) == " a@b.test".strip()


def test_it_keeps_the_empty_lines_that_were_written():
    assert texts.fill("A\n\nB", VALUES) == "A\n\nB"


def test_a_value_is_never_filled_again():
    assert texts.fill("%service_name%", {"service_name": "%x%", "x": "no"}) == "%x%"


def test_percent_signs_of_other_meaning_stay():
    assert texts.fill("50% off, 100 %", VALUES) == "50% off, 100 %"
    assert texts.check("50% off today, 20% tomorrow", texts.APPOINTMENT, "title")


@given(st.text())
def test_a_title_is_one_printable_line(name):
    title = texts.title("%event_name%", {"event_name": name})
    assert len(title.splitlines()) <= 1
    assert len(title) <= 255


def test_it_suggests_the_placeholder_that_was_meant():
    with pytest.raises(RuleBroken) as refused:
        texts.check("Come: %event_nam%", texts.EVENT, "event_title")
    assert str(refused.value) == ("There is no placeholder %event_nam%. Did you mean %event_name%?")
    assert refused.value.field == "event_title"


def test_it_lists_what_there_is_where_nothing_is_near():
    with pytest.raises(RuleBroken, match="You can use %event_name%, "):
        texts.check("%zzz%", texts.EVENT, "event_title")


def test_placeholders_of_an_appointment_are_unknown_to_an_event():
    with pytest.raises(RuleBroken, match="no placeholder %booking_ref%"):
        texts.check("%booking_ref%", texts.EVENT, "event_text")


@pytest.mark.parametrize("names", [texts.APPOINTMENT, texts.EVENT])
def test_every_placeholder_has_a_sample_for_the_preview(names):
    shown = texts.fill(" ".join(f"%{name}%" for name in names), texts.SAMPLES)
    assert "%" not in shown
