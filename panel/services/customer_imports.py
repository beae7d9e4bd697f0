"""Customers out of a table: looked through line by line, then taken in at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from panel.db.base import db, writing
from panel.db.tables import Company, Customer
from panel.domain.contacts import digits
from panel.domain.errors import RuleBroken
from panel.domain.people import Actor
from panel.domain.words import address, line
from panel.services import journal

MOST_LINES = 5_000
NEW, KNOWN, WRONG = "new", "known", "wrong"

# How tables call their columns, in lower case; first and last name make a name together.
COLUMNS = {
    "name": ("name", "full name", "customer", "customer name", "kunde"),
    "first": ("first name", "firstname", "given name", "vorname"),
    "last": ("last name", "lastname", "surname", "family name", "nachname"),
    "email": ("email", "e-mail", "mail", "email address", "e-mail address"),
    "phone": ("phone", "telephone", "mobile", "phone number", "tel", "telefon", "handy"),
    "note": ("note", "notes", "comment", "comments", "notiz", "bemerkung"),
}


@dataclass(frozen=True)
class Line:
    """One line of the table, counted as a spreadsheet counts; `verdict` is new, known or wrong.

    `why` says what is wrong, or whom it repeats.
    """

    number: int
    name: str
    email: str
    phone: str
    note: str
    verdict: str
    why: str = ""


def looked_through(rows: Sequence[Sequence[str]], *, by: Actor) -> list[Line]:
    """Say of each line whether it is new, known or wrong; the first row holds the heads.

    Known is an address that is there already; without an address the same name and number.
    Raises RuleBroken where no column holds names, NotAllowed.
    """
    by.must_hold("customers")
    if len(rows) > MOST_LINES + 1:
        raise RuleBroken(f"{MOST_LINES:,} lines fit at once.", "file")
    places = _places(rows[0] if rows else ())
    seen = _Seen()
    return [seen.judged(number, *one) for number, one in enumerate(_read(rows[1:], places), 2)]


def take_in(rows: Sequence[Sequence[str]], *, by: Actor, now: datetime) -> int:
    """Add every line that is new, all in one transaction; return how many there were.

    Sent twice, the second finds them known. Raises as `looked_through`.
    """
    by.must_hold("customers")
    with writing() as session:
        # Two imports of the same table take turns, so that the second finds what the first made.
        session.scalar(select(Company.id).where(Company.id == 1).with_for_update())
        lines = [one for one in looked_through(rows, by=by) if one.verdict == NEW]
        session.add_all(
            Customer(
                name=one.name, email=one.email, phone=one.phone, note=one.note,
                active=True, created_at=now,
            )
            for one in lines
        )  # fmt: skip
        if lines:
            journal.note(
                session, subject="customers", subject_id=0, employee_id=None,
                side=journal.PANEL, kind="imported", who=by.name, after=str(len(lines)), now=now,
            )  # fmt: skip
    return len(lines)


class _Seen:
    """Whom the business knows, and whom the lines before have named."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        query = select(Customer.name, Customer.email, Customer.phone)
        for name, email, phone in db.session.execute(query.where(Customer.erased_at.is_(None))):
            for key in _keys(name, email, phone):
                self._known[key] = name

    def judged(self, number: int, name: str, email: str, phone: str, note: str) -> Line:
        try:
            clean = line(name, "name", "the customer a name")
            mail = address(email, needed=False)
            call = line(phone, "phone", "a number", most=40, needed=False)
        except RuleBroken as refused:
            return Line(number, name, email, phone, note, WRONG, str(refused))
        keys = _keys(clean, mail, call)
        if keys[0] in self._known:
            return Line(number, clean, mail, call, note, KNOWN, self._known[keys[0]])
        self._known |= dict.fromkeys(keys, f"line {number}")
        return Line(number, clean, mail, call, note, NEW)


def _keys(name: str, email: str, phone: str) -> list[tuple[str, ...]]:
    """By what somebody is known, the surest first: a line is known by its own surest one."""
    called = name.casefold()
    keys: list[tuple[str, ...]] = [(email.lower(),)] if email else []
    if number := digits(phone):
        keys.append((called, number))
    return [*keys, (called, "")]


def _places(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        words = " ".join(head.replace("_", " ").lower().split())
        for name, known in COLUMNS.items():
            if words in known:
                found.setdefault(name, place)
    if not found.keys() & {"name", "first", "last"}:
        raise RuleBroken(
            "No column is called Name. Write what each column holds into the first line: "
            "Name, Email, Phone, Note.",
            "file",
        )
    return found


def _read(
    rows: Sequence[Sequence[str]], places: dict[str, int]
) -> Iterator[tuple[str, str, str, str]]:
    for row in rows:
        cells = {name: row[place].strip() for name, place in places.items() if place < len(row)}
        parts = (cells.get(one, "") for one in ("first", "last"))
        name = cells.get("name") or " ".join(filter(None, parts))
        yield name, cells.get("email", ""), cells.get("phone", ""), cells.get("note", "")
