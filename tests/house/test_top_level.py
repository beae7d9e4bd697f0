"""Nothing new stands at the door."""

import subprocess

import pytest

from tests.house.source import HOUSE

FIXED = {"panel", "static", "templates", "tests", "wsgi.py", "config.py", "requirements.txt"}
BESIDE = {
    "sandbox", "bench", "docs", ".ci", "README.md", "CHANGELOG.md", "LICENSE", "Makefile",
    "pyproject.toml", "requirements-clients.txt", "requirements-dev.txt",
    "requirements-postgresql.txt", "requirements-sandbox.txt", ".gitignore",
}  # fmt: skip
DRAWERS = {"util", "utils", "helper", "helpers", "misc", "common"}


def strangers(entries: set[str]) -> set[str]:
    """Return what does not belong at the top level."""
    return entries - FIXED - BESIDE


def drawers(names: list[str]) -> list[str]:
    """Return the files whose name says nothing."""
    return [name for name in names if name.rpartition("/")[2].partition(".")[0] in DRAWERS]


def tracked() -> list[str]:
    """Return every file of the project; without git, every file that is not hidden."""
    if (HOUSE / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        return subprocess.run(
            command, cwd=HOUSE, capture_output=True, text=True, check=True
        ).stdout.splitlines()
    return [path.relative_to(HOUSE).as_posix() for path in HOUSE.glob("[!.]*/**/*")]


def test_it_finds_a_stranger_at_the_door():
    assert strangers({"panel", "scripts"}) == {"scripts"}


def test_it_finds_a_drawer():
    assert drawers(["panel/web/utils.py", "panel/web/profile.py"]) == ["panel/web/utils.py"]


def test_only_agreed_names_stand_at_the_top():
    assert strangers({name.partition("/")[0] for name in tracked()} - {"var"}) == set()


def test_no_file_is_a_drawer():
    assert drawers(tracked()) == []


@pytest.mark.parametrize("name", sorted(FIXED))
def test_the_fixed_names_stand(name):
    assert (HOUSE / name).exists()
