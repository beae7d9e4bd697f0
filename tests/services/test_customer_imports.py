"""Customers out of a table."""

import pytest

from panel.domain.errors import NotAllowed, RuleBroken
from panel.services import customer_imports, customers
from tests import make
from tests.services.studio import NOON, OWNER

HEADS = ["Name", "E-Mail", "Phone", "Note"]


def verdicts(*rows, heads=HEADS):
    lines = customer_imports.looked_through([heads, *rows], by=OWNER)
    return [(one.number, one.verdict, one.why) for one in lines]


def test_it_says_of_each_line_what_it_is(studio):
    make.customer(name="Tom Hale", email="", phone="+49 171 555")
    found = verdicts(
        ["New One", "new@example.com", "", ""],
        ["Somebody", "LEA@example.test", "", ""],
        ["tom hale", "", "0049171555", ""],
        ["Bad", "not an address", "", ""],
        ["", "x@example.com", "", ""],
    )
    assert [one[1] for one in found] == ["new", "known", "known", "wrong", "wrong"]
    assert found[1] == (3, "known", "Lea Roth")
    assert "name@example.com" in found[3][2] and "Give the customer a name." in found[4][2]


def test_nobody_comes_twice_in_one_table(studio):
    found = verdicts(["A", "a@x.test", "", ""], ["B", "A@x.test", "", ""], ["C"], ["c", "", "", ""])
    assert [one[1] for one in found] == ["new", "known", "new", "known"]
    assert found[1][2] == "line 2"


def test_columns_may_be_called_and_ordered_otherwise(studio):
    heads = ["Telefon", "Nachname", "Vorname", "Kundennummer"]
    (line,) = customer_imports.looked_through([heads, ["1", "Roth", "Zoë", "7"]], by=OWNER)
    assert (line.name, line.phone) == ("Zoë Roth", "1")


@pytest.mark.parametrize("rows", [[], [["Email"], ["a@b.test"]]])
def test_without_a_column_of_names_it_says_what_to_do(studio, rows):
    with pytest.raises(RuleBroken, match="No column is called Name"):
        customer_imports.looked_through(rows, by=OWNER)


def test_what_is_new_is_taken_in_once(studio):
    rows = [HEADS, ["Tom Hale", "tom@example.com", "1", "Oil"], ["", "", "", "x"]]
    counts = [customer_imports.take_in(rows, by=OWNER, now=NOON) for _ in range(2)]
    assert counts == [1, 0]
    (tom,) = customers.listed(OWNER, search="tom").rows
    assert (tom.email, tom.phone, tom.note) == ("tom@example.com", "1", "Oil")


def test_it_takes_no_more_than_fits_and_only_by_permission(studio):
    with pytest.raises(RuleBroken, match="5,000 lines fit"):
        customer_imports.take_in([HEADS] + [["A"]] * 5001, by=OWNER, now=NOON)
    with pytest.raises(NotAllowed):
        customer_imports.take_in([HEADS], by=studio.actor(studio.anna, "events"), now=NOON)
