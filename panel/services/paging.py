"""A long list, one page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from panel.db.base import db

Row = TypeVar("Row")
SIZE = 25


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: `number` counts from 1, `total` all rows there are."""

    rows: list[Row]
    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        """The place of the first row in the whole list; 0 where it is empty."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def before(self) -> int | None:
        """The page before this one, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def paged(query: Select[Row], number: int, size: int = SIZE) -> Page[Row]:
    """Read one page of rows; a page past the end is the last one."""
    total = count(query)
    number = min(max(1, number), max(1, -(-total // size)))
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    return Page(list(rows), number, size, total)


def count(query: Select[Any]) -> int:
    """Count the rows of a query."""
    inner = query.order_by(None).options().with_only_columns(*query.selected_columns[:1])
    return db.session.scalar(select(func.count()).select_from(inner.subquery())) or 0
