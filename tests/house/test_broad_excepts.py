"""One place in the house catches whatever breaks; everywhere else one says what one expects."""

import ast

import pytest

from tests.house.source import name_of, python_files

SHELTER = "panel/services/sheltering.py"
BROAD = {"Exception", "BaseException"}


def broad_excepts(text: str) -> list[int]:
    """Return the lines where an except takes everything and does not raise it again."""
    handlers = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler))
    return [one.lineno for one in handlers if is_broad(one) and not raises_again(one)]


def is_broad(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or isinstance(kind, ast.Name) and kind.id in BROAD for kind in kinds)


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize("what", ["", " Exception", " (ValueError, Exception)", " BaseException"])
def test_it_finds_a_broad_except(what):
    assert broad_excepts(f"try:\n    a()\nexcept{what}:\n    pass") == [3]


@pytest.mark.parametrize("text", ["except ValueError:\n    pass", "except Exception:\n    raise"])
def test_it_lets_pass_what_says_what_it_expects(text):
    assert broad_excepts(f"try:\n    a()\n{text}") == []


def test_there_is_one_broad_except_in_the_panel():
    found = [
        name_of(path) for path in python_files("panel") for _ in broad_excepts(path.read_text())
    ]
    assert found == [SHELTER]
