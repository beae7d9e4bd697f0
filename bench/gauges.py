"""What the machine says of the programs under measurement. Linux only."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def started(word: str) -> int:
    """The process started here whose command holds this word; of a server, its worker."""
    for pid in _children(os.getpid()):
        if word in (PROC / str(pid) / "cmdline").read_text():
            return next(iter(_children(pid)), pid)
    raise LookupError(f"Nothing called {word} runs.")


def _children(pid: int) -> list[int]:
    text = "".join(one.read_text() for one in (PROC / str(pid) / "task").glob("*/children"))
    return [int(one) for one in text.split()]


def memory_mb(pid: int) -> float:
    """What it holds in memory at this moment."""
    for line in (PROC / str(pid) / "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"Process {pid} has ended.")


def processor_s(pid: int) -> float:
    """The processor time that it has used so far."""
    told = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


def callers(port: int) -> set[str]:
    """The far ends of all connections to this port, those too that ended within a minute."""
    here = f"0100007F:{port:04X}"
    rows = (line.split() for line in (PROC / "net/tcp").read_text().splitlines()[1:])
    return {row[2] for row in rows if row[1] == here and row[3] != "0A"} | {
        row[1] for row in rows if row[2] == here
    }
