"""How Alembic reaches our tables; run by `flask --app wsgi db …`."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from panel.db import tables
from panel.db.base import Moment, db

assert tables, "the tables must be known before they are compared"


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write a Moment as what it is in the database, so that a migration needs no Panel."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        _leave_rows_alone(connection)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            _must_point_somewhere(connection)


def _leave_rows_alone(connection: Connection) -> None:
    """SQLite changes a table by making it anew: dropping the old one must delete nothing else.

    Holds for this connection, which is not given back; it cannot be said in a transaction.
    """
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        connection.detach()


def _must_point_somewhere(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert not lost, f"the migration left rows that point nowhere: {lost}"


run()
