"""The database, its moments, and how a transaction is opened."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVarTuple

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CursorResult,
    Engine,
    MetaData,
    event,
    literal_column,
    or_,
)
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlalchemy.types import TypeDecorator

Columns = TypeVarTuple("Columns")
# How the transaction that begins at this moment waits for the disk; empty if it only reads.
_waits = ContextVar("waits", default="")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WORD = re.compile(r"[a-z_-]*")
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: predictable names, so that migrations can change them."""

    metadata = MetaData(naming_convention=NAMES)


# Seconds that somebody waits for a turn to write.
PATIENCE = 15
_turn = threading.RLock()

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()


class Moment(TypeDecorator[datetime]):
    """An instant, kept as whole microseconds since 1970 UTC; a naive time is refused.

    An integer compares, sorts and indexes alike on SQLite and PostgreSQL.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else micros(value)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[int | None], datetime | None]:
        """Read what is kept straight away: an integer has nothing of its own to do before."""
        return _moment


def _moment(kept: int | None) -> datetime | None:
    return None if kept is None else EPOCH + timedelta(microseconds=kept)


def micros(moment: datetime) -> int:
    """Count the microseconds since 1970 UTC. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone.")
    return (moment - EPOCH) // timedelta(microseconds=1)


def init_app(app: Flask) -> None:
    """Tie the database to the application. Opens no connection."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _options(app))
    db.init_app(app)
    migrate.init_app(app, db, directory=f"{app.root_path}/db/migrations", render_as_batch=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _prepare_sqlite)
            # Not as an event: with a single one SQLAlchemy looks for ten at each statement.
            db.engine.dialect.do_begin = _begin_sqlite  # type: ignore[method-assign]


def _options(app: Flask) -> dict[str, Any]:
    if str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite"):
        return {"connect_args": {"timeout": PATIENCE, "check_same_thread": False}}
    return {"pool_size": 10, "max_overflow": 30, "pool_pre_ping": True}


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would open no transaction for a SELECT, so a read and the update
    # that follows it could lose somebody else's change: we say BEGIN ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: PoolProxiedConnection) -> None:
    # Each page begins one: asked of the driver itself, which costs a tenth.
    driver, waits = connection.cursor(), _waits.get()
    if waits:
        driver.execute(f"PRAGMA synchronous={waits}")
    driver.execute("BEGIN IMMEDIATE" if waits else "BEGIN")


@contextmanager
def writing(*, lightly: bool = False) -> Iterator[scoped_session[Session]]:
    """One transaction that writes: committed at the end, rolled back on an error.

    It holds SQLite's write lock from the first statement, so that what it reads
    stays true until it commits. What was loaded before is read afresh in it.

    `lightly`: SQLite need not wait for the disk. Whatever is written later, and waits, takes it
    along; only where the power fails before, it has never been. For what is found out again.
    """
    fresh()
    with _taking_turns():
        told = _waits.set("NORMAL" if lightly else "FULL")
        try:
            db.session.connection()
        finally:
            _waits.reset(told)
        try:
            yield db.session
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def _taking_turns() -> Iterator[None]:
    """Let the threads of this process write one after the other, where the database does.

    SQLite lets whoever finds it locked sleep for up to a tenth of a second at a time, and then
    whoever wakes first goes first: with many threads some wait long while nobody writes.
    """
    mine = engine_name() == "sqlite" and _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            _turn.release()


def reading() -> scoped_session[Session]:
    """Return the session for a read-only look; what it opens is a reading transaction."""
    return db.session


def ask(statement: TypedReturnsRows[*Columns], **values: Any) -> CursorResult[*Columns]:
    """Ask plain tables within the session's transaction.

    It passes by the unit of work, which only entities need: that is a quarter of the cost.
    """
    return db.session.connection().execute(statement, values)


def one_of(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Say that a column holds one of a few words of ours.

    With IN the statement would be written anew each time, for as many words as there are.
    """
    return or_(*(column == fixed(value) for value in values))


def fixed(word: str) -> ColumnElement[str]:
    """Return a word of ours that stands in the statement itself, not beside it as a value.

    SQLite plans a statement anew each time it is given a value that could decide whether an
    index of only some rows helps (https://www.sqlite.org/c3ref/prepare.html), as the one of the
    connections that are not ended: that took five times as long as to answer it. And each
    value beside a statement has its price. Raises ValueError for what cannot be a word of ours.
    """
    if not WORD.fullmatch(word):
        raise ValueError(f"{word!r} is no word of ours.")
    return literal_column(f"'{word}'")


def fresh() -> None:
    """End a reading transaction, so that the next statement sees what others wrote."""
    db.session.rollback()
    db.session.expire_all()


def at_rest() -> bool:
    """Say that no transaction is open, as every call over the network demands."""
    return not db.session().in_transaction()


def engine_name() -> str:
    """Name the database behind the engine: "sqlite" or "postgresql"."""
    return _engine().dialect.name


def _engine() -> Engine:
    return db.engine
