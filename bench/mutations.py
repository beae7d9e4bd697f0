"""Break each guard of the sync, one at a time, and see that a test falls.

Works in copies of the tree. First the tests must stand with nothing broken.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.guards import GUARDS, Guard

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("panel", "sandbox", "bench", "tests", "templates", "static", "docs", "README.md")
FILES = ("wsgi.py", "config.py", "pyproject.toml")
FELL = re.compile(r"^FAILED tests/(.+?)(?: - (.*))?$", re.MULTILINE)
OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=no")


@dataclass(frozen=True)
class Outcome:
    """What the tests said: the one that fell and why, or why there was no verdict."""

    fell: str = ""
    why: str = ""
    trouble: str = ""


def broken(guard: Guard, text: str) -> str:
    """The file without its guard. Raises ValueError where the text does not stand there once."""
    if text.count(guard.text) != 1:
        raise ValueError(f"{guard.file}: stands {text.count(guard.text)} times: {guard.text!r}")
    return text.replace(guard.text, guard.broken)


def attempt(guard: Guard) -> Outcome:
    """Break one guard in a copy of the tree and run the tests that hold it."""
    with tempfile.TemporaryDirectory(prefix="guard-") as name:
        tree = copied(Path(name))
        file = tree / guard.file
        try:
            file.write_text(broken(guard, file.read_text("utf-8")), "utf-8")
        except ValueError as error:
            return Outcome(trouble=str(error))
        return run(tree, guard.tests)


def copied(tree: Path) -> Path:
    """The parts of the house that the tests need, in a place of their own."""
    for room in (*ROOMS, *FILES):
        if (HOUSE / room).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(HOUSE / room, tree / room, ignore=ignored)
        else:
            shutil.copy(HOUSE / room, tree / room)
    return tree


def run(tree: Path, tests: Iterable[str]) -> Outcome:
    """Run the tests up to the first that falls."""
    command = [sys.executable, "-m", "pytest", *OPTIONS, *(f"tests/{one}" for one in tests)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    ended = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True)
    fell = FELL.search(ended.stdout)
    if ended.returncode == 1 and fell:
        return Outcome(fell=fell[1], why=(fell[2] or "")[:90])
    if ended.returncode == 0:
        return Outcome()
    return Outcome(trouble=(ended.stdout + ended.stderr)[-2000:])


def show(guard: Guard, outcome: Outcome) -> bool:
    """Print one line of the table; say whether it is as it must be."""
    held = bool(outcome.fell)
    said = f"{outcome.fell}  {outcome.why}" if held else outcome.trouble or "NOTHING FELL"
    print(
        f"{'ok ' if held else 'BAD'}  {guard.name}\n       {guard.file}\n       {said}", flush=True
    )
    return held


def main(word: str, jobs: int) -> int:
    """Break all guards whose name holds the word; return what the shell is to be told."""
    guards = [one for one in GUARDS if word in one.name]
    with tempfile.TemporaryDirectory(prefix="guard-") as name:
        whole = run(copied(Path(name)), sorted({test for one in guards for test in one.tests}))
    if whole.fell or whole.trouble:
        print(f"Not everything stands with nothing broken: {whole.fell or whole.trouble}")
        return 1
    with ThreadPoolExecutor(jobs) as crew:
        held = [show(*one) for one in zip(guards, crew.map(attempt, guards), strict=True)]
    print(f"\n{len(held)} guards broken, {sum(held)} times a test fell.")
    return 0 if all(held) else 1


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("word", nargs="?", default="", help="only guards whose name holds it")
    asked.add_argument("--jobs", type=int, default=2, help="how many at a time")
    told = asked.parse_args()
    sys.exit(main(told.word, told.jobs))
