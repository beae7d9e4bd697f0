"""What the sandbox remembers across a restart: records in one SQLite file, or nowhere."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TABLE = """
CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID
"""


class Store:
    """Records by kind and key. Without a path nothing is kept and every call is free.

    Changes are gathered and written by `commit`, which the server calls before it answers:
    what was answered is in the file, even if the process is killed the moment after.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._file = _open(path) if path else None
        self._changes: dict[tuple[str, str], Any] = {}

    @property
    def keeps(self) -> bool:
        """Whether anything outlives the process."""
        return self._file is not None

    def put(self, kind: str, key: str, value: Any) -> None:
        """Remember `value`, anything JSON can hold, from the next commit on."""
        if self._file:
            self._changes[kind, key] = value

    def drop(self, kind: str, key: str) -> None:
        """Forget one record from the next commit on."""
        self.put(kind, key, None)

    def clear(self, *, but: str = "") -> None:
        """Forget everything at once, apart from the kind `but`."""
        self._changes.clear()
        if self._file:
            self._file.execute("DELETE FROM records WHERE kind <> ?", (but,))
            self._file.commit()

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """The committed records of one kind, by key."""
        if self._file:
            asked = "SELECT key, value FROM records WHERE kind = ? ORDER BY key"
            for key, value in self._file.execute(asked, (kind,)).fetchall():
                yield key, json.loads(value)

    def commit(self) -> None:
        """Write what changed since the last time."""
        if not self._changes or not self._file:
            return
        changes, self._changes = self._changes, {}
        gone = [names for names, value in changes.items() if value is None]
        kept = [
            (*names, json.dumps(value, separators=(",", ":")))
            for names, value in changes.items()
            if value is not None
        ]
        self._file.executemany("DELETE FROM records WHERE kind = ? AND key = ?", gone)
        self._file.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", kept)
        self._file.commit()

    def close(self) -> None:
        """Commit and let the file go."""
        self.commit()
        if self._file:
            self._file.close()


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path)
    file.execute("PRAGMA journal_mode=WAL")
    # A killed process loses nothing so; only a power cut could, and this is a sandbox.
    file.execute("PRAGMA synchronous=NORMAL")
    file.execute(_TABLE)
    file.commit()
    return file
