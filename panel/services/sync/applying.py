"""Apply a round in one transaction: busy time, hints about our copies, and the new link."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, scoped_session

from panel.db.tables import Mirror, RemoteCalendarRow
from panel.domain.content import Content
from panel.domain.remote import RemoteEvent
from panel.services.sheltering import sheltered
from panel.services.sync.freeing import apply_blocks, read_removed
from panel.services.sync.plan import found_in
from panel.services.sync.rounds import Round
from panel.services.sync.twins import remove_late_twins
from panel.services.sync.visit import Visit

Transaction = scoped_session[Session]
# Absence at the very edge of a window may be the edge's doing.
EDGE = timedelta(days=1)
_CALENDARS = RemoteCalendarRow.__table__


def apply(visit: Visit, staged: Round) -> int:
    """Apply one complete round; return how much in it was not known here."""
    if not visit.reads_only:
        remove_late_twins(visit, staged)
    removed = read_removed(visit, staged)
    with visit.recording() as session:
        copies = list(session.scalars(select(Mirror).where(Mirror.mailbox_id == visit.mailbox_id)))
        news = sum(_hint_alone(staged, mirror) for mirror in copies)
        changed = apply_blocks(session, visit, staged, copies, removed)
        note_read(session, visit, staged)
    return changed + news


def says_nothing(staged: Round) -> bool:
    """Whether it leaves everything here as it is, so that it need only be noted."""
    return staged.is_empty and not staged.full


def note_read(session: Transaction, visit: Visit, staged: Round) -> None:
    """Note, in the caller's transaction, how far a calendar was read.

    Where what was read before has been forgotten meanwhile, as when the calendar was not to be
    read any more, that is not enough to go on from: it is read from the start next time.
    """
    start, end = staged.window
    read = {"delta_link": staged.link, "window_start": start, "window_end": end}
    row = update(_CALENDARS).where(_CALENDARS.c.id == staged.place.id)
    if not staged.full:
        row = row.where(_CALENDARS.c.delta_link == staged.since)
    session.connection().execute(row.values(read_at=visit.now(), **read))


def _hint_alone(staged: Round, mirror: Mirror) -> bool:
    """Hint as said below; a copy that a bug of ours stops at is asked about afresh."""
    with sheltered(f"Copy {mirror.id} could not be compared.", but=(OperationalError,)):
        return _hint(staged, mirror)
    mirror.hinted = True
    return False


def _hint(staged: Round, mirror: Mirror) -> bool:
    """Mark the copy if the round says something else about it; only a GET decides.

    Returns whether that is news. It is none if it was seen before and waits for a person.
    """
    if mirror.remote_id is None:
        mirror.remote_id = _made_by(staged, mirror)
    event = staged.events.get(mirror.remote_id or "")
    if not _differs(staged, mirror, event):
        return False
    news = not mirror.hinted and (event is None or event.change_key != mirror.change_key)
    if mirror.state == "held":
        mirror.state = "linked"
    mirror.hinted = True
    return news


def _made_by(staged: Round, mirror: Mirror) -> str | None:
    """The entry that a create made whose answer was lost."""
    if mirror.transaction_id is None:
        return None
    found = (one for one in staged.events.values() if one.transaction_id == mirror.transaction_id)
    return next((one.id for one in found), None)


def _differs(staged: Round, mirror: Mirror, event: RemoteEvent | None) -> bool:
    if mirror.remote_id is None:
        return False
    if event is not None:
        return mirror.state == "gone" or not _is_as_agreed(event, mirror)
    if mirror.remote_id in staged.removed:
        return mirror.state != "gone"
    return staged.full and _is_absent(staged, mirror)


def _is_as_agreed(event: RemoteEvent, mirror: Mirror) -> bool:
    if mirror.base is None or event.change_key != mirror.change_key:
        return False
    agreed, found = Content.from_json(mirror.base), found_in(event)
    return found.same_time(agreed) and found.same_fields(agreed, agreed)


def _is_absent(staged: Round, mirror: Mirror) -> bool:
    if mirror.calendar_id != staged.place.id or mirror.base is None or mirror.state == "gone":
        return False
    agreed = Content.from_json(mirror.base)
    start, end = staged.window
    return agreed.starts >= start + EDGE and agreed.ends <= end - EDGE
