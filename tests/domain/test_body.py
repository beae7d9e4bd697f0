"""The text of an entry in Outlook, and Panel's block in it."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.body import (
    FIRST_LINE,
    LAST_LINE,
    fold,
    fold_html,
    one_line,
    put_block,
    read_block,
)

SPECIAL = "<>&\"'\u2550=\u00a0\u200b\ufeff\r\n\x0b\x0c\x1c\x85\u2028\t \\;#"
texts = st.text(
    st.one_of(st.sampled_from(SPECIAL), st.characters()), max_size=120
) | st.sampled_from(
    [LAST_LINE, f"a {LAST_LINE} b {FIRST_LINE}", "<br>", "&lt;", "</div></body>", "<!--", "a<b"]
)
notes = st.lists(
    st.sampled_from(
        ["<p>mine</p>", "<div>", "</div>", "<b>bold", "</b>", "note ", "&amp;", "<br>"]
    ),
    max_size=8,
).map("".join)


def as_exchange_rewrites(html: str) -> str:
    """What comes back from Exchange: another head, other white space, other entities."""
    inner = html.replace("<html><body>", "").replace("</body></html>", "")
    inner = inner.replace("<br>", "\r\n<br />\r\n").replace(" ", "\r\n ", 3)
    inner = re.sub("[\u0080-\uffff]", lambda found: f"&#{ord(found[0])};", inner)
    head = (
        '<head>\r\n<meta content="text/html; charset=utf-8"><style>p { margin: 0 }</style></head>'
    )
    return f"<html>{head}<body>\r\n<span lang=EN style='font: x'>{inner}</span>\r\n</body></html>"


@given(texts)
def test_it_reads_back_the_block_that_it_put(text):
    assert read_block(put_block(None, text)) == fold(text)


@given(texts)
def test_it_knows_the_block_again_after_exchange_rewrote_it(text):
    assert read_block(as_exchange_rewrites(put_block(None, text))) == fold(text)


@given(texts, texts)
def test_it_replaces_the_block_that_exchange_rewrote(first, second):
    html = put_block(as_exchange_rewrites(put_block(None, first)), second)
    assert read_block(html) == fold(second)


@given(notes, notes, texts, texts)
def test_it_leaves_the_notes_around_the_block_alone(before, after, first, second):
    html = f"<body>{before}{put_block(None, first)}{after}</body>"
    assert put_block(html, second).startswith(f"<body>{before}")
    assert put_block(html, second).endswith(f"{after}</body>")
    assert put_block(put_block(html, second), first) == html


@given(texts)
def test_it_folds_what_is_folded_to_itself(text):
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_it_reads_an_escaped_text_as_the_text(text):
    assert fold_html(f"<p>{escape(text)}</p>") == fold(text)


@given(st.text(alphabet="<>&\"'ab/!-= ;", max_size=200))
@settings(max_examples=300)
def test_it_reads_malformed_html_without_complaint(html):
    fold_html(html)
    assert read_block(put_block(html, "text")) in ("text", None)


@pytest.mark.parametrize("knot", ["<a ", "<a '\"", "<style>", "<!--", "<!"])
def test_a_stranger_cannot_hold_it_up(knot):
    fold_html(knot * 50_000)  # Were the cost to grow with the square, this would take an hour.


def test_it_says_when_the_employee_removed_the_block():
    assert read_block("<html><body>My own notes</body></html>") is None
    assert read_block(put_block(None, "Ines, 10:00").replace(LAST_LINE, "")) is None


def test_it_keeps_what_stood_above_a_first_block():
    html = put_block("<html><body><p>Bring the plans</p></body></html>", "Ines, 10:00")
    assert fold_html(html) == fold(f"{FIRST_LINE} Ines, 10:00 {LAST_LINE} Bring the plans")


def test_it_closes_the_paragraphs_that_a_mail_program_split_the_block_into():
    html = f"<div><p>{FIRST_LINE}</p><p>Ines</p><p>{LAST_LINE}</p><p>mine</p></div>"
    assert put_block(html, "Ole") == (
        f"<div><p>{FIRST_LINE}<br>Ole<br>{LAST_LINE}</p><p>mine</p></div>"
    )


def test_it_finds_the_lines_when_a_word_is_split_by_markup():
    first = FIRST_LINE.replace("Panel", "Pa<b>ne</b>l")
    assert read_block(f"<p>{first}<br>Ines&nbsp;&nbsp;Roth<br>{LAST_LINE}</p>") == "Ines Roth"


def test_it_shows_nothing_of_styles_and_comments():
    html = "<head><title>x</title></head><style>p{}</style><!-- c --><p>a</p><p>b</p>"
    assert fold_html(html) == "a b"


def test_it_makes_a_title_of_one_line():
    assert one_line(" Cut\r\nand\x07 dry\t ") == "Cut and dry"
    assert len(one_line("x" * 400)) == 255
