"""How Alembic reaches our tables; run by `flask --app wsgi db …`."""

from alembic import context
from flask import current_app

from panel.db import tables
from panel.db.base import Moment, db

assert tables, "the tables must be known before they are compared"


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write a Moment as what it is in the database, so that a migration needs no Panel."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
