"""Where the copies of an employee go: into the one calendar that is written, of all accounts."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, scoped_session

from panel.db.tables import Connection, RemoteCalendarRow

Transaction = scoped_session[Session]


def homes(session: Transaction, employee_ids: Collection[int]) -> dict[int, int]:
    """The mailbox for new copies of each employee; of whoever has linked none, nothing.

    Where no calendar is chosen, the account that was linked first keeps what waits for one.
    """
    written = (RemoteCalendarRow.mailbox_id == Connection.mailbox_id) & RemoteCalendarRow.is_write
    rows = session.execute(
        select(Connection.employee_id, Connection.mailbox_id)
        .outerjoin(RemoteCalendarRow, written)
        .where(Connection.employee_id.in_(sorted(employee_ids)), Connection.state == "active")
        .order_by(RemoteCalendarRow.id.is_(None), Connection.id)
    )
    found: dict[int, int] = {}
    for employee_id, mailbox_id in rows:
        found.setdefault(employee_id, mailbox_id)
    return found


def written(session: Transaction, employee_id: int) -> RemoteCalendarRow | None:
    """The calendar that is written for one employee, over all their accounts, if one is chosen."""
    row: RemoteCalendarRow | None = session.scalar(
        select(RemoteCalendarRow)
        .where(RemoteCalendarRow.mailbox_id.in_(live(employee_id)), RemoteCalendarRow.is_write)
        .order_by(RemoteCalendarRow.id)
        .limit(1)
    )
    return row


def live(employee_id: int) -> Select[int]:
    """The mailboxes of the accounts that one employee has linked now."""
    return select(Connection.mailbox_id).where(
        Connection.employee_id == employee_id, Connection.state == "active"
    )
