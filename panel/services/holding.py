"""Hold employees while their time is checked and taken, and a form while it books."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from panel.db.base import engine_name
from panel.db.tables import Employee
from panel.services.outbox import Transaction

# Ours alone among PostgreSQL's advisory locks of two numbers.
_FORMS = 1


def hold(session: Transaction, employee_ids: Iterable[int]) -> None:
    """Let nobody else take these employees' time until the caller's transaction ends.

    Always in the order of their ids, so that two who hold several never wait for each other.
    SQLite says nothing to FOR UPDATE: `writing()` has already locked the whole file.
    """
    wanted = sorted(set(employee_ids))
    session.scalars(
        select(Employee.id).where(Employee.id.in_(wanted)).order_by(Employee.id).with_for_update()
    ).all()


def hold_everybody(session: Transaction) -> None:
    """Hold all employees, for what changes a customer wherever they are booked.

    All of them, so that none is missing whose time the customer takes until they are held too;
    and before the customer, as whoever books does.
    """
    hold(session, session.scalars(select(Employee.id)))


def hold_form(session: Transaction, form_key: str) -> None:
    """Let the same form, sent a second time, wait until the caller's transaction ends.

    Before any employee is held: the second one may want another employee than the first.
    """
    if engine_name() == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_FORMS, func.hashtext(form_key))))
