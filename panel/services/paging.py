"""A long list, one page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from panel.db.base import ask, db

Row = TypeVar("Row")
SIZE = 25
# So many ways to narrow a list are kept with their statements.
KEPT = 500
MOST_WORDS = 8


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


class Listing(NamedTuple):
    """The statements of a list of plain rows: kept, for to put them together takes longer
    than to answer them.
    """

    rows: Select[Any]
    total: Select[int]


def listing(query: Select[Any]) -> Listing:
    """Prepare to read the rows of a query page by page."""
    rows = query.limit(bindparam("size")).offset(bindparam("after"))
    return Listing(rows, _counting(query))


def turned(
    prepared: Listing, line: Callable[..., Row], number: int, size: int = SIZE, **values: Any
) -> Page[Row]:
    """Read one page, each row as a `line` of its columns; a page past the end is the last one.

    `values` are those that the query asks for.
    """
    if number <= 1:
        rows = ask(prepared.rows, size=size, after=0, **values).all()
        total = len(rows)
        if total == size:
            total = ask(prepared.total, **values).scalar_one()
        return Page([line(*row) for row in rows], 1, size, total)
    total = ask(prepared.total, **values).scalar_one()
    number = min(number, max(1, -(-total // size)))
    rows = ask(prepared.rows, size=size, after=(number - 1) * size, **values).all()
    return Page([line(*row) for row in rows], number, size, total)


def spoken_of(search: str, *columns: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Say of each word that is searched for that one of the columns holds it."""
    return [
        or_(*(column.icontains(word, autoescape=True) for column in columns))
        for word in search.split()[:MOST_WORDS]
    ]


def count(query: Select[Any]) -> int:
    """Count the rows of a query."""
    return db.session.scalar(_counting(query)) or 0


def _counting(query: Select[Any]) -> Select[int]:
    inner = query.order_by(None).options().with_only_columns(*query.selected_columns[:1])
    return select(func.count()).select_from(inner.subquery())
