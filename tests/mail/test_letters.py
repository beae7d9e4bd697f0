"""A plain text becomes a letter: paragraphs, facts, links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain import texts
from panel.domain.mails import KINDS
from panel.mail.letters import Block, Look, blocks, html

STUDIO = Look("Linden Studio")


def test_empty_lines_divide_paragraphs():
    assert blocks("Hello,\nInes\n\n\nBye") == [
        Block(lines=("Hello,", "Ines")),
        Block(lines=("Bye",)),
    ]


def test_lines_with_a_word_and_a_value_become_facts():
    facts = (("When", "Friday, 10:00"), ("Where", "Room 2"))
    assert blocks("When: Friday, 10:00\nWhere: Room 2") == [Block(facts=facts)]


def test_facts_do_not_run_into_the_next_paragraph():
    assert [one.facts for one in blocks("A: 1\n\nB: 2")] == [(("A", "1"),), (("B", "2"),)]


def test_a_line_that_ends_in_an_address_becomes_a_link():
    link = Block(href="https://panel.test/x", words="Change or cancel")
    assert blocks("Change or cancel: https://panel.test/x") == [link]
    assert blocks("https://panel.test/x")[0].words == "https://panel.test/x"


def test_a_sentence_stays_a_sentence():
    (block,) = blocks("Come a little earlier, as we said on the phone last Friday: it is worth it.")
    assert block.lines


def test_what_people_wrote_is_never_markup():
    page = html("<b>Hi</b>", "<script>go()</script>\n\nA: <i>b</i>", STUDIO)
    assert "<script>" not in page and "<b>" not in page and "<i>" not in page


def test_a_link_that_is_none_stays_text():
    assert blocks("Press: javascript:alert(1)")[0].href == ""


@given(st.text())
def test_nothing_that_was_written_is_lost(text):
    said = html("T", text, STUDIO)
    assert all(word in said for word in re.findall(r"[a-z]{3,}", text) if "http" not in text)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_words_on_the_businesss_colour_can_be_read(colour):
    look = Look("Studio", colour)
    assert contrast(look.colour, look.on_colour) >= 4.5


@pytest.mark.parametrize("accent", ["", "red", "#12345", "#0b5c66; background: url(x)"])
def test_a_colour_that_is_none_gives_way_to_ours(accent):
    assert Look("Studio", accent).colour == "#0b5c66"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_our_own_words_use_only_what_there_is(kind):
    assert texts.check(kind.title, kind.placeholders, "title")
    said = texts.fill(texts.check(kind.text, kind.placeholders, "text"), texts.SAMPLES)
    assert "%" not in said + texts.title(kind.title, texts.SAMPLES)
    assert any(block.href for block in blocks(said)), "every mail leads somewhere"


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Written out apart from the panel's own, from WCAG 2.2."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
