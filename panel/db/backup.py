"""A copy of the whole database, made while others write to it."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from panel.db.base import db, engine_name
from panel.domain.errors import PanelError


class NoBackup(PanelError):
    """The copy was not made; the message says why, and what to do."""


def copy_to(file: Path) -> int:
    """Copy an SQLite database into one new file that only its owner can read.

    Returns the file's size in bytes. The copy is the database as it was at one moment, however
    much is written meanwhile. Raises NoBackup; nothing is overwritten, and nothing half done
    is left.
    """
    if engine_name() != "sqlite":
        raise NoBackup(_with_postgresql(file))
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise NoBackup(f"{file} is there already. Choose another name.") from error
    except OSError as error:
        raise NoBackup(f"{file} cannot be written: {error.strerror}.") from error
    try:
        _copy(file)
    except (sqlite3.Error, OSError) as error:
        file.unlink()
        raise NoBackup(f"The database could not be copied: {error}. Nothing was kept.") from error
    return file.stat().st_size


def _copy(file: Path) -> None:
    with db.engine.connect() as connection, closing(sqlite3.connect(file)) as copy:
        kept = connection.connection.driver_connection
        kept.backup(copy)
        # By itself from here on: without files beside it that one could forget to take along.
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged ({found})")
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _with_postgresql(file: Path) -> str:
    """Say how PostgreSQL copies itself. A password is not repeated on the screen."""
    known = db.engine.url
    url = URL.create(
        "postgresql", known.username, None, known.host, known.port, known.database, known.query
    )
    dump = ["pg_dump", "--format=custom", f"--file={file}", url.render_as_string()]
    return (
        "This database is PostgreSQL, which makes its own copy while it runs. Type:\n"
        f"  {shlex.join(dump)}"
    )
