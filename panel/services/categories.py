"""The headings under which services stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from panel.db.base import db, writing
from panel.db.tables import Category, Service
from panel.domain.errors import NotThere, RuleBroken
from panel.domain.people import Actor
from panel.domain.words import line
from panel.services.ordering import step
from panel.services.outbox import Transaction

IN_ORDER = (Category.position, func.lower(Category.name), Category.id)


@dataclass(frozen=True)
class Heading:
    """A category, and how many services stand under it."""

    id: int
    name: str
    services: int


def listed() -> list[Heading]:
    """Return every category in its order."""
    query = (
        select(Category.id, Category.name, func.count(Service.id))
        .outerjoin(Service, Service.category_id == Category.id)
        .group_by(Category.id)
        .order_by(*IN_ORDER)
    )
    return [Heading(*row) for row in db.session.execute(query)]


def one(category_id: int) -> Category:
    """Return one category. Raises NotThere."""
    return _found(db.session.get(Category, category_id))


def create(name: str, *, by: Actor) -> Category:
    """Add a category after all others. Raises RuleBroken, NotAllowed."""
    by.must_be_in_back_end()
    with writing() as session:
        last = session.scalar(select(func.max(Category.position))) or 0
        category = Category(name=_unused(session, name, None), position=last + 1)
        session.add(category)
    return category


def rename(category_id: int, name: str, *, by: Actor) -> Category:
    """Give a category another name. Raises RuleBroken, NotAllowed, NotThere."""
    by.must_be_in_back_end()
    with writing() as session:
        category = _found(session.get(Category, category_id))
        category.name = _unused(session, name, category.id)
    return category


def move(category_id: int, *, up: bool, by: Actor) -> Category:
    """Let a category change places with the one above or below. Raises NotAllowed, NotThere."""
    by.must_be_in_back_end()
    with writing() as session:
        category = _found(session.get(Category, category_id))
        step(session.scalars(select(Category).order_by(*IN_ORDER)).all(), category, up=up)
    return category


def delete(category_id: int, *, by: Actor) -> str:
    """Remove a category and return its name; its services stay, under no heading.

    Raises NotAllowed, NotThere.
    """
    by.must_be_in_back_end()
    with writing() as session:
        category = _found(session.get(Category, category_id))
        session.delete(category)
    return category.name


def _found(category: Category | None) -> Category:
    if category is None:
        raise NotThere("There is no such category.")
    return category


def _unused(session: Transaction, name: str, own: int | None) -> str:
    clean = line(name, "name", "the category a name")
    same = select(Category.id).where(
        func.lower(Category.name) == clean.lower(), Category.id != (own or 0)
    )
    if session.scalar(same) is not None:
        raise RuleBroken(f"There is a category {clean} already.", "name")
    return clean
