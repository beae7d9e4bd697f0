"""Hold every connection where the database may be an old one or a copy of another.

A restored database does not know what it has sent since its backup; a copied one would write
into the same calendars as the first. Which it is only the owner can say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import exists, func, select

from panel.db import paper
from panel.db.base import ask, fresh, writing
from panel.db.tables import Connection, Installation, JournalEntry
from panel.domain.errors import RuleBroken
from panel.domain.installation import COMPARING, Doubt, Paper, doubt
from panel.services.outbox import Transaction
from panel.services.outside import Outside

_HELD = select(Installation.held_why, Installation.held_at).where(Installation.id == 1)
_NAME = select(Installation.name).where(Installation.id == 1)
HELD = "This database was restored or copied. The owner must first say which, under Sync health."


@dataclass(frozen=True)
class Place:
    """Where this process works: the file beside the database, and the machine's name."""

    file: Path
    machine: str


@dataclass(frozen=True)
class Held:
    """Why the connections are held, and since when; `comparing` after it was restored."""

    why: Doubt | None
    since: datetime | None

    @property
    def comparing(self) -> bool:
        return self.why is None


def check(place: Place, *, now: datetime) -> None:
    """Compare file and database, at the start and every minute; hold, or note how far it is.

    Without any connection there is nothing to hold: then the database follows its file.
    """
    known = paper.read(place.file)
    with writing() as session:
        journal = journal_of(session)
        linked = session.scalar(select(exists().where(Connection.state != "ended")))
        row = session.get(Installation, 1)
        if row is None:
            row = Installation(id=1, name=known.name, machines=[known.machine or place.machine])
            session.add(row)
        elif not linked:
            row.name, row.machines = known.name, [place.machine]
            row.held_why = row.held_at = None
        if linked and row.held_why is None:
            found = doubt(known, row.name, row.machines, place.machine, journal)
            if found is not None:
                row.held_why, row.held_at = found.value, now
        follows = row.held_why in (None, COMPARING)
        written = Paper(row.name, place.machine, journal)
    if follows and written != known:
        paper.write(place.file, written)


def held() -> Held | None:
    """Say whether anything is held, and why."""
    row = ask(_HELD).one_or_none()
    if row is None or row.held_why is None:
        return None
    return Held(None if row.held_why == COMPARING else Doubt(row.held_why), row.held_at)


def sends_nothing() -> bool:
    """Say whether nothing at all may leave: no request to Microsoft, and no mail."""
    found = held()
    return found is not None and not found.comparing


def must_be_clear() -> None:
    """Raises RuleBroken while the owner has not said what happened."""
    if held() is not None:
        raise RuleBroken(HELD)


def own(outside: Outside) -> str:
    """Return the name with which our own markers begin."""
    name = ask(_NAME).scalar()
    fresh()
    return name or outside.installation


def admit(place: Place, *, now: datetime) -> str:
    """Let this machine work on the database too; return the installation's name.

    Ends a hold that this machine itself was the reason of. Raises RuleBroken.
    """
    with writing() as session:
        row = session.get(Installation, 1)
        if row is None:
            raise RuleBroken("Start Panel once on its first machine before you admit another.")
        row.machines = sorted({*row.machines, place.machine})
        if row.held_why in (Doubt.MACHINE.value, Doubt.MISSING.value):
            row.held_why = row.held_at = None
        written = Paper(row.name, place.machine, journal_of(session))
    paper.write(place.file, written)
    return written.name


def journal_of(session: Transaction) -> int:
    """Return how far the database has come: the highest number in its journal."""
    return session.scalar(select(func.max(JournalEntry.id))) or 0
