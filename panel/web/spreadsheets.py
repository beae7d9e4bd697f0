"""Tables that leave as CSV for a spreadsheet, and come in as CSV from one."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from flask import Response, has_request_context, stream_with_context

from panel.domain.errors import RuleBroken

# With these a spreadsheet takes a cell for a formula, and would run what a customer typed.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DEFUSED = "'"
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
DELIMITERS = ",;\t"


def spreadsheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Answer with a CSV file of this name, without its ending; None becomes an empty cell.

    In UTF-8 with its mark, without which Excel takes it for Windows-1252. Words that look like
    a formula get an apostrophe before them; numbers stay numbers. It is sent while `rows`
    are read: a long table is never whole in memory.
    """
    lines = _written(heads, rows)
    # What the rows ask of the database and the request, they ask while they are sent.
    body = stream_with_context(lines) if has_request_context() else lines
    file = Response(body, mimetype="text/csv")
    file.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return file


def _written(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    for row in chain([heads], rows):
        text = io.StringIO()
        csv.writer(text).writerow([_cell(one) for one in row])
        yield text.getvalue().encode()


def rows_of(file: bytes, *, most: int) -> list[list[str]]:
    """Return the lines of a CSV file as cells, its heads first, empty lines left out.

    In UTF-8, UTF-16 or Windows-1252; split by comma, semicolon or tab. Raises RuleBroken where
    it is no such file, or holds more than `most` lines below its heads.
    """
    text = _decoded(file)
    if "\x00" in text:
        raise RuleBroken("This is not a CSV file. Save the table as CSV, then send that.", "file")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = [[_plain(cell) for cell in line] for line in lines if any(map(str.strip, line))]
    except csv.Error as error:
        said = f"Line {lines.line_num} cannot be read. Save the table as CSV once more."
        raise RuleBroken(said, "file") from error
    if len(rows) > most + 1:
        raise RuleBroken(f"The file has {len(rows) - 1:,} lines; {most:,} fit at once.", "file")
    return rows


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA):
        return DEFUSED + value
    return value


def _plain(cell: str) -> str:
    """Take back the apostrophe that `spreadsheet` has put before a word."""
    return cell[1:] if cell[:1] == DEFUSED and cell[1:].startswith(FORMULA) else cell


def _decoded(file: bytes) -> str:
    for mark, encoding in MARKS.items():
        if file.startswith(mark):
            return file.decode(encoding, errors="replace")
    try:
        return file.decode("utf-8")
    except UnicodeDecodeError:
        return file.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Return what splits the heads: the sign that stands there most often."""
    heads = text.partition("\n")[0]
    return max(DELIMITERS, key=heads.count)
