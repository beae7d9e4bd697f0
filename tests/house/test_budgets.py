"""Everything stays small enough to be read in one sitting."""

import ast
import re

import pytest

from tests.house.source import HOUSE, ROOMS, code_lines, name_of, python_files, templates

MODULE, FUNCTION, VIEW, TEMPLATE, TEST = 200, 30, 15, 100, 15
ROUTES = {"route", "get", "post", "put", "patch", "delete"}

# What may be longer, each with its reason.
LONGER: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(text: str, name: str) -> list[str]:
    """Say what passes its budget in this module."""
    code = code_lines(text)
    found = [f"{name} has {len(code)} lines of {MODULE}"] if len(code) > MODULE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            size = len(code & set(range(node.lineno, (node.end_lineno or 0) + 1)))
            allowed = budget(node, name)
            if size > allowed:
                found.append(f"{name}:{node.lineno} {node.name} has {size} lines of {allowed}")
    return found


def budget(function: Function, name: str) -> int:
    if name.startswith("tests/") and function.name.startswith("test_"):
        return TEST
    if name.startswith(("panel/web/", "panel/api/")) and is_view(function):
        return VIEW
    return FUNCTION


def is_view(function: Function) -> bool:
    calls = (one.func for one in function.decorator_list if isinstance(one, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTES for call in calls)


def template_too_long(text: str, name: str) -> list[str]:
    spoken = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    size = sum(1 for line in spoken.splitlines() if line.strip())
    return [f"{name} has {size} lines of {TEMPLATE}"] if size > TEMPLATE else []


def lines(count: int) -> str:
    return "".join(f"    a{number} = 1\n" for number in range(count))


@pytest.mark.parametrize(
    "name, text, complaint",
    [
        ("panel/big.py", "a = 1\n" * 201, "has 201 lines of 200"),
        ("panel/big.py", "def work():\n" + lines(30), "work has 31 lines of 30"),
        ("tests/test_big.py", "def test_it():\n" + lines(15), "test_it has 16 lines of 15"),
        ("panel/web/x.py", "@p.get('/')\ndef show():\n" + lines(15), "show has 16 lines of 15"),
    ],
)
def test_it_finds_what_is_too_long(name, text, complaint):
    assert too_long(text, name)[0].endswith(complaint)


def test_it_does_not_count_blanks_comments_and_docstrings():
    quiet = '"""A.\n\nB.\n"""\n\n# why\n'
    assert too_long(quiet * 1 + "# more\n" * 300 + "\n" * 300 + "a = 1\n", "panel/x.py") == []


def test_it_finds_a_long_template():
    assert template_too_long("<p>\n" * 101 + "{# a\nb #}", "x.html") == [
        "x.html has 101 lines of 100"
    ]


def test_every_module_stays_within_its_budget():
    files = python_files(*ROOMS)
    found = [one for path in files for one in too_long(path.read_text(), name_of(path))]
    assert [one for one in found if not one.startswith(tuple(LONGER))] == []


def test_every_template_stays_within_its_budget():
    found = [
        one for path in templates() for one in template_too_long(path.read_text(), name_of(path))
    ]
    assert [one for one in found if not one.startswith(tuple(LONGER))] == []


def test_every_exception_still_exists():
    assert [name for name in LONGER if not (HOUSE / name.split(":")[0]).exists()] == []
