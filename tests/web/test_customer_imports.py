"""Customers out of a file."""

import io

import pytest

from panel.domain.errors import RuleBroken
from panel.web.customer_imports import packed, unpacked
from tests import make
from tests.web.studio import Studio

TABLE = "Name;Email\r\nZoë Quast;zoe@example.com\r\nLea Roth;lea@example.test\r\nBad;nope\r\n"
PLACE = "/panel/customers/import"


@pytest.fixture
def anna(visitor, house):
    Studio()
    make.customer(name="Lea R.")
    visitor.enter("anna@panel.test")
    visitor.get(PLACE)
    return visitor


def send(who, content: bytes):
    return who.post(PLACE, {"file": (io.BytesIO(content), "customers.csv")})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_it_is_looked_through_and_then_taken_in(anna, encoding):
    page = send(anna, TABLE.encode(encoding))
    assert "1 new, 1 known already, 1 to put right" in page.text
    assert "Zoë Quast" in page.text and "Same as Lea R." in page.text and "like name@" in page.text
    page = anna.submit("Add 1 customer")
    assert page.path == "/panel/customers/" and "Zoë Quast" in page.text


def test_sent_twice_it_adds_once(anna):
    look = send(anna, TABLE.encode())
    anna.submit("Add 1 customer")
    anna.page = look
    assert "0 customers added." in anna.submit("Add 1 customer").text


def test_where_nothing_is_new_nothing_can_be_added(anna):
    page = send(anna, b"Name,Email\nLea,lea@example.test\n")
    assert "Nothing in this table is new." in page.text and len(page.all("form")) > 0
    assert not [one for one in page.buttons() if one.startswith("Add")]


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "No column is called Name"),
        (b"Email\na@b.test\n", "No column is called Name"),
        (b"PK\x03\x04\x00", "not a CSV file"),
        (b"Name\n" + b"a\n" * 5001, "5,000 fit at once"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_file(anna, content, said):
    page = send(anna, content)
    assert said in page.text and page.heading == "Import customers"


def test_a_table_that_got_lost_is_asked_for_again(anna):
    page = anna.post(f"{PLACE}/taken", {"table": "nonsense"})
    assert "The table was lost on the way." in page.text


@pytest.mark.parametrize(
    "text", ["", "x", packed({"a": 1}), packed([[1]]), packed([["a" * 5_000_000]])]
)
def test_only_a_table_is_unpacked(text):
    with pytest.raises(RuleBroken, match="lost on the way"):
        unpacked(text)
