"""What people type, made fit to be kept."""

import pytest

from panel.domain import words
from panel.domain.errors import RuleBroken


def test_a_line_loses_control_characters_and_doubled_spaces():
    assert words.line("  Sports\n\x00 massage\t", "name", "a name") == "Sports massage"


def test_a_needed_line_must_say_something():
    with pytest.raises(RuleBroken, match="Give the service a name.") as refused:
        words.line(" \n", "name", "the service a name")
    assert refused.value.field == "name"


def test_a_line_has_its_length():
    with pytest.raises(RuleBroken, match="at most 120 characters"):
        words.line("x" * 121, "name", "a name")


@pytest.mark.parametrize(
    "text", ["priya.nair@example", "a@b", "a b@c.de", "@c.de", "x" * 255 + "@a.de"]
)
def test_an_address_that_cannot_be_one_is_refused(text):
    with pytest.raises(RuleBroken, match="like name@example.com"):
        words.address(text)


def test_an_address_holds_nothing_that_cannot_be_seen():
    with pytest.raises(RuleBroken, match="name@example.com"):
        words.address("an\0na@example.com")


def test_an_address_is_kept_in_lower_case():
    assert words.address(" Ines@Example.COM ") == "ines@example.com"


def test_a_number_outside_its_bounds_is_refused_with_them():
    with pytest.raises(RuleBroken, match="whole number of minutes from 5 to 1440"):
        words.whole(0, "duration", least=5, most=1440, unit="minutes")


@pytest.mark.parametrize(
    "hundredths, currency, said",
    [
        (5800, "EUR", "€58.00"),
        (123456789, "GBP", "£1,234,567.89"),
        (5, "USD", "$0.05"),
        (0, "EUR", "€0.00"),
        (580000, "JPY", "¥5,800"),
        (5850, "JPY", "¥59"),
        (125, "KWD", "KWD\N{NO-BREAK SPACE}1.250"),
        (5800, "CHF", "CHF\N{NO-BREAK SPACE}58.00"),
    ],
)
def test_money_is_written_as_its_currency_counts(hundredths, currency, said):
    assert words.money(hundredths, currency) == said


@pytest.mark.parametrize(
    "names, said",
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A and 2 more")],
)
def test_who_comes_is_said_in_a_few_words(names, said):
    assert words.and_more(names) == said
