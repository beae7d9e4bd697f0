"""Is this database where it belongs, on its machine, and as far as it had come?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum


class Doubt(Enum):
    """Why every connection is held until the owner has said what happened."""

    MISSING = "missing"
    MACHINE = "machine"
    AHEAD = "ahead"


# Restored, and being compared: read, and not written until the owner has seen what differs.
COMPARING = "comparing"


@dataclass(frozen=True)
class Paper:
    """What the file beside the database says: whose it is, where, and how far it had come.

    `machine` is "" and `journal` 0 in one that a first start has just made.
    """

    name: str
    machine: str = ""
    journal: int = 0


def doubt(
    paper: Paper, name: str, machines: Collection[str], machine: str, journal: int
) -> Doubt | None:
    """Compare the file with its database, which is `name`, admits `machines`, and has come as
    far as `journal`; `machine` is the one that asks."""
    if paper.name != name:
        return Doubt.MISSING
    if machine not in machines or (paper.machine and paper.machine not in machines):
        return Doubt.MACHINE
    return Doubt.AHEAD if paper.journal > journal else None
