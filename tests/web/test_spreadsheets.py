"""CSV out and in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.errors import RuleBroken
from panel.web.spreadsheets import rows_of, spreadsheet

HEADS = ["Name", "Phone"]
TEXT = "Name;Phone\r\nZoë Łuk;1\r\n"


def written(*rows) -> str:
    return spreadsheet("customers", HEADS, rows).get_data().decode("utf-8-sig")


def test_it_is_a_file_that_a_spreadsheet_opens():
    file = spreadsheet("customers", HEADS, [("Zoë", None)])
    assert file.headers["Content-Disposition"] == 'attachment; filename="customers.csv"'
    assert file.mimetype == "text/csv"
    assert file.get_data() == "\ufeffName,Phone\r\nZoë,\r\n".encode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_word_becomes_a_formula(sign):
    (_, line) = csv.reader(io.StringIO(written((f"{sign}1+1", "")), newline=""))
    assert line[0] == f"'{sign}1+1"


def test_a_number_stays_a_number():
    assert "-5" in written((-5, "")).splitlines()[1].split(",")


@given(st.lists(st.tuples(st.text(), st.text()).filter(lambda row: any(map(str.strip, row)))))
def test_what_went_out_comes_in_again(rows):
    """But for signs that no text file keeps apart, and an apostrophe that was there before."""
    kept = [row for row in rows if not any("\x00" in c or c[:1] == "'" for c in row)]
    file = spreadsheet("customers", HEADS, kept).get_data()
    assert rows_of(file, most=100) == [HEADS, *map(list, kept)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_it_reads_what_spreadsheets_write(encoding, sign):
    file = TEXT.replace(";", sign).encode(encoding)
    assert rows_of(file, most=1) == [HEADS, ["Zoë Łuk", "1"]]


def test_it_reads_old_windows_files():
    file = "Name;Phone\nZoë Müller – Straße;1\n".encode("cp1252")
    assert rows_of(file, most=1)[1] == ["Zoë Müller – Straße", "1"]


def test_it_leaves_out_empty_lines():
    assert rows_of(b"Name\n\n  \nTom\n", most=1) == [["Name"], ["Tom"]]


def test_it_refuses_more_than_fits():
    with pytest.raises(RuleBroken, match="The file has 3 lines; 2 fit at once."):
        rows_of(b"Name\na\nb\nc\n", most=2)


def test_it_refuses_what_is_no_text():
    with pytest.raises(RuleBroken, match="not a CSV file"):
        rows_of(b"PK\x03\x04\x00\x00", most=2)


def test_it_says_which_line_cannot_be_read():
    with pytest.raises(RuleBroken, match="Line 2 cannot be read"):
        rows_of(b'Name\n"' + b"a" * 200_000 + b'"\n', most=2)
