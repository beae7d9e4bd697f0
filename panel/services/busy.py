"""Read what Outlook says about employees' time, spread in their zones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select

from panel.db.tables import BusyBlock, Employee, OutlookSettings, RemoteCalendarRow
from panel.domain.moments import at_wall
from panel.domain.schedule import Span
from panel.services.outbox import Transaction
from panel.services.whose import Whose


class Block(NamedTuple):
    """Time taken by something in Outlook. `blocking` says whether it refuses bookings.

    `title` is empty where the settings hide it, and otherwise only ever shown to the
    employee whose calendar it is.
    """

    id: int
    employee_id: int
    span: Span
    all_day: bool
    show_as: str
    title: str
    blocking: bool


def blocks(session: Transaction, employee_ids: Collection[int], within: Span) -> list[Block]:
    """Return the blocks of these employees that reach into a stretch of time, in order.

    None while the integration is off: what was read before is not refreshed any more.
    """
    rows = _BLOCKS.ask(session, employee_ids, first=within.starts, end=within.ends)
    found = [_value(row) for row in rows]
    return [one for one in found if one.span.overlaps(within)]


# Built once, from the plain tables: every look at somebody's time asks this.
_BLOCK, _EMPLOYEE, _CALENDAR, _SETTINGS = (
    table.__table__.c for table in (BusyBlock, Employee, RemoteCalendarRow, OutlookSettings)
)
_BLOCKS = Whose(
    lambda who: select(
        _BLOCK.id, _BLOCK.employee_id, _BLOCK.starts, _BLOCK.ends, _BLOCK.first_date,
        _BLOCK.end_date, _BLOCK.show_as, _BLOCK.title, _EMPLOYEE.zone,
        _EMPLOYEE.block_busy.label("own"),
        _SETTINGS.block_busy, _SETTINGS.block_all_day, _SETTINGS.blocking_kinds,
        _SETTINGS.show_titles,
    )
    .select_from(BusyBlock.__table__)
    .join(Employee.__table__, _EMPLOYEE.id == _BLOCK.employee_id)
    .join(RemoteCalendarRow.__table__, _CALENDAR.id == _BLOCK.calendar_id)
    .join(OutlookSettings.__table__, (_SETTINGS.id == 1) & _SETTINGS.enabled)
    .where(who(_BLOCK.employee_id))
    .where(_BLOCK.starts < bindparam("end"), _BLOCK.ends > bindparam("first"))
    .where(_BLOCK.counts, _CALENDAR.is_blocking)
    .order_by(_BLOCK.starts)
)  # fmt: skip


def _value(row: Row[*tuple[Any, ...]]) -> Block:
    span = Span(row.starts, row.ends)
    if row.first_date and row.end_date:
        first, end = date.fromisoformat(row.first_date), date.fromisoformat(row.end_date)
        span = Span(at_wall(first, 0, row.zone), at_wall(end, 0, row.zone))
    all_day = row.first_date is not None
    blocking = (
        (row.block_busy if row.own is None else row.own)
        and row.show_as in row.blocking_kinds
        and (row.block_all_day or not all_day)
    )
    title = row.title if row.show_titles else ""
    return Block(row.id, row.employee_id, span, all_day, row.show_as, title, blocking)
