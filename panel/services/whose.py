"""Statements about one employee or several, built once for each: to ask about one costs half."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam

from panel.services.outbox import Transaction

Who = Callable[[ColumnElement[int]], ColumnElement[bool]]


class Whose:
    """A statement of which `build` puts the condition where it says whose rows it reads."""

    def __init__(self, build: Callable[[Who], Select[*tuple[Any, ...]]]) -> None:
        self._one = build(lambda column: column == bindparam("one"))
        self._several = build(lambda column: column.in_(bindparam("several", expanding=True)))

    def ask(
        self, session: Transaction, ids: Collection[int], **more: Any
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Ask about these; `more` are its other values."""
        ask = session.connection().execute
        if len(ids) == 1:
            return ask(self._one, {"one": next(iter(ids)), **more}).all()
        return ask(self._several, {"several": list(ids), **more}).all()
