"""Apply a round in one transaction: busy time, hints about our copies, and the new link."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db, fresh
from panel.db.tables import BusyBlock, Mailbox, Mirror, RemoteCalendarRow
from panel.domain.blocks import Block, block_of, too_many_freed
from panel.domain.content import Content
from panel.domain.errors import Gone
from panel.domain.remote import RemoteEvent
from panel.services.sync.plan import found_in
from panel.services.sync.rounds import Round
from panel.services.sync.visit import Visit

Transaction = scoped_session[Session]
# Absence at the very edge of a window may be the edge's doing.
EDGE = timedelta(days=1)


def apply(visit: Visit, staged: Round) -> int:
    """Apply one complete round; return how much it changed here."""
    moved = _read_removed(visit, staged)
    with visit.recording() as session:
        row = session.get_one(RemoteCalendarRow, staged.place.id)
        copies = _copies(session, visit.mailbox_id)
        hints = _hint(session, staged, copies)
        changed = _apply_blocks(session, visit, staged, copies, moved)
        row.delta_link, row.read_at = staged.link, visit.now()
        row.window_start, row.window_end = staged.window
    return changed + hints


def _copies(session: Transaction, mailbox_id: int) -> list[Mirror]:
    return list(session.scalars(select(Mirror).where(Mirror.mailbox_id == mailbox_id)))


def _hint(session: Transaction, staged: Round, copies: list[Mirror]) -> int:
    """Mark the copies about which the round says something new; only a GET decides."""
    before = sum(mirror.hinted for mirror in copies)
    for mirror in copies:
        if _says_something_new(staged, mirror):
            mirror.hinted = True
    return sum(mirror.hinted for mirror in copies) - before


def _says_something_new(staged: Round, mirror: Mirror) -> bool:
    if mirror.remote_id is None:
        # The answer to its creation was lost; here is the entry that it made.
        made = {event.transaction_id for event in staged.events.values()}
        return mirror.transaction_id is not None and mirror.transaction_id in made
    event = staged.events.get(mirror.remote_id)
    if event is not None:
        return not _is_as_agreed(event, mirror)
    if mirror.remote_id in staged.removed:
        return True
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


def _read_removed(visit: Visit, staged: Round) -> dict[str, RemoteEvent | None]:
    """What became of strangers' future entries that the round says are removed.

    None where Outlook no longer knows them. What gave no answer is left out, and stays.
    """
    ids = _future_blocks(staged, visit.now()) & staged.removed
    found: dict[str, RemoteEvent | None] = {}
    for id_, answer in (visit.client.events_batch(sorted(ids)) if ids else {}).items():
        if isinstance(answer, Gone):
            found[id_] = None
        elif isinstance(answer, RemoteEvent):
            try:
                found[id_] = visit.client.event(id_, with_calendar=True)
            except Gone:
                found[id_] = None
    return found


def _future_blocks(staged: Round, now: datetime) -> set[str]:
    ids = db.session.scalars(
        select(BusyBlock.remote_id).where(
            BusyBlock.calendar_id == staged.place.id, BusyBlock.ends > now
        )
    ).all()
    fresh()
    return set(ids)


def _apply_blocks(
    session: Transaction,
    visit: Visit,
    staged: Round,
    copies: list[Mirror],
    removed: dict[str, RemoteEvent | None],
) -> int:
    rows = {row.remote_id: row for row in _rows(session, staged.place.id)}
    wanted = _wanted_blocks(staged, copies, removed)
    freed = _freed(staged, rows, wanted, removed, visit.now())
    future = sum(row.ends > visit.now() for row in rows.values())
    freed_future = sum(rows[id_].ends > visit.now() for id_ in freed)
    if not staged.full and too_many_freed(freed_future, future):
        freed = set()
        session.get_one(Mailbox, visit.mailbox_id).compare_due = visit.now()
    for id_ in freed:
        session.delete(rows[id_])
    session.flush()
    changed = [_keep(session, visit, staged, block, rows) for block in wanted.values()]
    return len(freed) + sum(changed)


def _rows(session: Transaction, calendar_id: int) -> list[BusyBlock]:
    return list(session.scalars(select(BusyBlock).where(BusyBlock.calendar_id == calendar_id)))


def _wanted_blocks(
    staged: Round, copies: list[Mirror], removed: dict[str, RemoteEvent | None]
) -> dict[str, Block]:
    """Strangers' time; our own copies, and what our own lost creates made, are not among it."""
    ours = {mirror.remote_id for mirror in copies if mirror.remote_id}
    sent = {mirror.transaction_id for mirror in copies if not mirror.remote_id} - {None}
    blocks = staged.blocks()
    for id_, event in removed.items():
        if event is not None and event.calendar_id == staged.place.remote_id:
            block = block_of(event)
            if block is not None and _overlaps(block, staged):
                blocks[id_] = block
    return {
        id_: block
        for id_, block in blocks.items()
        if id_ not in ours
        and block.series_id not in ours
        and (id_ not in staged.events or staged.events[id_].transaction_id not in sent)
    }


def _overlaps(block: Block, staged: Round) -> bool:
    start, end = staged.window
    return block.starts < end and block.ends > start


def _freed(
    staged: Round,
    rows: dict[str, BusyBlock],
    wanted: dict[str, Block],
    removed: dict[str, RemoteEvent | None],
    now: datetime,
) -> set[str]:
    """The stored blocks that the round does away with."""
    said = set(staged.events) | set(staged.bare)
    series = staged.changed_series
    freed = set()
    for id_, row in rows.items():
        if id_ in wanted:
            continue
        replaced = id_ in said or row.series_id in series
        taken_away = id_ in staged.removed and (row.ends <= now or id_ in removed)
        if staged.full or replaced or taken_away:
            freed.add(id_)
    return freed


def _keep(
    session: Transaction, visit: Visit, staged: Round, block: Block, rows: dict[str, BusyBlock]
) -> bool:
    """Store one block; say whether it differs from what was stored."""
    row = rows.get(block.remote_id)
    if row is None:
        row = BusyBlock(employee_id=visit.employee_id, calendar_id=staged.place.id)
        session.add(row)
        changed = True
    else:
        changed = any(getattr(row, name) != value for name, value in asdict(block).items())
    for name, value in asdict(block).items():
        setattr(row, name, value)
    return changed
