"""Nothing here knows the machine that it was written on."""

import re

from tests.house.source import ROOMS, name_of, python_files

PLACES = re.compile(r"[\"'](?:/usr/bin|/usr/local|/root|/home|/tmp|/work|/opt|C:)[/\"']")
# The one place that looks for browsers, and the one that starts them.
MAY_LOOK = {"tests/support/chromium.py", "tests/house/test_machines.py"}
MAY_START = {"tests/conftest.py", "tests/house/test_machines.py"}


def machine_paths(text: str) -> list[str]:
    """Return the lines that name a place of one machine."""
    return [line.strip() for line in text.splitlines() if PLACES.search(line)]


def test_it_finds_the_place_of_a_machine():
    assert machine_paths('launch("/usr/bin/chromium")') == ['launch("/usr/bin/chromium")']


def test_nothing_names_a_place_of_a_machine():
    files = {name_of(path): path for path in python_files(*ROOMS)}
    named = {name: machine_paths(path.read_text()) for name, path in files.items()}
    assert {name: found for name, found in named.items() if found}.keys() <= MAY_LOOK


def test_one_place_starts_the_browser():
    starts = {name_of(p) for p in python_files("tests") if "sync_playwright" in p.read_text()}
    assert starts - MAY_START == set()
