"""Hold employees while their time is checked and taken."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from panel.db.tables import Employee
from panel.services.outbox import Transaction


def hold(session: Transaction, employee_ids: Iterable[int]) -> None:
    """Let nobody else take these employees' time until the caller's transaction ends.

    Always in the order of their ids, so that two who hold several never wait for each other.
    SQLite says nothing to FOR UPDATE: `writing()` has already locked the whole file.
    """
    wanted = sorted(set(employee_ids))
    session.scalars(
        select(Employee.id).where(Employee.id.in_(wanted)).order_by(Employee.id).with_for_update()
    ).all()
