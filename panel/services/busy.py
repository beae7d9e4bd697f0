"""Read what Outlook says about employees' time, spread in their zones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from panel.db.tables import BusyBlock, Employee, OutlookSettings, RemoteCalendarRow
from panel.domain.moments import at_wall
from panel.domain.schedule import Span
from panel.services.outbox import Transaction


@dataclass(frozen=True)
class Block:
    """Time taken by something in Outlook. `blocking` says whether it refuses bookings.

    `title` is only ever shown to the employee whose calendar it is.
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
    settings = session.get(OutlookSettings, 1)
    if settings is None or not settings.enabled:
        return []
    rows = session.execute(
        select(BusyBlock, Employee.zone, Employee.block_busy)
        .join(Employee, Employee.id == BusyBlock.employee_id)
        .join(RemoteCalendarRow, RemoteCalendarRow.id == BusyBlock.calendar_id)
        .where(
            BusyBlock.employee_id.in_(employee_ids),
            BusyBlock.starts < within.ends,
            BusyBlock.ends > within.starts,
            BusyBlock.counts,
            RemoteCalendarRow.is_blocking,
        )
        .order_by(BusyBlock.starts)
    )
    found = [_value(row, zone, wanted, settings) for row, zone, wanted in rows]
    return [one for one in found if one.span.overlaps(within)]


def _value(row: BusyBlock, zone: str, wanted: bool | None, settings: OutlookSettings) -> Block:
    span = Span(row.starts, row.ends)
    if row.first_date and row.end_date:
        first, end = date.fromisoformat(row.first_date), date.fromisoformat(row.end_date)
        span = Span(at_wall(first, 0, zone), at_wall(end, 0, zone))
    all_day = row.first_date is not None
    blocking = (
        (settings.block_busy if wanted is None else wanted)
        and row.show_as in settings.blocking_kinds
        and (settings.block_all_day or not all_day)
    )
    return Block(row.id, row.employee_id, span, all_day, row.show_as, row.title, blocking)
