"""Where one employee differs from the business's Outlook settings."""

from __future__ import annotations

from datetime import datetime

from panel.db.base import writing
from panel.db.tables import Employee
from panel.domain.errors import NotThere
from panel.domain.people import Actor
from panel.services import outbox


def set_for(
    employee_id: int,
    *,
    insert_pending: bool | None,
    block_busy: bool | None,
    by: Actor,
    now: datetime,
) -> int:
    """Set what differs; None follows the business. Return how many copies are looked at again.

    Raises NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        employee = session.get(Employee, employee_id)
        if employee is None:
            raise NotThere("There is no such employee.")
        inserts = employee.insert_pending != insert_pending
        employee.insert_pending, employee.block_busy = insert_pending, block_busy
        session.flush()
        return outbox.raise_pending(session, [employee_id], now=now) if inserts else 0
