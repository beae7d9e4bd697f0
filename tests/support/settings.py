"""Settings for a panel under test: everything in one folder, Microsoft nowhere."""

from pathlib import Path

import config

NOWHERE = "http://127.0.0.1:9"
KEY = "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTMyLWJ5dGVzISE="


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a panel that keeps its data in this folder."""
    return {
        "DATA_DIR": str(folder),
        "SECRET_KEY": "a secret for tests only",
        "TOKEN_KEYS": KEY,
        "LOGIN_URL": NOWHERE,
        "GRAPH_URL": NOWHERE,
        **more,
    }


def settings(folder: Path, **more: str) -> dict[str, object]:
    """Return the settings that config.py reads from that environment.

    Nobody serves them, so that nobody can be told of changes either.
    """
    unserved = {"CLOCKWORK": False, "NOTIFY_URL": "", "TESTING": True}
    return {**config.read(environment(folder, **more)), **unserved}
