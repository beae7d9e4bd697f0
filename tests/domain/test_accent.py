"""A colour of one's own is readable, whatever it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.accent import (
    DARK_GROUNDS,
    ENOUGH,
    LIGHT_GROUNDS,
    colour,
    contrast,
    in_dark,
    in_light,
)
from panel.domain.errors import RuleBroken

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_words_on_it_can_be_read(accent):
    for shades in (in_light(accent), in_dark(accent)):
        for fill in (shades.fill, shades.hover, shades.press):
            assert contrast(fill, shades.on) >= ENOUGH


@given(COLOURS)
def test_it_can_be_read_on_every_ground(accent):
    for shades, grounds in ((in_light(accent), LIGHT_GROUNDS), (in_dark(accent), DARK_GROUNDS)):
        for ground in (*grounds, shades.soft):
            assert contrast(shades.ink, ground) >= ENOUGH
            assert contrast(shades.fill, grounds[0]) >= ENOUGH


@given(COLOURS)
def test_what_can_be_read_is_not_moved_again(accent):
    moved = in_light(accent).fill
    assert in_light(moved).fill == moved


def test_a_good_colour_stays_as_it_is():
    assert in_light("#0b5c66").fill == "#0b5c66"


def test_yellow_keeps_its_hue_and_gets_darker():
    fill = in_light("#ffd400").fill
    red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue and red < 0xFF


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("typed", "kept"), [("#0B5C66", "#0b5c66"), ("0b5c66", "#0b5c66"), (" ", "")]
)
def test_it_is_read_as_people_type_it(typed, kept):
    assert colour(typed) == kept


@pytest.mark.parametrize("typed", ["red", "#fff", "#12345g", "#0b5c66;}"])
def test_what_is_no_colour_is_refused(typed):
    with pytest.raises(RuleBroken, match="like #0b5c66"):
        colour(typed)
