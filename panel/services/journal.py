"""What happened, to whom, when and by which side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from panel.db.base import db
from panel.db.tables import JournalEntry
from panel.domain.moments import read_span
from panel.domain.schedule import Span
from panel.services.outbox import Transaction

PANEL, OUTLOOK, BOTH = "panel", "outlook", "both"


class Entry(NamedTuple):
    """One line of the journal. `before` and `after` are a Span of time, or words."""

    id: int
    at: datetime
    subject: str
    subject_id: int
    employee_id: int | None
    side: str
    kind: str
    who: str
    before: Span | str
    after: Span | str
    note: str


def note(
    session: Transaction,
    *,
    subject: str,
    subject_id: int,
    employee_id: int | None,
    side: str,
    kind: str,
    who: str,
    before: str = "",
    after: str = "",
    note: str = "",
    now: datetime,
) -> None:
    """Write one line in the caller's transaction.

    Times go into `before` and `after` as `moments.iso_span` writes them, all else as words.
    """
    session.add(
        JournalEntry(
            at=now,
            subject=subject,
            subject_id=subject_id,
            employee_id=employee_id,
            side=side,
            kind=kind,
            who=who[:120],
            before=before[:300],
            after=after[:300],
            note=note[:500],
        )
    )


def about(subject: str, subject_id: int, *, limit: int = 200) -> list[Entry]:
    """Return what happened to one subject, the newest first."""
    rows = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.subject == subject, JournalEntry.subject_id == subject_id)
        .order_by(JournalEntry.id.desc())
        .limit(limit)
    )
    return entries(rows.all())


def entries(rows: Sequence[JournalEntry]) -> list[Entry]:
    """Turn rows into values."""
    return [entry(*(getattr(row, name) for name in Entry._fields)) for row in rows]


def entry(*columns: Any) -> Entry:
    """Return one line from the columns that are called as its fields."""
    *first, before, after, note = columns
    return Entry._make((*first, _value(before), _value(after), note))


def _value(text: str) -> Span | str:
    span = read_span(text)
    return Span(*span) if span else text
