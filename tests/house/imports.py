"""What a module imports, read from its text."""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import HOUSE


@dataclass(frozen=True)
class Import:
    """One imported thing: `from a.b import c` is module `a.b`, name `c`."""

    line: int
    module: str
    name: str = ""
    relative: bool = False
    inside_function: bool = False
    after_code: bool = False

    @property
    def package(self) -> str:
        return self.module.partition(".")[0]

    @property
    def target(self) -> str:
        """The module that is really meant: `a.b.c` where that is one of our files."""
        full = f"{self.module}.{self.name}" if self.name else self.module
        return full if is_ours(full) else self.module


def is_ours(module: str) -> bool:
    place = HOUSE / Path(*module.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def is_python(module: str) -> bool:
    return module in sys.stdlib_module_names


def read_imports(text: str) -> list[Import]:
    """Return every import of a module, in no particular order."""
    tree = ast.parse(text)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = {id(inner) for function in functions for inner in ast.walk(function)}
    first_code = _first_code(tree)
    found = []
    for node in ast.walk(tree):
        place = {"inside_function": id(node) in hidden}
        if isinstance(node, ast.Import | ast.ImportFrom):
            place["after_code"] = node.lineno > first_code
        if isinstance(node, ast.Import):
            found += [Import(node.lineno, alias.name, **place) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module, relative = node.module or "", node.level > 0
            found += [
                Import(node.lineno, module, alias.name, relative, **place) for alias in node.names
            ]
    return found


def _first_code(tree: ast.Module) -> int:
    """Return the line of the first function or class; imports belong above it."""
    starts = [
        node.lineno
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    return min(starts, default=sys.maxsize)
