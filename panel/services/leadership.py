"""Which process of an installation runs its clockwork: exactly one."""

import fcntl
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from panel.db.base import db, engine_name

# Any fixed number: it names our clockwork among the advisory locks of one database.
CLOCKWORK = 0x50616E656C


class Leadership(Protocol):
    """A lock that its holder keeps until it ends, however it ends."""

    def held(self) -> bool:
        """Take the lock if it is free; say whether this process has it now."""

    def give_up(self) -> None:
        """Let another process have it."""


def leadership(data_dir: Path) -> Leadership:
    """Return the lock that fits the database: a file beside SQLite, else PostgreSQL's own.

    Must be called within an application context.
    """
    if engine_name() == "sqlite":
        return FileLeadership(data_dir / "clockwork.lock")
    return DatabaseLeadership(db.engine.connect)


class FileLeadership:
    """Leadership among the processes of one machine; the kernel frees it when one dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def held(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def give_up(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Connecting(Protocol):
    def __call__(self) -> Connection: ...


class DatabaseLeadership:
    """Leadership among machines that share one PostgreSQL; lost with its connection."""

    def __init__(self, connect: Connecting) -> None:
        self._connect = connect
        self._connection: Connection | None = None

    def held(self) -> bool:
        try:
            return self._still_held() or self._taken()
        except DBAPIError:
            self._forget()
            return False

    def give_up(self) -> None:
        self._forget()

    def _still_held(self) -> bool:
        if self._connection is None:
            return False
        self._connection.execute(text("SELECT 1"))
        return True

    def _taken(self) -> bool:
        connection = self._connect().execution_options(isolation_level="AUTOCOMMIT")
        taken = connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": CLOCKWORK})
        if taken.scalar_one():
            self._connection = connection
            return True
        connection.close()
        return False

    def _forget(self) -> None:
        # Closed for good rather than given back: PostgreSQL frees the lock with its session.
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
