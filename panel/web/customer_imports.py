"""Customers out of a CSV file: looked through first, taken in after a yes."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from panel.domain.errors import RuleBroken
from panel.services import customer_imports as services
from panel.services.customer_imports import KNOWN, MOST_LINES, NEW, WRONG
from panel.web.customer_merging import place
from panel.web.forms import Form, say
from panel.web.session import by, now
from panel.web.spreadsheets import rows_of
from panel.web.words import plural

customer_imports = Blueprint("customer_imports", __name__)
# What a table of the most lines takes when it is unpacked again.
MOST_BYTES = 4_000_000
# So many lines of each kind are shown; all are counted.
SHOWN = 100


class FileForm(Form):
    """The file to be looked through."""

    file = FileField("CSV file", [FileRequired("Choose a file.")])


@customer_imports.route("/", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Look through a file: what is new in it, what is known, what is wrong."""
    by().must_hold("customers")
    form = FileForm()
    rows = form.sent(lambda: _looked_at(form))
    if rows is None:
        return render_template("customer_imports/show.html", form=form, most=MOST_LINES)
    lines = services.looked_through(rows, by=by())
    kinds = {kind: [one for one in lines if one.verdict == kind] for kind in (NEW, KNOWN, WRONG)}
    return render_template("customer_imports/lines.html", kinds=kinds, packed=packed(rows),
                           shown=SHOWN)  # fmt: skip


@customer_imports.post("/taken")
def take() -> ResponseReturnValue:
    """Take in what is new of the table that was looked through."""
    try:
        count = services.take_in(unpacked(request.form.get("table", "")), by=by(), now=now())
    except RuleBroken as refused:
        say(refused)
        return redirect(url_for(".show"))
    flash(f"{plural(count, 'customer')} added.", "toast")
    return redirect(url_for(f"{place()}.index"))


def _looked_at(form: FileForm) -> list[list[str]]:
    """Return the rows of a file that can be looked through; else the form says why not."""
    rows = rows_of(form.file.data.read(), most=MOST_LINES)
    services.looked_through(rows, by=by())
    return rows


def packed(rows: list[list[str]]) -> str:
    """Pack a table small, so that the page with its lines carries it along to the yes."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(errors="replace"))).decode()


def unpacked(text: str) -> list[list[str]]:
    """Unpack what `packed` has made. Raises RuleBroken for anything else."""
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), MOST_BYTES)
        rows = json.loads(data)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise RuleBroken("The table was lost on the way. Choose the file again.") from error
    if not _is_table(rows):
        raise RuleBroken("The table was lost on the way. Choose the file again.")
    return rows  # type: ignore[no-any-return]


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
    )
