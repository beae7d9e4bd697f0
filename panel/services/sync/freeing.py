"""Busy time: what a round says is taken, and what it may set free."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from panel.db.base import db, fresh
from panel.db.tables import BusyBlock, FormerCopy, Mailbox, Mirror, RemoteCalendarRow
from panel.domain.blocks import Block, block_of, too_many_freed
from panel.domain.errors import Forbidden, Gone, RowRefused
from panel.domain.remote import RemoteEvent
from panel.services.sync.rounds import Round
from panel.services.sync.visit import Visit

Transaction = scoped_session[Session]
# What Outlook says of a removed entry: where it is now, or None where it is nowhere.
Removed = dict[str, RemoteEvent | None]
Rows = dict[str, BusyBlock]


def read_removed(visit: Visit, staged: Round) -> Removed:
    """Ask what became of strangers' future entries that the round says are removed.

    What gave no answer is left out, and stays.
    """
    ids = _future(staged, visit.now()) & staged.removed
    found: Removed = {}
    for id_, answer in (visit.client.events_batch(sorted(ids)) if ids else {}).items():
        if isinstance(answer, Gone):
            found[id_] = None
        elif isinstance(answer, RemoteEvent):
            try:
                found[id_] = visit.client.event(id_, with_calendar=True)
            except Gone:
                found[id_] = None
            except (Forbidden, RowRefused):
                continue
    return found


def _future(staged: Round, now: datetime) -> set[str]:
    """The entries, and the series of entries, that take time to come."""
    rows = db.session.execute(
        select(BusyBlock.remote_id, BusyBlock.series_id).where(
            BusyBlock.calendar_id == staged.place.id, BusyBlock.ends > now
        )
    ).all()
    fresh()
    return {id_ for row in rows for id_ in row if id_}


def apply_blocks(
    session: Transaction, visit: Visit, staged: Round, copies: list[Mirror], removed: Removed
) -> int:
    """Store what is taken, free what is free; return how much changed here."""
    of_calendar = select(BusyBlock).where(BusyBlock.calendar_id == staged.place.id)
    rows = {row.remote_id: row for row in session.scalars(of_calendar)}
    wanted = _wanted(staged, copies, removed, _elsewhere(session, visit))
    freed = _freed(staged, rows, wanted, removed, visit.now())
    if _is_doubtful(staged, rows, freed, removed, visit.now()):
        # The next round reads the calendar as a whole, and that decides.
        session.get_one(Mailbox, visit.mailbox_id).compare_due = visit.now()
    if not staged.full and _is_too_much(rows, freed, visit.now()):
        freed = set()
    for id_ in freed:
        _free(session, visit, rows[id_], removed.get(id_))
    session.flush()
    changed = [_keep(session, visit, staged, block, rows) for block in wanted.values()]
    return len(freed) + sum(changed)


def _elsewhere(session: Transaction, visit: Visit) -> tuple[set[str], set[str]]:
    """Ids and transaction ids of what else is this person's: former copies of theirs in this
    mailbox, and copies in their other accounts, whose calendars may be shared with this one."""
    former = (
        select(FormerCopy.remote_id)
        .join(Mirror, Mirror.id == FormerCopy.mirror_id)
        .where(FormerCopy.mailbox_id == visit.mailbox_id, Mirror.employee_id == visit.employee_id)
    )
    copies = select(Mirror.transaction_id).where(
        Mirror.employee_id == visit.employee_id, Mirror.mailbox_id != visit.mailbox_id
    )
    ids, sent = ({one for one in session.scalars(each) if one} for each in (former, copies))
    return ids, sent


def _wanted(
    staged: Round,
    copies: list[Mirror],
    removed: Removed,
    elsewhere: tuple[set[str], set[str]],
) -> dict[str, Block]:
    """Strangers' time; our own copies, and what our own lost creates made, are not among it."""
    ours = {mirror.remote_id for mirror in copies if mirror.remote_id} | elsewhere[0]
    unknown = {mirror.transaction_id for mirror in copies if not mirror.remote_id} - {None}
    sent = unknown | elsewhere[1]
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
    staged: Round, rows: Rows, wanted: dict[str, Block], removed: Removed, now: datetime
) -> set[str]:
    """The stored blocks that the round does away with."""
    said = set(staged.events) | set(staged.bare)
    series = staged.changed_series | {id_ for id_, event in removed.items() if event is None}
    freed = set()
    for id_, row in rows.items():
        if id_ in wanted or id_ in staged.unreadable:
            continue
        replaced = id_ in said or row.series_id in series
        taken_away = id_ in staged.removed and (row.ends <= now or id_ in removed)
        if staged.full or replaced or taken_away:
            freed.add(id_)
    return freed


def _is_doubtful(
    staged: Round, rows: Rows, freed: set[str], removed: Removed, now: datetime
) -> bool:
    """Whether only a full comparison can say: too much at once, or a series gone elsewhere."""
    if staged.full:
        return False
    series = any(one is not None and one.type == "seriesMaster" for one in removed.values())
    return series or _is_too_much(rows, freed, now)


def _is_too_much(rows: Rows, freed: set[str], now: datetime) -> bool:
    future = sum(row.ends > now for row in rows.values())
    return too_many_freed(sum(rows[id_].ends > now for id_ in freed), future)


def _free(session: Transaction, visit: Visit, row: BusyBlock, now_at: RemoteEvent | None) -> None:
    """Free the time, unless the entry only went into another calendar of the mailbox."""
    block = block_of(now_at) if now_at is not None else None
    home = _home(session, visit, now_at) if block is not None else None
    if block is None or home is None or _has(session, home, row.remote_id):
        session.delete(row)
        return
    row.calendar_id = home
    for name, value in asdict(block).items():
        setattr(row, name, value)


def _home(session: Transaction, visit: Visit, event: RemoteEvent | None) -> int | None:
    """The other calendar of the mailbox that the entry is in now."""
    calendar = select(RemoteCalendarRow.id).where(
        RemoteCalendarRow.mailbox_id == visit.mailbox_id,
        RemoteCalendarRow.remote_id == (event.calendar_id if event else None),
    )
    return session.scalar(calendar)


def _has(session: Transaction, calendar_id: int, remote_id: str) -> bool:
    known = select(BusyBlock.id).filter_by(calendar_id=calendar_id, remote_id=remote_id)
    return session.scalar(known) is not None


def _keep(session: Transaction, visit: Visit, staged: Round, block: Block, rows: Rows) -> bool:
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
