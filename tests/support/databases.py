"""A database of its own for every test, empty and up to date, in milliseconds.

SQLite: a file made once by the real migrations, copied for each test. PostgreSQL: one
database per test process, emptied between tests.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import URL, make_url

from panel import create_app
from panel.db.base import db
from panel.db.schema import bring_up_to_date
from tests.support.settings import settings

SERVER = os.environ.get("TEST_DATABASE_URL", "")
_KEEPERS: dict[str, psycopg.Connection] = {}
_ENGINES: dict[URL, Engine] = {}
_FIRST: dict[str, Engine] = {}
KINDS = ["sqlite", "postgresql"] if SERVER else ["sqlite"]


@event.listens_for(Engine, "engine_connect")
def _wait_for_no_disk(connection: Connection) -> None:
    """What a power cut would cost does not matter to a test."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA synchronous = OFF")


class SqliteTemplate:
    """One migrated file, copied wherever a database is wanted."""

    def __init__(self, folder: Path) -> None:
        app = create_app(settings(folder))
        with app.app_context():
            bring_up_to_date()
            db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()
        self._file = folder / "bookings.sqlite"

    def lay(self, folder: Path) -> str:
        """Put a fresh copy into the folder and return its address."""
        file = folder / "bookings.sqlite"
        shutil.copyfile(self._file, file)
        return f"sqlite:///{file}"


@contextmanager
def postgresql(worker: str, folder: Path) -> Iterator[str]:
    """Make a migrated database for this test process; drop it in the end."""
    name = f"panel_test_{worker}_{os.getpid()}"
    server = psycopg.connect(plain(SERVER), autocommit=True)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    address = make_url(plain(SERVER)).set(database=name).render_as_string(hide_password=False)
    app = create_app(settings(folder, DATABASE_URL=address))
    try:
        with app.app_context():
            bring_up_to_date()
        release(app)
        with psycopg.connect(plain(address), autocommit=True) as _KEEPERS[address]:
            yield address
    finally:
        release(app)
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        server.execute(drop)
        server.close()


def share_engine(app: Flask) -> None:
    """Let this application use the connections that the first one of the run opened.

    PostgreSQL learns its tables anew for every connection, which takes longer than a test.
    """
    with app.app_context():
        db.engines[None] = _ENGINES.setdefault(db.engine.url, db.engine)


def share_statements(app: Flask) -> None:
    """Let this application use what others of its kind of database have compiled."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name not in _FIRST:
        engine.connect().close()
    first = _FIRST.setdefault(engine.dialect.name, engine)
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache


def plain(address: str) -> str:
    return address.replace("postgresql+psycopg://", "postgresql://")


def empty(address: str) -> None:
    """Empty the tables of a PostgreSQL database that hold something; count anew everywhere.

    TRUNCATE would make every table and index of the database anew, which takes longer than a
    test. The rows of other tables need not be asked about: all of them go.
    """
    _KEEPERS[address].execute(EMPTY)


EMPTY = """
DO $$
DECLARE
    one record;
    filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.tablename) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', one.tablename); END IF;
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


def release(app: Flask) -> None:
    """Close every connection that this application alone holds."""
    with app.app_context():
        db.session.remove()
        if db.engine not in _ENGINES.values():
            db.engine.dispose()
