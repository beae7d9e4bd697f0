"""How templates are drawn: cheaper than Jinja does it, and the same to the last letter."""

import pytest
from jinja2 import Environment, pass_context
from markupsafe import Markup, escape

from panel.web.drawn import Parts


class Word:
    """A value that says itself how it looks in a page."""

    def __html__(self) -> str:
        return "<b>bold</b>"


VALUES = ["a < b & 'c'", "", Markup("<i>"), 7, 0, -3.5, True, None, ["<"], {"<": 1}, Word()]


@pytest.fixture
def draw(app):
    """Draw a template from its text, as pages are."""

    def drawn(text, **given):
        with app.test_request_context():
            return app.jinja_env.from_string(text).render(**given)

    return drawn


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_looks_as_jinja_draws_it(draw, value):
    text = "{{ value }}{% set part %}{{ value }}{% endset %}{{ part }}"
    plain = Environment(autoescape=True).from_string(text).render(value=value)
    assert draw(text, value=value) == plain
    assert Parts.escaped(value) == escape(value)


def test_what_is_missing_is_nothing(draw):
    assert draw("[{{ missing }}{{ 'x' if missing }}]") == "[]"


def test_a_part_draws_its_callers_words_within_a_loop(draw):
    part = "{% macro card(words) %}<p>{{ words }}{{ caller() }}</p>{% endmacro %}"
    page = "{% for one in '<>' %}{% call card(one) %}{{ loop.index }}{% endcall %}{% endfor %}"
    assert draw(part + page) == "<p>&lt;1</p><p>&gt;2</p>"


def test_a_function_that_asks_for_the_template_is_given_it(draw):
    seen = pass_context(lambda context: context["word"])
    assert draw("{% for _ in '12' %}{{ seen() }}{% endfor %}", seen=seen, word="&") == "&amp;&amp;"


def test_a_template_is_found_once(app):
    with app.test_request_context():
        found = {id(app.jinja_env.get_template("parts/icons.html")) for _ in range(2)}
    assert len(found) == 1
