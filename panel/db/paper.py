"""The file beside the database that says which installation it belongs to."""

from __future__ import annotations

import os
from pathlib import Path

from panel.domain.installation import Paper


def read(place: Path) -> Paper:
    """Return what the file says; one that is missing or damaged says nothing."""
    try:
        lines = [*place.read_text().split("\n"), "", "", ""]
    except FileNotFoundError:
        return Paper("")
    journal = lines[2].strip()
    return Paper(lines[0].strip(), lines[1].strip(), int(journal) if journal.isdecimal() else 0)


def write(place: Path, paper: Paper) -> None:
    """Replace the file in one step, so that it is never half written."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{paper.name}\n{paper.machine}\n{paper.journal}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
