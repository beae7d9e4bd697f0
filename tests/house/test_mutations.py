"""Each guard that the measurement of the tests breaks still stands where it says."""

import ast

import pytest

from bench.guards import GUARDS
from bench.mutations import broken
from tests.house.source import HOUSE


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_can_be_broken_and_names_tests_that_are_there(guard):
    ast.parse(broken(guard, (HOUSE / guard.file).read_text("utf-8")))
    for test in guard.tests:
        file, _, name = test.partition("::")
        assert f"def {name}" in (HOUSE / "tests" / file).read_text("utf-8")


def test_a_text_that_is_not_there_or_there_twice_is_no_guard():
    for text in ("", GUARDS[0].text * 2):
        with pytest.raises(ValueError, match="stands"):
            broken(GUARDS[0], text)


def test_every_guard_has_a_name_of_its_own():
    assert len({one.name for one in GUARDS}) == len(GUARDS)
