"""The visitor sees what is wrong with a page."""

import pytest

from tests.support.pages import faults, read

GOOD = (
    '<html lang="en"><head><title>T</title><script src="/x.js"></script></head><body><h1>T</h1>'
    '<label for="a">A</label><input id="a" name="a"><label>B <input name="b"></label></body></html>'
)


def test_a_good_page_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("<h1>T</h1>", "", "the page has 0 h1, not one"),
        ("<h1>T</h1>", "<h1>T</h1><h1>U</h1>", "the page has 2 h1, not one"),
        ("<h1>", '<h1 id="a">', "the id 'a' stands twice"),
        ("<h1>", '<h1 style="color: red">', "<h1> carries a style"),
        ("<h1>", '<h1 onclick="go()">', "<h1> obeys onclick="),
        (' src="/x.js"', "", "an inline script"),
        ('for="a"', 'for="z"', "for='z' points nowhere"),
        ("<title>T</title>", "", "the page has no title"),
        (' lang="en"', "", "the page does not say its language"),
        ("<label>B ", "<label>", "the field 'b' has no label"),
        ("<h1>", '<img src="/x.png"><h1>', "a picture has no alt"),
    ],
)
def test_it_finds_a_fault(old, new, said):
    assert said in faults(GOOD.replace(old, new, 1))


def test_a_fragment_needs_no_heading():
    assert faults('<p id="a">Saved.</p>') == []


def test_text_is_read_without_scripts_and_blanks():
    assert read("<p>Two \n words<script>no()</script></p>").text == "Two words"
